"""All addresses; paths are Dutch, code is English."""

from django.urls import include, path

urlpatterns = [
    path("", include("config.pages_urls")),
    path("", include("config.manage.urls")),
    path("", include("buurt.communities.urls")),
    path("", include("posts.urls")),
    path("", include("chat.urls")),
    path("", include("journeys.urls")),
    path("", include("matching.urls")),
    path("", include("notifications.urls")),
    path("", include("buurt.moderation.urls")),
    path("", include("buurt.residents.urls")),
    path("account/", include("allauth.urls")),
]

handler404 = "config.error_pages.page_not_found"
handler403 = "config.error_pages.permission_denied"
