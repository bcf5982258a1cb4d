"""Pages and forms asked for by hand, over a connection of their own each time: what a fault test can break midway."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

# Any 32 letters will do: the form says the same as the cookie.
CSRF = "a" * 32


@dataclass(frozen=True)
class Answer:
    """What a server said."""

    status: int
    body: bytes

    def data(self) -> dict[str, Any] | None:
        """Return the JSON in it; None when it is an error, or was cut off."""
        if self.status != 200:
            return None
        try:
            return dict(json.loads(self.body))
        except ValueError:
            return None


class Visitor:
    """Somebody's browser, logged in."""

    def __init__(self, session: str, port: int) -> None:
        self.host = f"127.0.0.1:{port}"
        self.cookie = f"sessionid={session}; csrftoken={CSRF}"
        self._port = port

    async def get(self, path: str) -> Answer:
        """Ask for a page, as JSON."""
        return await self._ask("GET", path, "application/json", b"")

    async def post(self, path: str, form: dict[str, str]) -> Answer:
        """Send a form as a page without scripts does."""
        return await self._ask("POST", path, "text/html", urlencode({**form, "csrfmiddlewaretoken": CSRF}).encode())

    async def _ask(self, method: str, path: str, accept: str, body: bytes) -> Answer:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        try:
            lines = [f"{method} {path} HTTP/1.1", f"Host: {self.host}", f"Cookie: {self.cookie}", f"Accept: {accept}"]
            if body:
                lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
            writer.write("\r\n".join([*lines, "Connection: close", "", ""]).encode() + body)
            head, _, said = (await reader.read()).partition(b"\r\n\r\n")
        finally:
            writer.close()
        if not head.startswith(b"HTTP/1.1 "):
            raise ValueError(head[:20])
        return Answer(int(head.split()[1]), _whole(head, said))


def _whole(head: bytes, body: bytes) -> bytes:
    """Return the body, put together when it came in chunks."""
    if b"chunked" not in head.lower():
        return body
    parts = b""
    while body:
        size, _, body = body.partition(b"\r\n")
        parts += body[: int(size, 16)]
        body = body[int(size, 16) + 2 :]
    return parts
