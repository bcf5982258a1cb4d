"""Who listens to whom: the one table of events and listeners. Connected when the app `config` is ready.

A listener is one line: it writes a job row. An event that becomes a letter names the kind of letter (the rooms register
the words); the event's ids are the letter's facts.
"""

from collections.abc import Callable
from typing import Any

from django.dispatch import Signal

from buurt.communities import events as communities
from buurt.ledger.services import NamedTask, enqueue
from buurt.moderation import events as moderation
from buurt.residents import events as residents
from chat import events as chat
from chat import tasks as chat_tasks
from matching import events as matching
from matching import tasks as matching_tasks
from notifications.services import announce
from posts import events as posts

# event -> task, and which of the event's ids it gets.
WORK: list[tuple[Signal, NamedTask, str]] = [
    (posts.post_published, matching_tasks.start, "post_id"),
    (posts.post_reopened, matching_tasks.resume, "post_id"),
    (posts.post_changed, matching_tasks.changed, "post_id"),
    (residents.help_preferences_changed, matching_tasks.wishes_changed, "resident_id"),
    (residents.resident_blocked, matching_tasks.people_parted, "blocker_id blocked_id"),
    (posts.place_released, matching_tasks.resume, "post_id"),
    (posts.place_released, matching_tasks.place_released, "engagement_id because"),
    (posts.place_released, chat_tasks.place_released, "engagement_id"),
    (posts.post_closed, chat_tasks.post_ended, "post_id"),
    (residents.resident_blocked, chat_tasks.people_parted, "blocker_id blocked_id"),
    (residents.resident_erased, chat_tasks.person_gone, "resident_id"),
    (posts.post_paused, matching_tasks.stop, "post_id"),
    (posts.post_closed, matching_tasks.stop, "post_id"),
    (posts.post_hidden, matching_tasks.stop, "post_id"),
]

# event -> kind of letter, with the names of the letter's facts and the event's ids they come from.
LETTERS: list[tuple[Signal, str, dict[str, str]]] = [
    (matching.help_invited, "invitation", {"invitation": "invitation_id", "round": "round"}),
    (matching.invitation_withdrawn, "somebody_found", {"invitation": "invitation_id"}),
    (matching.offer_found, "offer_found", {"post": "post_id", "offer": "offer_id"}),
    (matching.search_changed, "no_helper", {"post": "post_id", "state": "state"}),
    (posts.post_expiring, "expiring", {"post": "post_id", "round": "round"}),
    (posts.place_reserved, "place_reserved", {"engagement": "engagement_id"}),
    (posts.place_released, "place_released", {"engagement": "engagement_id", "because": "because"}),
    (chat.message_unread, "message", {"conversation": "conversation_id", "resident": "resident_id", "seq": "seq"}),
    (chat.appointment_proposed, "appointment_proposed", {"appointment": "appointment_id"}),
    (chat.appointment_agreed, "appointment_agreed", {"appointment": "appointment_id"}),
    (chat.appointment_cancelled, "appointment_cancelled", {"appointment": "appointment_id"}),
    (chat.appointment_near, "reminder", {"appointment": "appointment_id", "when": "when"}),
    (chat.turn_near, "turn_near", {"turn": "turn_id"}),
    (chat.on_the_way, "on_the_way", {"appointment": "appointment_id", "resident": "resident_id"}),
    (chat.outcome_due, "outcome_question", {"appointment": "appointment_id"}),
    (chat.guest_invited, "guest_invited", {"invite": "invite_id"}),
    (chat.thanks_given, "thanks", {"engagement": "engagement_id"}),
    (moderation.report_decided, "decision", {"decision": "decision_id"}),
    (communities.border_offered, "border_offered", {"offer": "offer_id"}),
    (communities.border_shared, "border_shared", {"share": "share_id", "community": "offered_by_id"}),
]

_connected: list[Callable[..., None]] = []


def _does(task: NamedTask, names: str) -> Callable[..., None]:
    def listener(sender: object, **ids: Any) -> None:
        enqueue(task, *(ids[name] for name in names.split()))

    return listener


def _writes(kind: str, names: dict[str, str]) -> Callable[..., None]:
    def listener(sender: object, **ids: Any) -> None:
        announce(kind, **{fact: ids[name] for fact, name in names.items() if name in ids})

    return listener


def connect() -> None:
    """Connect every listener; called once."""
    if _connected:
        return
    for signal, task, names in WORK:
        _connected.append(_does(task, names))
        signal.connect(_connected[-1], weak=False)
    for signal, kind, facts in LETTERS:
        _connected.append(_writes(kind, facts))
        signal.connect(_connected[-1], weak=False)
