"""The socket of one person. A view: access, service, answer. It holds no rules and no truth."""

import asyncio
import json
import time
from importlib import import_module
from typing import Any
from uuid import UUID

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import Http404
from django.utils import translation

from buurt.residents.access import catalogue_of, resident_of
from buurt.residents.models import Resident
from chat import access, services
from chat.bodies import text_of
from chat.errors import ChatError
from chat.hub import Frame, hub
from chat.outlet import Outlet

# Close codes the page understands; in static/js/chat.js too.
LOGGED_OUT = 4401
BAD_FRAME = 4400
SILENT = 4408
TOO_BIG = 4413
TOO_MANY = 4429

MOST_BYTES = 8_192
# A page sends a sign of life every 25 seconds.
SILENCE_SECONDS = 90.0
FRAMES_PER_WINDOW = 60
WINDOW_SECONDS = 10.0
# How long a logged-in person is believed before the session is looked up again.
TRUST_SECONDS = 300.0
PEOPLE_KNOWN_SECONDS = 60.0


class PersonConsumer(AsyncWebsocketConsumer):
    """One open page of one person, for all their conversations."""

    async def connect(self) -> None:
        """Accept, and say with a close code when the person is not logged in (a refusal could not say why)."""
        self.outlet: Outlet | None = None
        self._silence: asyncio.TimerHandle | None = None
        self._frames, self._window = 0, time.monotonic()
        self._trusted_at = time.monotonic()
        self._people: dict[str, tuple[float, list[int]]] = {}
        resident = await database_sync_to_async(resident_of)(self.scope.get("user"))
        await self.accept()
        # No waiting between here and the hub: a page asks what it missed as soon as the line is open.
        if resident is None or not resident.is_active:
            await self.close(code=LOGGED_OUT)
            return
        self.resident: Resident = resident
        self.outlet = Outlet(resident.pk, self._write, self._shut)
        hub.join(resident.pk, self.outlet)
        self._wait_for_life()

    async def disconnect(self, code: int) -> None:
        """Forget the socket."""
        if self._silence is not None:
            self._silence.cancel()
        if self.outlet is not None:
            hub.leave(self.resident.pk, self.outlet)
            self.outlet.stop()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Take one frame: a message, a read mark, typing, or a sign of life."""
        if self.outlet is None:
            return
        code = self._refusal(text_data)
        frame = None if code else _parsed(text_data or "")
        if code or frame is None:
            self.outlet.drop(code or BAD_FRAME)
            return
        self._wait_for_life()
        if not await self._is_still_logged_in():
            self.outlet.drop(LOGGED_OUT)
            return
        answers = {"message": self._message, "read": self._read, "typing": self._typing, "ping": self._ping}
        answer = answers.get(str(frame.get("type")))
        if answer is None:
            self.outlet.drop(BAD_FRAME)
            return
        await answer(frame)

    # -- frames -------------------------------------------------------------------------------------------------

    async def _message(self, frame: Frame) -> None:
        text, conversation, key = frame.get("text"), frame.get("conversation"), _uuid(frame.get("key"))
        if not isinstance(text, str) or not isinstance(conversation, str) or key is None:
            self._put({"type": "refused", "conversation": str(conversation)[:20], "error": "", "code": "bad"})
            return
        language = str(self.scope.get("cookies", {}).get("django_language", ""))
        answer = await database_sync_to_async(_stored)(self.resident, conversation, text, key, language)
        self._put(answer)

    async def _read(self, frame: Frame) -> None:
        conversation, seq = frame.get("conversation"), frame.get("seq")
        if isinstance(conversation, str) and isinstance(seq, int) and not isinstance(seq, bool) and 0 < seq < 2**62:
            await database_sync_to_async(_marked)(self.resident, conversation, seq)

    async def _typing(self, frame: Frame) -> None:
        conversation = str(frame.get("conversation"))[:20]
        now = time.monotonic()
        known_at, people = self._people.get(conversation, (0.0, []))
        if now - known_at > PEOPLE_KNOWN_SECONDS:
            if len(self._people) > 50:
                self._people.clear()
            people = await database_sync_to_async(_who_may_see)(self.resident, conversation)
            self._people[conversation] = (now, people)
        hub.tell(people, {"type": "typing", "conversation": conversation})

    async def _ping(self, frame: Frame) -> None:
        self._put({"type": "pong"})

    # -- the connection -------------------------------------------------------------------------------------------

    def _put(self, frame: Frame) -> None:
        if self.outlet is not None:
            self.outlet.put(frame)

    async def _write(self, text: str) -> None:
        await self.send(text_data=text)

    async def _shut(self, code: int) -> None:
        await self.close(code=code)

    def _refusal(self, text_data: str | None) -> int:
        """Return the close code for a frame that is too big, or one too many; 0 when it may be read."""
        now = time.monotonic()
        if now - self._window > WINDOW_SECONDS:
            self._window, self._frames = now, 0
        self._frames += 1
        if self._frames > FRAMES_PER_WINDOW:
            return TOO_MANY
        return TOO_BIG if len((text_data or "").encode()) > MOST_BYTES else 0

    def _wait_for_life(self) -> None:
        if self._silence is not None:
            self._silence.cancel()
        self._silence = asyncio.get_running_loop().call_later(SILENCE_SECONDS, self._fell_silent)

    def _fell_silent(self) -> None:
        if self.outlet is not None:
            self.outlet.drop(SILENT)

    async def _is_still_logged_in(self) -> bool:
        """Look the session up again now and then: it may have been ended on another device."""
        now = time.monotonic()
        if now - self._trusted_at < TRUST_SECONDS:
            return True
        self._trusted_at = now
        return await database_sync_to_async(_session_lives)(self.scope["session"].session_key, self.resident)


def _parsed(text: str) -> dict[str, Any] | None:
    try:
        frame = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return frame if isinstance(frame, dict) else None


def _session_lives(session_key: str | None, resident: Resident) -> bool:
    """Say whether this session, as it is stored now, still belongs to this person."""
    session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    is_theirs = session.get(SESSION_KEY) == str(resident.pk)
    return is_theirs and Resident.objects.filter(pk=resident.pk, is_active=True).exists()


def _uuid(value: object) -> UUID | None:
    try:
        return UUID(str(value))
    except ValueError:
        return None


def _stored(resident: Resident, public_id: str, text: str, key: UUID, language: str) -> Frame:
    """Store a message and return the acknowledgement, or the refusal in the person's language."""
    answer: Frame = {"conversation": public_id[:20], "key": str(key)}
    try:
        conversation, _me = access.conversation_for(resident, public_id)
        message = services.send_message(by=resident, conversation=conversation, text=text, client_key=key)
    except Http404:
        return answer | {"type": "refused", "code": "gone", "error": ""}
    except ChatError as error:
        with translation.override(catalogue_of(resident, first=language)):
            return answer | {"type": "refused", "code": error.code, "error": str(error.words)}
    # The stored words win over what a reused key brought.
    return answer | {"type": "ack", "seq": message.seq, "text": text_of(conversation, message)}


def _marked(resident: Resident, public_id: str, seq: int) -> None:
    try:
        conversation, _me = access.conversation_for(resident, public_id)
    except Http404:
        return
    services.mark_read(by=resident, conversation=conversation, seq=seq)


def _who_may_see(resident: Resident, public_id: str) -> list[int]:
    try:
        talk = access.talk_for(resident, public_id)
    except Http404:
        return []
    return [one.resident_id for one in talk.typing_shown] if talk.can_write else []
