"""Pages and sockets from one application; the embedded default also runs its worker here."""

import os
import warnings

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# WhiteNoise reads its small files in one go; there is nothing to await.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")
django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter  # noqa: E402 - needs the apps to be loaded

from chat.routing import websocket_application  # noqa: E402
from config.lifespan import with_lifespan  # noqa: E402

application = with_lifespan(
    ProtocolTypeRouter({"http": django_application, "websocket": websocket_application})  # type: ignore[arg-type]
)
