"""Addresses of notifications."""

from django.urls import path

from notifications import views

app_name = "notifications"
urlpatterns = [
    path("meldingen", views.inbox, name="inbox"),
    path("demo/mail", views.sent_mail, name="sent_mail"),
    path("demo/mail/<int:mail_id>", views.one_mail, name="one_mail"),
]
