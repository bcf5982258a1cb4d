"""Addresses of chat."""

from django.urls import path

from chat.views import agreement, by_mail, circle, guests, manners, more, page

app_name = "chat"
urlpatterns = [
    path("gesprekken", page.list_conversations, name="list"),
    path("gesprekken/instellingen", manners.manners, name="manners"),
    path("gesprekken/hoe-ging-het/<str:token>", by_mail.outcome, name="outcome_by_mail"),
    path("gesprekken/erbij/<str:token>", guests.join, name="join"),
    path("gesprekken/<slug:public_id>", page.conversation, name="conversation"),
    path("gesprekken/<slug:public_id>/nieuw", page.after, name="after"),
    path("gesprekken/<slug:public_id>/afspraak", agreement.propose, name="propose"),
    path("gesprekken/<slug:public_id>/afspraak.ics", agreement.calendar, name="calendar"),
    path("gesprekken/<slug:public_id>/afspraak/papier", agreement.paper, name="paper"),
    path("gesprekken/<slug:public_id>/onderweg", agreement.on_the_way, name="on_the_way"),
    path("gesprekken/<slug:public_id>/afspraak/<int:pk>/goed", agreement.accept, name="accept"),
    path("gesprekken/<slug:public_id>/afspraak/<int:pk>/intrekken", agreement.withdraw, name="withdraw"),
    path("gesprekken/<slug:public_id>/afgesproken", agreement.agree, name="agree"),
    path("gesprekken/<slug:public_id>/afzeggen", agreement.cancel, name="cancel"),
    path("gesprekken/<slug:public_id>/iemand-anders", agreement.decline, name="decline"),
    path("gesprekken/<slug:public_id>/niet-gekomen", agreement.no_show, name="no_show"),
    path("gesprekken/<slug:public_id>/hoe-ging-het", agreement.outcome, name="outcome"),
    path("gesprekken/<slug:public_id>/bedankt", agreement.thanks, name="thanks"),
    path("gesprekken/<slug:public_id>/meer", more.more, name="more"),
    path("gesprekken/<slug:public_id>/nummer", more.number, name="number"),
    path("gesprekken/<slug:public_id>/stil", more.silence, name="silence"),
    path("gesprekken/<slug:public_id>/blokkeren", more.block, name="block"),
    path("gesprekken/<slug:public_id>/verlaten", more.leave, name="leave"),
    path("gesprekken/<slug:public_id>/erbij", guests.guests, name="guests"),
    path("gesprekken/<slug:public_id>/erbij/<int:pk>/intrekken", guests.withdraw, name="withdraw_invite"),
    path("gesprekken/<slug:public_id>/gast-gaat", guests.let_go, name="let_go"),
    path("gesprekken/<slug:public_id>/overdracht", circle.handover, name="handover"),
    path("gesprekken/<slug:public_id>/beurt", circle.turn, name="turn"),
    path("gesprekken/<slug:public_id>/melden", more.report, name="report"),
]
