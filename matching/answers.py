"""Yes, no, not now, or first a question: what a helper says and what follows from it."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Literal

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from buurt.communities.categories import ADULTS_ONLY
from buurt.ledger.services import record
from buurt.residents.access import blocked_ids
from buurt.residents.models import Resident
from chat.models import Conversation
from chat.services import add_system_line, open_conversation
from matching import events
from matching.errors import CannotAnswerError, NotYoursError
from matching.models import Invitation
from matching.search import first_free_slot, hold, look_on, stop_search
from matching.views_of import is_wanted
from posts.access import may_meet_across
from posts.errors import PostError
from posts.models import Engagement, Post
from posts.services import reserve_place

Outcome = Literal["reserved", "full", "reserve", "noted", "question", "ended"]
LIVE_PLACES = (Engagement.State.RESERVED, Engagement.State.AGREED)


@dataclass(frozen=True)
class Result:
    """What came of an answer, and the conversation when one was opened."""

    outcome: Outcome
    conversation: Conversation | None = None


@transaction.atomic
def answer_invitation(*, by: Resident, invitation: Invitation, answer: str, now: datetime | None = None) -> Result:
    """Take a helper's answer: yes | no | later | question | reserve. The same answer twice changes nothing.

    A yes reserves the place and opens the conversation in one transaction; when the place is gone the outcome is
    "full" and the helper may choose to be reserve. Raises NotYoursError for somebody else's invitation.
    """
    if invitation.helper_id != by.pk:
        raise NotYoursError
    now = now or timezone.now()
    hold(invitation.post_id)  # two taps, or two helpers, are answered one after the other
    invitation = Invitation.objects.select_related("post", "slot").get(pk=invitation.pk)
    post = invitation.post
    # A yes goes first: whoever already has a place is led back to the talk, ended ask or not.
    if answer == "yes":
        return _say_yes(by, invitation, now=now)
    if not is_wanted(post, now=now):
        return Result("ended")
    if answer == "reserve":
        _set(invitation, state=Invitation.State.RESERVE, answer=Invitation.Answer.YES, now=now)
        return Result("reserve")
    if answer == "question":
        return _ask_first(by, invitation, now=now)
    if answer in {Invitation.Answer.NO, Invitation.Answer.LATER}:
        return _say_no(invitation, answer, now=now)
    raise ValueError(answer)


def _set(invitation: Invitation, *, state: str, answer: str, now: datetime) -> None:
    """Store the answer and tell whoever listens, after commit."""
    if invitation.state == state and invitation.answer == answer:
        return
    Invitation.objects.filter(pk=invitation.pk).update(state=state, answer=answer, answered_at=now)
    record("invitation.answered", invitation, by=invitation.helper, answer=answer, post=invitation.post_id)
    transaction.on_commit(
        partial(events.invitation_answered.send_robust, sender=Invitation, invitation_id=invitation.pk)
    )


def _say_yes(by: Resident, invitation: Invitation, *, now: datetime) -> Result:
    post = invitation.post
    live = Engagement.objects.filter(slot__post=post, helper=by, state__in=LIVE_PLACES).first()
    if live is not None:
        return Result("reserved", open_conversation(post=post, helper=by, now=now))
    if not is_wanted(post, now=now) or invitation.reasons.get("declined"):
        return Result("ended")
    if by.pk in blocked_ids(post.author) or (
        post.category in ADULTS_ONLY and by.age_band != Resident.AgeBand.ADULT and post.is_ask
    ):
        raise CannotAnswerError
    try:
        engagement = _take_place(by, invitation, now=now)
    except PostError as error:  # for example restricted by a moderator since they were asked
        raise CannotAnswerError from error
    if engagement is None:
        return Result("full")
    _set(invitation, state=Invitation.State.ANSWERED, answer=Invitation.Answer.YES, now=now)
    conversation = open_conversation(post=post, helper=by, now=now)
    add_system_line(conversation=conversation, name="said_yes", now=now, who=by.pk)
    if first_free_slot(Post.objects.get(pk=post.pk)) is None:
        stop_search(post=post, because="reserved", now=now)
    _let_go_of_the_rest(invitation, now=now)
    return Result("reserved", conversation)


def _take_place(by: Resident, invitation: Invitation, *, now: datetime) -> Engagement | None:
    """Reserve the moment that was asked about, or when that one is gone any other of the same ask."""
    if invitation.slot is not None:
        engagement = reserve_place(helper=by, post=invitation.post, slot=invitation.slot, now=now)
        if engagement is not None:
            return engagement
    return reserve_place(helper=by, post=invitation.post, now=now)


def _let_go_of_the_rest(invitation: Invitation, *, now: datetime) -> None:
    """One yes per message: the other asks it carried are no longer put to this helper, and their searches go on."""
    head = invitation.carried_by_id or invitation.pk
    others = Invitation.objects.filter(Q(pk=head) | Q(carried_by=head), state=Invitation.State.OPEN, answer="")
    rest = list(others.exclude(pk=invitation.pk).values_list("pk", "post_id"))
    Invitation.objects.filter(pk__in=[pk for pk, _post in rest]).update(
        state=Invitation.State.WITHDRAWN, answered_at=now
    )
    look_on([post_id for _pk, post_id in rest], now=now)


def _ask_first(by: Resident, invitation: Invitation, *, now: datetime) -> Result:
    """Open the conversation without reserving; the invitation stays open, so a yes can still follow."""
    if by.pk in blocked_ids(invitation.post.author):
        raise CannotAnswerError
    # Who only asks something does not read along in a circle: that is for those who help.
    helps = Engagement.objects.filter(slot__post=invitation.post, helper=by, state__in=LIVE_PLACES).exists()
    conversation = open_conversation(post=invitation.post, helper=by, now=now, alone=not helps)
    if invitation.state == Invitation.State.OPEN and invitation.answer == "":
        _set(invitation, state=Invitation.State.OPEN, answer=Invitation.Answer.QUESTION, now=now)
        add_system_line(conversation=conversation, name="asks_first", now=now, who=by.pk)
    return Result("question", conversation)


def _say_no(invitation: Invitation, answer: str, *, now: datetime) -> Result:
    """Note the no; when nobody of the asked ones is still thinking, the next wave need not wait."""
    live = Engagement.objects.filter(slot__post=invitation.post, helper=invitation.helper, state__in=LIVE_PLACES)
    if live.exists():
        # Somebody who said yes gives the place back in the conversation, where the other one is told.
        return Result("reserved", open_conversation(post=invitation.post, helper=invitation.helper, now=now))
    _set(invitation, state=Invitation.State.ANSWERED, answer=answer, now=now)
    look_on([invitation.post_id], now=now)
    return Result("noted")


def note_released(*, engagement: Engagement, because: str) -> bool:
    """After a kind decline by the asker the same helper cannot take the place again; True when that was noted."""
    if because != "declined":
        return False
    invitation = Invitation.objects.filter(post=engagement.slot.post_id, helper=engagement.helper_id).first()
    if invitation is None:
        return False
    reasons = {**invitation.reasons, "declined": True}
    return bool(Invitation.objects.filter(pk=invitation.pk).update(state=Invitation.State.WITHDRAWN, reasons=reasons))


def answer_post(*, by: Resident, post: Post, answer: str, now: datetime | None = None) -> Result:
    """Answer a post from the board: an invitation without a wave, then the same road.

    Raises CannotAnswerError for one's own post, a blocked pair, or a kind of help that asks for an adult.
    """
    now = now or timezone.now()
    if post.author_id == by.pk or by.pk in blocked_ids(post.author):
        raise CannotAnswerError
    if post.community_id != by.community_id and not may_meet_across(by, post):
        raise CannotAnswerError
    with transaction.atomic():
        invitation, _made = Invitation.objects.get_or_create(
            post=post,
            helper=by,
            defaults={"public_id": uuid.uuid4(), "invited_at": now, "reasons": {"board": True}, "seen_at": now},
        )
        return answer_invitation(by=by, invitation=invitation, answer=answer, now=now)
