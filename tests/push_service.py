"""A push service on this machine, and a browser's keys: what is sent is opened as a browser would."""

import base64
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from notifications.channels.webpush.keys import encode


@dataclass(frozen=True)
class Sent:
    """One message as the push service got it."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class PushService:
    """Takes messages and answers with `status`, or what `statuses` says for a path."""

    origin: str
    status: int = 201
    statuses: dict[str, int] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    sent: list[Sent] = field(default_factory=list)


class Keys:
    """The keys of one browser."""

    def __init__(self) -> None:
        self._private = ec.generate_private_key(ec.SECP256R1())
        self._secret = os.urandom(16)

    @property
    def p256dh(self) -> str:
        """The public key, as the browser gives it."""
        return encode(self._private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))

    @property
    def auth(self) -> str:
        """The shared secret, as the browser gives it."""
        return encode(self._secret)

    def open(self, body: bytes) -> dict[str, Any]:
        """Open a message (RFC 8291) and read it."""
        plain = http_ece.decrypt(body, private_key=self._private, auth_secret=self._secret, version="aes128gcm")
        found: dict[str, Any] = json.loads(plain)
        return found


def claims_of(sent: Sent) -> dict[str, Any]:
    """Return the claims of a message's VAPID token, unchecked."""
    token = sent.headers["authorization"].split("t=")[1].split(",")[0]
    part = token.split(".")[1]
    found: dict[str, Any] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return found


@contextmanager
def running_push_service() -> Iterator[PushService]:
    """Run a push service on a free port of this machine."""
    service = PushService(origin="")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", "0"))
            headers = {name.lower(): value for name, value in self.headers.items()}
            service.sent.append(Sent(self.path, headers, self.rfile.read(length)))
            self.send_response(service.statuses.get(self.path, service.status))
            for name, value in service.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    service.origin = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
