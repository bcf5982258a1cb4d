"""Addresses of the community manager's pages."""

from django.urls import path

from config.manage import asking, desks, style, views

app_name = "manage"
urlpatterns = [
    path("beheer", views.index, name="index"),
    path("beheer/buren-vragen", asking.asking, name="asking"),
    path("beheer/buren-vragen/grens/aanbod", asking.offer_border, name="offer_border"),
    path("beheer/buren-vragen/grens/antwoord", asking.answer_border, name="answer_border"),
    path("beheer/buren-vragen/grens/stop", asking.end_border, name="end_border"),
    path("beheer/loketten", desks.desks, name="desks"),
    path("beheer/huisstijl", views.house_style, name="house_style"),
    path("stijl/", style.style, name="style"),
]
