"""What a resident may read of conversations. To everybody else they do not exist (404)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Sum
from django.http import Http404

from buurt.residents.models import Block, Resident
from chat.models import Appointment, Conversation, Message, Participant
from posts.models import Engagement

LIVE_PLACES = (Engagement.State.RESERVED, Engagement.State.AGREED)
LIVE_APPOINTMENTS = (Appointment.State.PROPOSED, Appointment.State.AGREED)
PAGE = 50
MOST_AT_ONCE = 200


@dataclass(frozen=True)
class Talk:
    """A conversation as one participant has it before them."""

    conversation: Conversation
    me: Participant
    others: list[Participant]
    # Whether one of the two blocked the other; shown like a conversation that ended.
    apart: bool

    @property
    def can_write(self) -> bool:
        """Whether this person may write here now."""
        return self.conversation.ended_at is None and not self.apart and any(other.takes_part for other in self.others)

    @property
    def other(self) -> Participant:
        """The one they agree with: for who asks (or acts for them) the helper, for everybody else who asks."""
        role = Participant.Role.ASKER
        if self.me.role in {Participant.Role.ASKER, Participant.Role.PROXY}:
            role = Participant.Role.HELPER
        return next((one for one in self.others if one.role == role), self.others[0])

    @property
    def name(self) -> str:
        """Return with whom this is: everybody else who takes part, or who did."""
        there = [one for one in self.others if one.takes_part] or self.others
        return ", ".join(str(one.resident) for one in there)

    @property
    def is_company(self) -> bool:
        """Whether more than the two are here, so that everybody should see who."""
        return self.conversation.kind != Conversation.Kind.PAIR or len(self.present) > 2

    @property
    def present(self) -> list[Participant]:
        """Return everybody who takes part, me included, in the order in which they came."""
        return sorted((one for one in (self.me, *self.others) if one.takes_part), key=lambda one: one.pk)

    @property
    def i_posted(self) -> bool:
        """Whether the post is mine, or of somebody I act for."""
        return self.me.resident_id == self.conversation.post.author_id or self.me.role == Participant.Role.PROXY

    @property
    def i_get_help(self) -> bool:
        """Whether I am the one who is helped: the author of an ask, the one who took up an offer."""
        return self.me.is_party and self.i_posted == self.conversation.post.is_ask

    @property
    def other_ids(self) -> list[int]:
        """Return who takes part besides me."""
        return [other.resident_id for other in self.others if other.takes_part]

    @property
    def reading_shown(self) -> list[Participant]:
        """Return the others with whom I share what was read: both must want it."""
        return self._sharing("shows_reading")

    @property
    def typing_shown(self) -> list[Participant]:
        """Return the others with whom I share that one types: both must want it."""
        return self._sharing("shows_typing")

    def _sharing(self, what: str) -> list[Participant]:
        if not shares(self.me, what):
            return []
        return [one for one in self.others if one.takes_part and shares(one, what)]

    @property
    def read_seq(self) -> int:
        """Return up to where everybody else has read, as far as they let me see it; 0 when one does not."""
        shown = self.reading_shown
        if len(shown) < len(self.other_ids):
            return 0
        return min((one.read_seq for one in shown), default=0)

    @property
    def reached_seq(self) -> int:
        """Return up to where everybody else has it on a device of theirs."""
        return min((one.reached_seq for one in self.others if one.takes_part), default=0)

    def names(self) -> dict[int, str]:
        """Return everybody's name by id."""
        return {person.resident_id: str(person.resident) for person in (self.me, *self.others)}


@dataclass(frozen=True)
class Agreement:
    """What the two have agreed, or are about to: the latest place and the moments that are alive."""

    engagement: Engagement | None
    proposed: Appointment | None
    agreed: Appointment | None
    # An agreed moment of this place was cancelled, and none is alive.
    cancelled: Appointment | None = None

    @property
    def was_cancelled(self) -> bool:
        """Whether something agreed, with a moment, is off."""
        return self.cancelled is not None

    @property
    def is_live(self) -> bool:
        """Whether a place is reserved or agreed now."""
        return self.engagement is not None and self.engagement.state in LIVE_PLACES


def shares(part: Participant, what: str) -> bool:
    """Say whether this person lets others see it ("shows_reading", "shows_typing"); who never chose does."""
    manners = getattr(part.resident, "talk_manners", None)
    return manners is None or bool(getattr(manners, what))


def conversation_for(resident: Resident, public_id: str) -> tuple[Conversation, Participant]:
    """Return the conversation and the resident's part in it, or answer 404."""
    talk = talk_for(resident, public_id)
    return talk.conversation, talk.me


def talk_for(resident: Resident, public_id: str) -> Talk:
    """Return the conversation with everybody in it, in one query; 404 for whoever does not take part."""
    blocks = Block.objects.filter(
        Q(blocker=resident, blocked=OuterRef("resident")) | Q(blocker=OuterRef("resident"), blocked=resident)
    )
    everybody = list(
        Participant.objects.filter(conversation__public_id=public_id)
        .select_related("conversation__post", "resident__talk_manners")
        .annotate(apart=Exists(blocks))
        .order_by("pk")
    )
    me = next((one for one in everybody if one.resident_id == resident.pk and one.takes_part), None)
    if me is None:
        raise Http404
    others: list[Participant] = [one for one in everybody if one.resident_id != resident.pk]
    apart = any(one.apart for one in everybody if one.resident_id != resident.pk)
    # One conversation object for all, so that nobody reads a stale number.
    for one in others:
        one.conversation = me.conversation
    return Talk(me.conversation, me, others, apart=apart)


def messages_before(talk: Talk, before: int | None) -> tuple[list[Message], bool]:
    """Return the page of messages that ends before this number (or at the end), and whether there are older ones."""
    rows = Message.objects.filter(conversation=talk.conversation, seq__gt=talk.me.joined_seq)
    if before is not None:
        rows = rows.filter(seq__lt=before)
    found = list(rows.order_by("-seq")[: PAGE + 1])
    return found[PAGE - 1 :: -1] if len(found) > PAGE else found[::-1], len(found) > PAGE


def messages_after(talk: Talk, after: int) -> list[Message]:
    """Return this message and those after it, oldest first, at most 200 new ones: the page asks again for more."""
    rows = Message.objects.filter(conversation=talk.conversation, seq__gt=talk.me.joined_seq, seq__gte=after)
    return list(rows.order_by("seq")[: MOST_AT_ONCE + 1])


def messages_named(talk: Talk, seqs: Iterable[int]) -> list[Message]:
    """Return these messages of the conversation, as far as this person may see them."""
    rows = Message.objects.filter(conversation=talk.conversation, seq__gt=talk.me.joined_seq, seq__in=list(seqs))
    return list(rows.order_by("seq"))


def agreement_of(conversation: Conversation, engagement_id: int | None = None) -> Agreement:
    """Return the latest place of this helper on this post with its live moments and thanks, in one query.

    Of a circle: the place that is named.
    """
    places = Engagement.objects.filter(slot__post_id=conversation.post_id)
    if conversation.helper_id is not None:
        places = places.filter(helper_id=conversation.helper_id)
    elif conversation.kind == Conversation.Kind.CIRCLE and engagement_id is not None:
        places = places.filter(pk=engagement_id)
    else:
        return Agreement(None, None, None)
    was_agreed = Q(appointments__state=Appointment.State.CANCELLED, appointments__agreed_at__isnull=False)
    shown = Q(appointments__state__in=LIVE_APPOINTMENTS) | was_agreed
    rows = (
        places.annotate(moment=FilteredRelation("appointments", condition=shown))
        .select_related("slot", "thanks", "moment")  # type: ignore[misc] # the stubs know no filtered relations
        .order_by("-pk", "moment__sequence")[:8]  # one place has one proposed, one agreed or a cancelled moment
    )
    latest: Engagement | None = None
    moments: dict[str, Appointment] = {}
    for row in rows:
        latest = latest or row
        moment: Appointment | None = getattr(row, "moment", None)  # not set when there is none
        if row.pk == latest.pk and moment is not None:
            moments[moment.state] = moment
    state = Appointment.State
    off = moments.get(state.CANCELLED)
    return Agreement(
        latest,
        moments.get(state.PROPOSED),
        moments.get(state.AGREED),
        off if off is not None and off.starts_at is not None and state.AGREED not in moments else None,
    )


def may_see_place(talk: Talk, engagement: Engagement | None) -> bool:
    """Say whether what was agreed for this place concerns this person: theirs, or everybody's for who asks."""
    if engagement is None or not talk.me.is_party:
        return False
    if talk.me.role != Participant.Role.HELPER:
        return engagement.helper_id in {one.resident_id for one in talk.others}
    return engagement.helper_id == talk.me.resident_id


def other_side(talk: Talk, engagement: Engagement | None) -> Resident:
    """Return whom this person meets for a place: its helper, or who asks when the helper is the one who reads."""
    helper = engagement.helper_id if engagement is not None else None
    return next((one.resident for one in talk.others if one.resident_id == helper), talk.other.resident)


def conversation_about(engagement: Engagement) -> Conversation | None:
    """Return the conversation in which this place is talked about: of the two, or the circle's."""
    helper = engagement.helper_id
    circle = Q(kind=Conversation.Kind.CIRCLE, participants__resident=helper)
    theirs = Conversation.objects.filter(Q(helper=helper) | circle, post=engagement.slot.post_id).distinct()
    return theirs.order_by("ended_at", "pk").first()


def talks_of(resident: Resident) -> QuerySet[Participant]:
    """Return the resident's part in every conversation they did not leave: unread first, then by the last message."""
    return (
        Participant.objects.filter(resident=resident, left_at=None)
        .select_related("conversation__post", "resident__talk_manners")
        .annotate(is_unread=Q(conversation__last_seq__gt=F("read_seq")))
        .order_by("-is_unread", F("conversation__last_message_at").desc(nulls_last=True), "-conversation_id")
    )


def others_in(resident: Resident, parts: Iterable[Participant]) -> dict[int, list[Participant]]:
    """Return the other people of these conversations, by conversation."""
    found: dict[int, list[Participant]] = {}
    ids = [part.conversation_id for part in parts]
    rows = Participant.objects.filter(conversation__in=ids).exclude(resident=resident)
    rows = rows.select_related("resident__talk_manners")
    for row in rows.order_by("pk"):
        found.setdefault(row.conversation_id, []).append(row)
    return found


def count_unread(resident: Resident) -> int:
    """Return how many messages wait for this resident; not those of conversations they set to silent. One query."""
    waiting = Participant.objects.filter(
        resident=resident, left_at=None, muted=False, conversation__last_seq__gt=F("read_seq")
    )
    total = waiting.aggregate(total=Sum(F("conversation__last_seq") - F("read_seq")))["total"]
    return int(total or 0)
