"""The order a helper may choose for the asks that fit them: where their look helps most (docs/matching.md, 2)."""

from datetime import datetime

import numpy as np

from buurt.communities.places import km_between
from buurt.residents.models import HelpPreferences
from matching.asks import lead_of, one_moment, waking_left_of
from matching.columns import KIND_BITS
from matching.engine import Learned
from matching.learned import model_of
from matching.models import Search
from matching.views_of import free_slots, moments_of
from posts.models import Post


def helps_most_first(posts: list[Post], preferences: HelpPreferences, *, now: datetime) -> list[Post]:
    """Return these fitting asks by unmet x chance; equals keep their order. Two queries when slots are prefetched.

    Unmet: how likely it is, as the last wave left it, that nobody else says yes (1 before the first wave). Chance: that
    this helper does, of all asks but for what is the same for each of them: their own factor, alerts and rest.
    """
    resident = preferences.resident
    if not posts or resident.cell is None or resident.community_id is None:
        return posts
    unmet = dict(Search.objects.filter(post__in=posts).values_list("post_id", "unmet"))
    chance = Learned(model_of(resident.community_id)).between(
        kind=np.array([KIND_BITS[post.category] for post in posts]),
        lead=np.array([lead_of(post, waking_left_of(post, now=now)) for post in posts]),
        km=np.array([km_between(resident.cell, post.cell) for post in posts]),
        time=np.array([one_moment(moments_of(post, free_slots(post, now=now))) for post in posts]),
        times=preferences.times,
    )
    worth = np.array([unmet.get(post.pk, 1.0) for post in posts]) * chance
    return [posts[place] for place in np.argsort(-worth, kind="stable").tolist()]
