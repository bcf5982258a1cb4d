"""Reporting messages to moderation: only the ticked ones go, as an exact copy the reporter has seen."""

from collections.abc import Iterable
from typing import cast

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurt.communities.when import spoken_when_past
from buurt.moderation.subjects import Reportable, register_subject
from buurt.residents.models import Resident
from chat import access, services
from chat.bodies import line_of, text_of
from chat.models import Conversation, Message
from chat.tags import is_as_sent

# A quarrel of an evening; with the conversation's id these fit in a report's key (moderation's KEY_LENGTH).
MOST_TICKED = 20
MOST_DIGITS = 9


def key_of(conversation: Conversation, messages: Iterable[Message], *, reporter: Resident) -> str:
    """Return the key of a report: the conversation and the ticked numbers, one of the reported person's first.

    Whoever reads the key later, a moderator above all, knows from it whom the report is about.
    """
    first_theirs = sorted(messages, key=lambda message: (message.sender_id in {None, reporter.pk}, message.seq))
    return "-".join([conversation.public_id, *(str(message.seq) for message in first_theirs)])


def _read_key(key: str) -> tuple[str, list[int]]:
    public_id, *numbers = key.split("-")
    if not 1 <= len(numbers) <= MOST_TICKED or not all(one.isascii() and one.isdigit() for one in numbers):
        return "", []
    if any(len(number) > MOST_DIGITS for number in numbers):
        return "", []
    return public_id, [int(number) for number in numbers]


def _messages(key: str) -> QuerySet[Message]:
    public_id, numbers = _read_key(key)
    rows = Message.objects.filter(conversation__public_id=public_id, seq__in=numbers)
    return rows.select_related("conversation__post__community", "sender").order_by("seq")


class MessageSubject:
    """The kind "message": private, so a moderator sees nothing but the copy that a participant sent along."""

    def find(self, key: str, *, viewer: Resident | None) -> Reportable | None:
        """Return the ticked messages for somebody who takes part in the conversation, else None."""
        public_id, numbers = _read_key(key)
        if viewer is None or not numbers:
            return None
        try:
            talk = access.talk_for(viewer, public_id)
        except Http404:
            return None
        found = access.messages_named(talk, numbers)
        about = next((message.sender_id for message in found if message.seq == numbers[0]), None)
        if len(found) != len(set(numbers)) or about in {None, viewer.pk}:
            return None
        return self._reportable(key)

    def show(self, key: str) -> Reportable | None:
        """Return that it is a message, by whom and whether it is hidden; never its words."""
        return self._reportable(key)

    def evidence(self, key: str, request: HttpRequest, *, reporter: Resident | None) -> str:
        """Return exactly the ticked messages, with name and time, for a participant; "" for anybody else."""
        if reporter is None:
            return ""
        public_id, numbers = _read_key(key)
        talk = access.talk_for(reporter, public_id)
        names, now = talk.names(), timezone.now()
        lines, checks = [], set()
        for message in access.messages_named(talk, numbers):
            when = spoken_when_past(message.created_at, now)
            lines.append(f"{names.get(message.sender_id or 0, '')}, {when}: {self._words(talk.conversation, message)}")
            checks.add(is_as_sent(talk.conversation, message))
        return "\n\n".join([*lines, _checked(checks)])

    def hide(self, key: str, *, by: Resident) -> None:
        """Hide the messages of the reported person."""
        services.hide_messages(by=by, messages=self._of_author(key))

    def restore(self, key: str, *, by: Resident) -> None:
        """Show them again."""
        services.restore_messages(by=by, messages=self._of_author(key))

    def _words(self, conversation: Conversation, message: Message) -> str:
        if message.kind == Message.Kind.SYSTEM:
            name, facts = line_of(conversation, message)
            return str(facts.get("number", "")) if name == "contact" else ""
        return text_of(conversation, message)

    def _of_author(self, key: str) -> list[Message]:
        """Return the ticked messages of the person the report is about."""
        _public_id, numbers = _read_key(key)
        found = list(_messages(key))
        about = next((message.sender_id for message in found if message.seq == numbers[0]), None)
        return [message for message in found if about is not None and message.sender_id == about]

    def _reportable(self, key: str) -> Reportable | None:
        theirs = self._of_author(key)
        if not theirs:
            return None
        conversation = theirs[0].conversation
        return Reportable(
            title=_("Bericht in een gesprek"),
            text="",
            author=theirs[0].sender,
            community=conversation.post.community,
            hidden=all(message.hidden_at is not None for message in theirs),
            url=reverse("chat:conversation", args=[conversation.public_id]),
        )


def _checked(checks: set[bool | None]) -> str:
    """Return in words what the tags of the messages say."""
    if False in checks:
        return _("Let op: een van deze berichten is veranderd sinds het verstuurd is.")
    if None in checks:
        return _("Niet na te kijken: een van deze berichten is van voor de controle.")
    return _("Nagekeken: dit is precies wat er is verstuurd.")


def register() -> None:
    """Make messages reportable."""
    register_subject("message", cast(str, gettext_lazy("bericht in een gesprek")), MessageSubject)
