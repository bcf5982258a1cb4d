"""Searches, waves and invitations. Rows only: nothing is sent."""

from datetime import datetime
from uuid import uuid4

from django.utils import timezone

from buurt.communities.models import Community
from buurt.residents.models import Resident
from matching.models import HelperFactor, Invitation, MatchingRules, Search, Wave
from posts.models import Post


def make_search(
    *,
    post: Post,
    state: str = Search.State.RUNNING,
    next_wave_at: datetime | None = None,
    started_at: datetime | None = None,
) -> Search:
    """Make the running search for an ask."""
    return Search.objects.create(
        post=post, state=state, next_wave_at=next_wave_at, started_at=started_at or timezone.now()
    )


def make_wave(*, search: Search, sent_at: datetime | None = None, asked: int = 3) -> Wave:
    """Add the next wave to a search."""
    search.waves_sent += 1
    search.save(update_fields=["waves_sent"])
    return Wave.objects.create(search=search, number=search.waves_sent, sent_at=sent_at or timezone.now(), asked=asked)


def make_invitation(
    *,
    post: Post,
    helper: Resident,
    wave: Wave | None = None,
    state: str = Invitation.State.OPEN,
    answer: str = Invitation.Answer.NONE,
    invited_at: datetime | None = None,
) -> Invitation:
    """Ask a helper for the post's first slot."""
    since = invited_at or timezone.now()
    return Invitation.objects.create(
        post=post,
        slot=post.slots.first(),
        helper=helper,
        wave=wave,
        public_id=uuid4(),
        reasons={"category": post.category, "km": 3},
        state=state,
        answer=answer,
        invited_at=since,
        answered_at=since if answer else None,
    )


def make_factor(*, helper: Resident, factor: float = 1.0) -> HelperFactor:
    """Give a helper an own factor, as a night would."""
    return HelperFactor.objects.create(helper=helper, factor=factor, fitted_at=timezone.now())


def make_rules(
    *, community: Community, program: str = "three", pooling: bool = False, hold: bool = False
) -> MatchingRules:
    """Let a community ask by threes, one ask per message: easy to count."""
    return MatchingRules.objects.create(community=community, program=program, pooling=pooling, hold=hold)
