"""How far people got: what reached a device of theirs, and what they read. Many marks, two statements."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction

from chat import access
from chat.hub import Told, hub
from chat.models import Participant
from chat.parcels import Parcel
from chat.writing.rules import Store, store_here


@dataclass(frozen=True, slots=True)
class Mark:
    """Somebody has everything up to a number on a device of theirs, and has read it up to another one."""

    resident_id: int
    conversation: str  # its public id
    reached: int
    read: int = 0
    # The device has everything from here on; what came before this it need not have.
    since: int = 1


class Marks:
    """Marks that wait; several of one person in one conversation are one."""

    def __init__(self) -> None:
        self._highest: dict[tuple[int, str], Mark] = {}

    def __bool__(self) -> bool:
        return bool(self._highest)

    def add(self, mark: Mark) -> None:
        """Keep the furthest of this mark and the one that waits."""
        where = mark.resident_id, mark.conversation
        known = self._highest.get(where, mark)
        since = mark.since if mark.since > known.reached + 1 else min(known.since, mark.since)
        self._highest[where] = Mark(*where, max(known.reached, mark.reached), max(known.read, mark.read), since)

    def take(self) -> list[Mark]:
        """Return what waits, and begin anew."""
        taken, self._highest = list(self._highest.values()), {}
        return taken


@dataclass(slots=True)
class _Part:
    """How far somebody got, and whether they and others show each other what they read."""

    pk: int
    resident_id: int
    reached: int
    read: int
    shows_reading: bool


@dataclass(slots=True)
class _Talk:
    """A conversation with everybody who takes part, by resident."""

    last_seq: int
    parts: dict[int, _Part] = field(default_factory=dict)

    def seen(self) -> dict[int, tuple[int, int]]:
        """Return for each person up to where all the others got, as far as they may know: (reached, read).

        As access.Talk.read_seq: reading is shown where both want it, and "by everybody" needs everybody.
        """
        if len(self.parts) < 2:
            return {}
        return {person: self._seen_by(part) for person, part in self.parts.items()}

    def _seen_by(self, me: _Part) -> tuple[int, int]:
        others = [part for part in self.parts.values() if part is not me]
        is_shown = me.shows_reading and all(part.shows_reading for part in others)
        return min(part.reached for part in others), min(part.read for part in others) if is_shown else 0


@transaction.atomic
def write_marks(marks: Iterable[Mark], *, store: Store | None = None) -> int:
    """Raise the marks of whoever takes part; never backwards, never past the last message. Returns how many rose.

    Those whose messages were reached or read are told after the commit, when that is new for them.
    """
    wanted = list(marks)
    talks = _talks({mark.conversation for mark in wanted})
    before = {public_id: talk.seen() for public_id, talk in talks.items()}
    risen: dict[int, tuple[int, int]] = {}
    for mark in wanted:
        talk = talks.get(mark.conversation)
        part = talk.parts.get(mark.resident_id) if talk is not None else None
        if talk is None or part is None:
            continue
        # Nobody can have what is not there yet; who read it has it.
        read = max(part.read, mark.read if mark.read <= talk.last_seq else 0)
        reached = max(part.reached, read)
        if mark.since <= reached + 1 and mark.reached <= talk.last_seq:
            reached = max(reached, mark.reached)
        if (reached, read) != (part.reached, part.read):
            risen[part.pk] = part.reached, part.read = reached, read
    if risen:
        (store or store_here()).raise_marks(risen)
        _tell(talks, before)
    return len(risen)


def mark_opened(page: access.Talk) -> bool:
    """Mark everything read for who opened the page, in one statement: what it takes to tell the others is at hand."""
    row, me = page.conversation, page.me
    mine = Participant.objects.filter(pk=me.pk, left_at=None, read_seq__lt=row.last_seq)
    if not mine.update(read_seq=row.last_seq, reached_seq=row.last_seq):
        return False
    talk = _Talk(row.last_seq)
    for one in page.present:
        shows = access.shares(one, "shows_reading")
        talk.parts[one.resident_id] = _Part(one.pk, one.resident_id, one.reached_seq, one.read_seq, shows)
    before = {row.public_id: talk.seen()}
    talk.parts[me.resident_id].reached = talk.parts[me.resident_id].read = row.last_seq
    _tell({row.public_id: talk}, before)
    return True


def _talks(public_ids: set[str]) -> dict[str, _Talk]:
    talks: dict[str, _Talk] = {}
    rows = Participant.objects.filter(conversation__public_id__in=public_ids, left_at=None).values_list(
        *("conversation__public_id", "conversation__last_seq"),
        *("pk", "resident", "reached_seq", "read_seq", "resident__talk_manners__shows_reading"),
    )
    for public_id, last_seq, pk, resident, reached, read, shows in rows:
        # Who never chose shows it.
        talks.setdefault(public_id, _Talk(last_seq)).parts[resident] = _Part(
            pk, resident, reached, read, shows is not False
        )
    return talks


def _tell(talks: dict[str, _Talk], before: dict[str, dict[int, tuple[int, int]]]) -> None:
    told: list[Told] = [
        ([person], Parcel({"type": "marks", "conversation": public_id, "reached": reached, "read": read}))
        for public_id, talk in talks.items()
        for person, (reached, read) in talk.seen().items()
        if before[public_id][person] != (reached, read)
    ]
    transaction.on_commit(lambda: hub.tell_all(told), robust=True)
