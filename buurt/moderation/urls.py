"""Addresses of moderation."""

from django.urls import path

from buurt.moderation import views

app_name = "moderation"
urlpatterns = [
    path("melden/<slug:kind>/<str:key>", views.report, name="report"),
    path("moderatie", views.queue, name="queue"),
    path("moderatie/mijn", views.decisions, name="decisions"),
    path("moderatie/<int:pk>", views.report_detail, name="report_detail"),
    path("moderatie/besluit/<int:pk>/terugzetten", views.undo, name="undo"),
]
