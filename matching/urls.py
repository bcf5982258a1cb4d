"""Addresses of matching."""

from django.urls import path

from matching import desk_views, figure_views, views

app_name = "matching"
urlpatterns = [
    path("helpen", views.helping, name="helping"),
    path("helpen/hoe-we-kiezen", views.how_we_choose, name="how_we_choose"),
    path("makelaar/cijfers", figure_views.figures, name="figures"),
    path("helpen/gevraagd/<uuid:public_id>", views.invitation, name="invitation"),
    path("helpen/antwoord/<str:token>", views.by_link, name="by_link"),
    path("prikbord/<str:public_id>/antwoord", views.answer_post, name="answer_post"),
    path("makelaar", desk_views.desk, name="desk"),
    path("makelaar/<str:public_id>/gesprek", desk_views.desk_talk, name="desk_talk"),
    path("makelaar/<str:public_id>", desk_views.desk_post, name="desk_post"),
]
