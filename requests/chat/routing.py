"""Where sockets go: one per person, for all their conversations."""

from channels.auth import AuthMiddlewareStack
from channels.routing import URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.urls import path

from chat.consumers import PersonConsumer

websocket_application = AllowedHostsOriginValidator(
    AuthMiddlewareStack(URLRouter([path("ws", PersonConsumer.as_asgi())]))  # type: ignore[arg-type, list-item]
)
