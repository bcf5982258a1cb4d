"""A last look at whom the engine chose: their settings read anew under a lock, the one rule, row by row."""

from dataclasses import dataclass
from datetime import datetime

from buurt.residents.models import HelpPreferences
from buurt.residents.week import ALL_TIMES, bit_at
from matching.choice import Choice
from matching.columns import ASKED_WINDOW
from matching.engine import Term
from matching.fit import AskView, HelperView, misfit
from matching.models import Invitation
from matching.offers import offering
from matching.plane import Plane
from matching.views_of import ask_view, free_slots, helper_view
from posts.models import Post, Slot


@dataclass(frozen=True)
class Chosen:
    """One helper of a wave, looked at again, with the slot and the asks that travel along."""

    term: Term
    helper: HelperView
    slot: Slot
    extras: list[tuple[Post, Slot, float]]


def look_at_again(choice: Choice, *, now: datetime) -> list[Chosen]:
    """Return those of the plan who still fit, their settings locked and read anew (the one rule, row by row).

    The lock also makes workers who chose the same helper for two asks count that helper's month one after the other.
    """
    terms = {term.helper_id: term for term in choice.plan.chosen}
    locked = HelpPreferences.objects.select_for_update(of=("self",)).filter(resident__in=terms).order_by("resident_id")
    found = locked.select_related("resident").prefetch_related("kinds")
    fresh = {one.resident_id: one for one in found}
    made = [offer.pk for author, offer in choice.offers.items() if author in terms and author not in fresh]
    offers = Post.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=made, state=Post.State.OPEN)
    open_offers = {offer.author_id: offer for offer in offers.order_by("pk").select_related("author")} if made else {}
    sent = Invitation.objects.filter(helper__in=terms)
    recent = sent.filter(invited_at__gt=now - ASKED_WINDOW, wave__isnull=False, carried_by__isnull=True)
    asked: dict[int, int] = {}
    for helper_id in recent.values_list("helper_id", flat=True):
        asked[helper_id] = asked.get(helper_id, 0) + 1
    extra_ids = {extra.ask_id for term in terms.values() for extra in term.extras}
    before = set(sent.filter(post__in={choice.view.post_id, *extra_ids}).values_list("helper_id", "post_id"))
    others = {
        post.pk: post
        for post in Post.objects.filter(pk__in=extra_ids, state=Post.State.OPEN, hidden_at__isnull=True)
        .exclude(visibility=Post.Visibility.QUIET)
        .prefetch_related("slots")
    }
    plane, kept = choice.plane, []
    for helper_id, term in terms.items():
        preferences, offer = fresh.get(helper_id), open_offers.get(helper_id)
        if (helper_id, choice.view.post_id) in before:
            continue
        if preferences is not None:
            kinds = frozenset(kind.category for kind in preferences.kinds.all())
            view = helper_view(preferences, kinds=kinds, now=now, asked_lately=asked.get(helper_id, 0))
        elif offer is not None:
            view = offering(offer, now=now, asked_lately=asked.get(helper_id, 0))
        else:
            continue
        if misfit(choice.view, view, km=plane.km(view.cell, choice.view.cell)) is None:
            extras = _extras(term, view, others, before, plane, now=now)
            kept.append(Chosen(term, view, _slot_for(choice.view, choice.slots, view), extras))
    return kept


def _extras(
    term: Term,
    helper: HelperView,
    others: dict[int, Post],
    before: set[tuple[int, int]],
    plane: Plane,
    *,
    now: datetime,
) -> list[tuple[Post, Slot, float]]:
    """Return the other asks that travel to this helper, by the same rule; never quiet ones."""
    found = []
    for extra in term.extras:
        post = others.get(extra.ask_id)
        if post is None or (helper.resident_id, post.pk) in before:
            continue
        slots = free_slots(post, now=now)
        view = ask_view(post, slots, borders=False)
        if slots and misfit(view, helper, km=plane.km(helper.cell, view.cell)) is None:
            found.append((post, _slot_for(view, slots, helper), extra.chance))
    return found


def _slot_for(view: AskView, slots: list[Slot], helper: HelperView) -> Slot:
    """Return the earliest free slot in the helper's week; of a single moment there is only that one."""
    if helper.times in {0, ALL_TIMES} or not view.moments:
        return slots[0]
    fits = (slot for slot in slots if slot.starts_at is None or helper.times & bit_at(slot.starts_at))
    return next(fits, slots[0])
