"""Addresses of the community manager's pages."""

from django.urls import path

from config.manage import style, views

app_name = "manage"
urlpatterns = [
    path("beheer/huisstijl", views.house_style, name="house_style"),
    path("stijl/", style.style, name="style"),
]
