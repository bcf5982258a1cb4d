"""Where sockets go: one per person, for all their conversations."""

from channels.auth import AuthMiddlewareStack
from channels.routing import URLRouter
from channels.security.websocket import AllowedHostsOriginValidator

websocket_application = AllowedHostsOriginValidator(AuthMiddlewareStack(URLRouter([])))
