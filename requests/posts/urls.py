"""Addresses of posts."""

from django.urls import path

from posts.models import Post
from posts.views import acts, ask, mine
from posts.views.board import board, detail
from posts.views.boardmap import board_map

app_name = "posts"
_ASK = {"kind": str(Post.Kind.ASK)}
_OFFER = {"kind": str(Post.Kind.OFFER)}
urlpatterns = [
    path("prikbord", board, name="board"),
    path("prikbord/kaart", board_map, name="map"),
    path("prikbord/<str:public_id>", detail, name="detail"),
    path("vraag", ask.what, _ASK, name="ask"),
    path("vraag/wanneer", ask.when, _ASK, name="ask_when"),
    path("vraag/nakijken", ask.check, _ASK, name="ask_check"),
    path("aanbod", ask.what, _OFFER, name="offer"),
    path("aanbod/wanneer", ask.when, _OFFER, name="offer_when"),
    path("aanbod/nakijken", ask.check, _OFFER, name="offer_check"),
    path("mijn", mine.mine, name="mine"),
    path("mijn/<str:public_id>", mine.status, name="status"),
    path("mijn/<str:public_id>/aanpassen", mine.edit, name="edit"),
    path("mijn/<str:public_id>/pauzeren", acts.pause, name="pause"),
    path("mijn/<str:public_id>/hervatten", acts.resume, name="resume"),
    path("mijn/<str:public_id>/verlengen", acts.renew, name="renew"),
    path("mijn/<str:public_id>/afsluiten", acts.close, name="close"),
    path("mijn/<str:public_id>/intrekken", acts.withdraw, name="withdraw"),
    path("mijn/<str:public_id>/kopieren", acts.copy, name="copy"),
]
