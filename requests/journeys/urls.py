"""Addresses of the wegwijzers. They name a wegwijzer, a list or the how-manieth question, never an answer."""

from django.urls import path

from journeys.views import doors, lists, player, portal, result

app_name = "journeys"
urlpatterns = [
    path("wegwijzer", doors.index, name="index"),
    path("wegwijzer/snel-weg", doors.leave, name="leave"),
    path("wegwijzer/alles-wissen", doors.clear, name="clear"),
    path("wegwijzer/lijst/<slug:list_id>", lists.show, name="list"),
    path("wegwijzer/<slug:journey_id>", player.start, name="start"),
    path("wegwijzer/<slug:journey_id>/uitkomst", result.show, name="result"),
    path("wegwijzer/<slug:journey_id>/dichtbij", result.near, name="near"),
    path("wegwijzer/<slug:journey_id>/verder", result.onward, name="onward"),
    path("wegwijzer/<slug:journey_id>/<int:number>", player.question, name="question"),
    path("hulp-vragen", doors.ask, name="ask"),
    path("hulp-vragen/kaart", portal.card, name="portal_card"),
]
