"""Addresses of style sheets and logos."""

from django.urls import path

from buurt.communities import views

app_name = "communities"
urlpatterns = [
    path("huisstijl/thema/<slug:key>/<slug:version>.css", views.shelf_sheet, name="shelf_sheet"),
    path("huisstijl/eigen/<slug:slug>/<slug:version>.css", views.own_sheet, name="own_sheet"),
    path("huisstijl/logo/<slug:slug>/<slug:version>", views.logo, name="logo"),
]
