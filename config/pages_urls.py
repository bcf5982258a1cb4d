"""Addresses of the front page and the pages in the footer."""

from django.urls import path

from config import installable, pages

app_name = "pages"
urlpatterns = [
    path("", pages.front, name="front"),
    path("bellen", pages.call, name="call"),
    path("huisregels", pages.house_rules, name="house_rules"),
    path("privacy", pages.privacy, name="privacy"),
    path("toegankelijkheid", pages.accessibility, name="accessibility"),
    path("contact", pages.contact, name="contact"),
    path("demo", pages.demo, name="demo"),
    path("taal", pages.language, name="language"),
    path("manifest.webmanifest", installable.manifest, name="manifest"),
    path("app-icoon-<int:size>.png", installable.icon, name="app_icon"),
    path("sw.js", installable.service_worker, name="service_worker"),
    path("zonder-internet", installable.offline, name="offline"),
    path("healthz", pages.healthz, name="healthz"),
    path("readyz", pages.readyz, name="readyz"),
]
