"""Where sockets go: one per person, for all their conversations."""

from typing import Any

from channels.auth import AuthMiddlewareStack
from channels.routing import URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.urls import path

from chat.consumers import PersonConsumer


class WithServersSend:
    """Keep the server's own `send` in the scope.

    Channels' session middleware looks, before every single frame, whether the session changed and a cookie must go
    along. No frame after the handshake carries a cookie, so frames take the straight road.
    """

    def __init__(self, application: Any) -> None:
        """Take the application that is asked with this scope."""
        self._application = application

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Serve one socket."""
        await self._application({**scope, "servers_send": send}, receive, send)


websocket_application = AllowedHostsOriginValidator(
    WithServersSend(
        AuthMiddlewareStack(URLRouter([path("ws", PersonConsumer.as_asgi())]))  # type: ignore[arg-type, list-item]
    )
)
