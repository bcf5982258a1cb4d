"""Addresses of notifications."""

from django.urls import path

from notifications import reach_views, views

app_name = "notifications"
urlpatterns = [
    path("meldingen", views.inbox, name="inbox"),
    path("meldingen/instellingen", reach_views.settings_page, name="settings"),
    path("meldingen/toestel", reach_views.subscribe, name="subscribe"),
    path("meldingen/toestel/weg", reach_views.unsubscribe, name="unsubscribe"),
    path("meldingen/toestel/nieuw-adres", reach_views.replace, name="replace"),
    path("meldingen/toestel/nooit", reach_views.refuse, name="refuse"),
    path("demo/mail", views.sent_mail, name="sent_mail"),
    path("demo/mail/<int:mail_id>", views.one_mail, name="one_mail"),
]
