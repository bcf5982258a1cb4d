"""Addresses of the wegwijzers."""

from django.urls import path

from journeys import views

app_name = "journeys"
urlpatterns = [path("wegwijzer", views.index, name="index")]
