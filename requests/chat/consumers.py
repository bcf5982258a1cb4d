"""The socket of one person. A view: what came in, to whom it goes, what is answered. It holds no rules and no truth."""

import asyncio
import json
import time
from contextlib import suppress
from dataclasses import replace
from functools import partial
from importlib import import_module
from typing import Any
from uuid import UUID

from channels.db import database_sync_to_async
from channels.exceptions import StopConsumer
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import DatabaseError
from django.http import Http404
from django.utils import translation

from buurt.residents.access import catalogue_of, resident_of
from buurt.residents.models import Resident
from chat import access, errors
from chat.bodies import cleaned
from chat.counts import counts_of
from chat.hub import hub
from chat.outlet import Outlet
from chat.parcels import Frame, Parcel
from chat.writing.drafts import Draft, Stored
from chat.writing.marks import Mark
from chat.writing.rules import Answer
from chat.writing.writer import writer

# Close codes the page understands; in static/js/line.js too.
LOGGED_OUT = 4401
BAD_FRAME = 4400
SILENT = 4408
TOO_BIG = 4413
TOO_MANY = 4429
AWAY = 4503

MOST_BYTES = 8_192
# A page sends a sign of life every 25 seconds.
SILENCE_SECONDS = 90.0
FRAMES_PER_WINDOW = 60
WINDOW_SECONDS = 10.0
# How long a logged-in person is believed before the session is looked up again.
TRUST_SECONDS = 300.0
PEOPLE_KNOWN_SECONDS = 60.0
MOST_SEQ = 2**62
MOST_NAME = 20

PONG = Parcel({"type": "pong"})


class PersonConsumer(AsyncWebsocketConsumer):
    """One open page of one person, for all their conversations."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Listen to the socket alone. Channels would make a task of every frame, to listen to a channel layer too."""
        self.scope, self.base_send = scope, send
        self._send_frame = scope.get("servers_send", send)
        with suppress(StopConsumer):
            while True:
                await self.dispatch(await receive())

    async def dispatch(self, message: dict[str, Any]) -> None:
        """Take a frame without what Channels does before each one: go to a thread and give back idle connections.

        Frames touch no database in this thread, and that trip costs more than all else a message needs here.
        """
        if message["type"] == "websocket.receive":
            await self.receive(message.get("text"), message.get("bytes"))
        else:
            await super().dispatch(message)

    async def connect(self) -> None:
        """Accept, and say with a close code when the person is not logged in (a refusal could not say why)."""
        self.outlet: Outlet | None = None
        self._heard_at = self._window = self._trusted_at = time.monotonic()
        self._frames = 0
        self._watch: asyncio.TimerHandle | None = None
        self._people: dict[str, tuple[float, list[int]]] = {}
        try:
            resident, self._language = await database_sync_to_async(_who)(self.scope)
        except DatabaseError:
            await self.accept()
            await self.close(code=AWAY)
            return
        await self.accept()
        # No waiting between here and the hub: a page asks what it missed as soon as the line is open.
        if resident is None or not resident.is_active:
            await self.close(code=LOGGED_OUT)
            return
        self.resident: Resident = resident
        self.outlet = Outlet(resident.pk, self._write, self._shut, self._forget_people)
        hub.join(resident.pk, self.outlet)
        self._watch_silence(SILENCE_SECONDS)

    async def disconnect(self, code: int) -> None:
        """Forget the socket."""
        if self._watch is not None:
            self._watch.cancel()
        if self.outlet is not None:
            hub.leave(self.resident.pk, self.outlet)
            self.outlet.stop()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Take one frame: a message, how far one got, typing, or a sign of life."""
        if self.outlet is None:
            return
        code = self._refusal(text_data)
        frame = None if code else _parsed(text_data or "")
        if code or frame is None:
            self.outlet.drop(code or BAD_FRAME)
            return
        if self._heard_at - self._trusted_at >= TRUST_SECONDS and not await self._is_still_logged_in():
            self.outlet.drop(LOGGED_OUT)
            return
        kind = frame.get("type")
        if kind == "message":
            self._message(frame)
        elif kind in {"read", "reached"}:
            self._mark(frame, is_read=kind == "read")
        elif kind == "typing":
            await self._typing(frame)
        elif kind == "count":
            await self._count()
        elif kind == "ping":
            self.outlet.put(PONG)
        else:
            self.outlet.drop(BAD_FRAME)

    # -- frames -------------------------------------------------------------------------------------------------

    def _message(self, frame: Frame) -> None:
        text, conversation, key = frame.get("text"), _talk_named(frame), _uuid(frame.get("key"))
        if not isinstance(text, str) or not conversation or key is None:
            self._put({"type": "refused", "conversation": conversation, "error": "", "code": "bad"})
            return
        answer = partial(self._answer, conversation, key)
        try:
            draft = Draft(conversation, self.resident.pk, cleaned(text), key)
        except errors.ChatError as error:
            answer(error)
        else:
            writer.submit(draft, answer)

    def _answer(self, conversation: str, key: UUID, answer: Answer) -> None:
        """Say what became of a message. A new one comes to its sender's page like to everybody, and says so itself."""
        said: Frame = {"conversation": conversation, "key": str(key)}
        if isinstance(answer, Stored):
            if answer.again:
                self._put(said | {"type": "ack", "seq": answer.message.seq})
            return
        with translation.override(self._language):
            self._put(said | {"type": "refused", "code": answer.code, "error": str(answer.words)})

    def _mark(self, frame: Frame, *, is_read: bool) -> None:
        conversation, seq = _talk_named(frame), frame.get("seq")
        if conversation and type(seq) is int and 0 < seq < MOST_SEQ:
            since = frame.get("from")
            mark = Mark(self.resident.pk, conversation, seq, seq if is_read else 0)
            writer.mark(mark if is_read else replace(mark, since=since if type(since) is int else seq))

    async def _typing(self, frame: Frame) -> None:
        conversation = _talk_named(frame)
        if not conversation:
            return
        now = time.monotonic()
        known = self._people
        known_at, people = known.get(conversation, (0.0, []))
        if now - known_at > PEOPLE_KNOWN_SECONDS:
            if len(known) > 50:
                known.clear()
            try:
                people = await database_sync_to_async(_who_may_see)(self.resident, conversation)
            except DatabaseError:
                return
            known[conversation] = (now, people)
        hub.tell(people, {"type": "typing", "conversation": conversation})

    def _forget_people(self) -> None:
        """Forget who is where: somebody came or went, or was blocked. A look that is under way keeps nothing either."""
        self._people = {}

    async def _count(self) -> None:
        """Tell what waits unread, for the badges in the menus."""
        try:
            self._put({"type": "counts", "counts": await database_sync_to_async(counts_of)(self.resident)})
        except DatabaseError:
            return  # the page asks again when something else comes in

    # -- the connection -------------------------------------------------------------------------------------------

    def _put(self, frame: Frame) -> None:
        if self.outlet is not None:
            self.outlet.put(Parcel(frame))

    async def _write(self, text: str) -> None:
        await self._send_frame({"type": "websocket.send", "text": text})

    async def _shut(self, code: int) -> None:
        await self.close(code=code)

    def _refusal(self, text_data: str | None) -> int:
        """Return the close code for a frame that is too big, or one too many; 0 when it may be read."""
        now = self._heard_at = time.monotonic()
        if now - self._window > WINDOW_SECONDS:
            self._window, self._frames = now, 0
        self._frames += 1
        if self._frames > FRAMES_PER_WINDOW:
            return TOO_MANY
        text = text_data or ""
        # Only a text that could be too long in bytes is counted in bytes.
        return TOO_BIG if len(text) * 4 > MOST_BYTES and len(text.encode()) > MOST_BYTES else 0

    def _watch_silence(self, seconds: float) -> None:
        self._watch = asyncio.get_running_loop().call_later(seconds, self._look_for_life)

    def _look_for_life(self) -> None:
        """Close a line that fell silent; one look in a while costs less than a timer for every frame."""
        silent = time.monotonic() - self._heard_at
        if silent < SILENCE_SECONDS:
            self._watch_silence(SILENCE_SECONDS - silent)
        elif self.outlet is not None:
            self.outlet.drop(SILENT)

    async def _is_still_logged_in(self) -> bool:
        """Look the session up again now and then: it may have been ended on another device."""
        try:
            lives = await database_sync_to_async(_session_lives)(self.scope["session"].session_key, self.resident)
        except DatabaseError:
            return True  # the next frame asks again
        self._trusted_at = self._heard_at
        return lives


def _who(scope: Any) -> tuple[Resident | None, str]:
    """Return who opens the line, and the language of what is said to them."""
    resident = resident_of(scope.get("user"))
    wanted = str(scope.get("cookies", {}).get(settings.LANGUAGE_COOKIE_NAME, ""))
    return resident, "" if resident is None else catalogue_of(resident, first=wanted)


def _parsed(text: str) -> dict[str, Any] | None:
    try:
        frame = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return frame if isinstance(frame, dict) and isinstance(frame.get("type"), str) else None


def _talk_named(frame: dict[str, Any]) -> str:
    """Return the id of the conversation in a frame; empty for what cannot be one, and no database should be asked."""
    name = frame.get("conversation")
    return name if isinstance(name, str) and len(name) <= MOST_NAME and name.isascii() and name.isalnum() else ""


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


def _who_may_see(resident: Resident, public_id: str) -> list[int]:
    try:
        talk = access.talk_for(resident, public_id)
    except Http404:
        return []
    return [one.resident_id for one in talk.typing_shown] if talk.can_write else []
