"""What changes while a search runs: the ask is edited, a helper changes their wishes, two people part."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from buurt.communities.places import km_between
from buurt.ledger.services import record
from buurt.residents.models import HelpPreferences, Resident
from matching.fit import misfit
from matching.models import Invitation, Search, Wave
from matching.pace import next_waking
from matching.search import first_free_slot, hold, look_on, resume_search, stop_search, withdraw
from matching.views_of import ask_view, free_slots, helper_view, rests
from matching.waves import signature
from posts.models import Post

# Asks that found nobody so far, looked at when a helper comes forward; the longest waiting first.
MOST_ASKS = 50
# What stands between a helper and an ask because the ask changed, not because of the helper's month or rest.
OF_THE_ASK = frozenset({"kind", "age", "area", "distance", "time", "language", "limit", "border"})


@transaction.atomic
def ask_changed(*, post: Post, now: datetime | None = None) -> bool:
    """After an edit: call off who does not fit any more, and look anew when it is another ask now. False if it is not.

    A better sentence or a corrected word asks nobody a second time and hurries nothing.
    """
    now = now or timezone.now()
    resumed = resume_search(post=post, now=now)
    if post.state != Post.State.OPEN or post.is_hidden or not post.is_ask:
        return resumed
    hold(post.pk)
    if first_free_slot(post) is None:
        # Fewer people are needed now, and they are there: nobody says yes in vain.
        return stop_search(post=post, because="reserved", now=now)
    view = ask_view(post, free_slots(post, now=now))
    last = Wave.objects.filter(search__post=post).order_by("-number").values_list("log", flat=True).first()
    if not last or last.get("ask") == signature(view):
        return resumed
    gone = []
    invitations = Invitation.objects.filter(post=post, state=Invitation.State.OPEN, answer="")
    people = {one.helper_id: one.pk for one in invitations}
    wishes = HelpPreferences.objects.filter(resident__in=people).select_related("resident").prefetch_related("kinds")
    for preferences in wishes:
        helper = helper_view(preferences, kinds=frozenset(k.category for k in preferences.kinds.all()), now=now)
        if misfit(view, helper, km=km_between(helper.cell, view.cell)) in OF_THE_ASK:
            gone.append(people[preferences.resident_id])
    withdraw(gone, now=now)
    moved = Search.objects.filter(post=post, state=Search.State.RUNNING).update(
        widened=0, next_wave_at=next_waking(now), stopped_because=""
    )
    record("search.changed", post, by=None, called_off=len(gone))
    return bool(moved)


def helper_came_forward(*, resident: Resident, now: datetime | None = None) -> int:
    """Let asks that found nobody look again when somebody who fits switches "vraag mij maar" on; returns how many."""
    now = now or timezone.now()
    preferences = HelpPreferences.objects.filter(resident=resident).select_related("resident").first()
    if preferences is None or rests(preferences, now=now):
        helper_rests(resident=resident, now=now)
        return 0
    kinds = frozenset(preferences.kinds.values_list("category", flat=True))
    helper = helper_view(preferences, kinds=kinds, now=now)
    waiting = Post.objects.filter(
        search__state__in=[Search.State.EXHAUSTED, Search.State.BROKER],
        state=Post.State.OPEN,
        hidden_at__isnull=True,
        community=resident.community_id,
        category__in=kinds,
    ).exclude(invitations__helper=resident)
    count = 0
    for post in waiting.prefetch_related("slots").order_by("published_at")[:MOST_ASKS]:
        view = ask_view(post, free_slots(post, now=now), borders=False)
        if misfit(view, helper, km=km_between(helper.cell, view.cell)) is None:
            count += resume_search(post=post, now=now)
    return count


@transaction.atomic
def helper_rests(*, resident: Resident, now: datetime) -> int:
    """Call off, without a letter, what a wave asked somebody who pauses or switched off; the searches go on at once.

    Their page still takes a yes. Returns how many were called off.
    """
    rows = Invitation.objects.filter(helper=resident, state=Invitation.State.OPEN, answer="", wave__isnull=False)
    posts = list(rows.values_list("post_id", flat=True))
    count = rows.update(state=Invitation.State.WITHDRAWN, answered_at=now)
    look_on(posts, now=now)
    return count


@transaction.atomic
def people_parted(*, one_id: int, other_id: int, now: datetime | None = None) -> int:
    """After a block, either way: what the two were asked about each other is called off; returns how many."""
    now = now or timezone.now()
    pair = Q(helper=one_id, post__author=other_id) | Q(helper=other_id, post__author=one_id)
    open_or_reserve = [Invitation.State.OPEN, Invitation.State.RESERVE]
    rows = Invitation.objects.filter(pair, state__in=open_or_reserve)
    posts = list(rows.values_list("post_id", flat=True))
    # Silently: who was blocked is not told.
    count = rows.update(state=Invitation.State.WITHDRAWN, answered_at=now)
    look_on(posts, now=now)
    return count
