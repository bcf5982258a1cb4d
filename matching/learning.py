"""Every night: the tables of each community and every helper's own factor, from the log of alerts and answers.

Nothing is learned about who asks. A yes after which somebody did not come counts as no yes, so that one account that
agrees to everything and never comes is asked less, not more.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from django.db import transaction
from django.utils import timezone

from buurt.communities.models import Community
from buurt.ledger.models import Entry
from buurt.residents.models import Resident
from matching.asks import Asked, engine_ask
from matching.choice import rules_of
from matching.columns import HelperRows, load_people
from matching.engine import PRIORS, AlertLog, Learned, Model, People, calibration, fitting_people, own_factors, refit
from matching.engine.price import prices, worth_after, worth_now
from matching.learned import to_json
from matching.models import HelperFactor, Invitation, LearnedTables, Search
from matching.pace import waking_hours
from matching.plane import days
from matching.views_of import ask_view
from posts.models import Engagement, Post

LOOKS_BACK = timedelta(days=365)
MOST_ROWS = 200_000
MOST_ASKS = 500
ASKS_BACK = timedelta(days=28)
# The chance of not coming: so many yeses' worth of what is usual are added to what was seen.
USUAL_NO_SHOW, K_NO_SHOW = 0.03, 3.0
# Who switches off or leaves within so many days of an alert is counted as lost by it.
LOST_WITHIN = timedelta(days=7)
NIGHT = 3
BATCH = 500


def learn_all(*, now: datetime | None = None) -> int:
    """Refit every community whose tables are older than last night; returns how many. Safe to run twice."""
    now = now or timezone.now()
    local = timezone.localtime(now)
    last_night = local.replace(hour=NIGHT, minute=0, second=0, microsecond=0)
    if local < last_night:
        last_night -= timedelta(days=1)
    fresh = LearnedTables.objects.filter(fitted_at__gte=last_night).values("community")
    waiting = Community.objects.exclude(pk__in=fresh).filter(post__invitations__isnull=False).distinct()
    return sum(learn(community, now=now) for community in waiting)


@transaction.atomic
def learn(community: Community, *, now: datetime) -> bool:
    """Refit one community; False when nobody was asked anything there yet."""
    rows, predicted = _rows(community, now=now)
    if not len(rows):
        return False
    at = days(now)
    first = refit(PRIORS, rows, at)
    own = own_factors(first, rows, at)
    factor = np.array([own[helper] for helper in rows.helper.tolist()])
    model = refit(PRIORS, rows, at, factor)
    tenths = [[each.predicted, each.seen, each.alerts] for each in calibration(predicted, rows)]
    LearnedTables.objects.update_or_create(
        community=community,
        defaults={"tables": to_json(model), "seen": len(rows), "calibration": tenths, "fitted_at": now},
    )
    _keep_factors(community, model, rows, now=now)
    return True


def _rows(community: Community, *, now: datetime) -> tuple[AlertLog, np.ndarray]:
    """Return the log of alerts with their outcomes, and the chances they were sent with; three queries."""
    found = (
        Invitation.objects.filter(
            post__community=community, wave__isnull=False, chance__isnull=False, invited_at__gt=now - LOOKS_BACK
        )
        .order_by("-invited_at")
        .values_list(
            "helper_id", "post_id", "reasons", "state", "answer", "chance", "carried_by", "invited_at", "answered_at"
        )[:MOST_ROWS]
    )
    no_shows = set(
        Engagement.objects.filter(slot__post__community=community, state=Engagement.State.NO_SHOW).values_list(
            "helper_id", "slot__post_id"
        )
    )
    lost = _lost(community, now=now)
    columns: dict[str, list[float]] = defaultdict(list)
    predicted = []
    for helper, post, reasons, state, answer, chance, carried_by, invited_at, answered_at in found:
        cells = reasons.get("cells")
        if not cells:
            continue
        answered = state in {Invitation.State.ANSWERED, Invitation.State.RESERVE} or answer
        until = answered_at or now
        hours = waking_hours(invited_at, until)
        said_yes = answer == Invitation.Answer.YES and (helper, post) not in no_shows
        left = lost.get(helper)
        columns["helper"].append(helper)
        for name, cell in zip(("kind", "distance", "availability", "lead", "alerts", "rest"), cells, strict=True):
            columns[name].append(cell)
        columns["at"].append(days(invited_at))
        columns["scale"].append(0.8 if carried_by else 1.0)
        columns["exposure"].append(1.0 if answered else float(PRIORS.delay.share(np.array(hours))))
        columns["yes"].append(float(said_yes))
        columns["lost"].append(float(left is not None and timedelta(0) <= left - invited_at <= LOST_WITHIN))
        columns["delay"].append(hours if answered else float("nan"))
        predicted.append(chance)
    whole = {"helper", "kind", "distance", "availability", "lead", "alerts", "rest"}
    names = AlertLog.__dataclass_fields__
    arrays: dict[str, Any] = {
        name: np.array(columns[name], dtype=np.int64 if name in whole else np.float64) for name in names
    }
    return AlertLog(**arrays), np.array(predicted)


def _lost(community: Community, *, now: datetime) -> dict[int, datetime]:
    """Return who switched "vraag mij maar" off or left, and when; from the audit trail."""
    off = Entry.objects.filter(verb="help_preferences_set", facts__active=False, at__gt=now - LOOKS_BACK)
    gone = Entry.objects.filter(verb="resident_erased", at__gt=now - LOOKS_BACK)
    found = dict(off.order_by("at").values_list("actor_id", "at")) | dict(gone.values_list("actor_id", "at"))
    return {actor: at for actor, at in found.items() if actor is not None}


def _keep_factors(community: Community, model: Model, rows: AlertLog, *, now: datetime) -> None:
    """Write each helper's own factor, chance of not coming and worth; what they reset does not count any more."""
    since = dict(HelperFactor.objects.filter(helper__community=community).values_list("helper_id", "counts_from"))
    starts = np.array([days(begun) if (begun := since.get(helper)) else -np.inf for helper in rows.helper.tolist()])
    counted = rows.take(np.flatnonzero(rows.at >= starts))
    own = own_factors(model, counted, days(now)) if len(counted) else {}
    people = load_people(community_id=community.pk, origin=_anchor(community), now=now)
    worth = _worth(community, people, model, now=now)
    no_show = _no_shows(own, since)
    here = set(Resident.objects.filter(pk__in={*own, *worth}, erased_at__isnull=True).values_list("pk", flat=True))
    HelperFactor.objects.bulk_create(
        [
            HelperFactor(
                helper_id=helper,
                factor=own.get(helper, 1.0),
                no_show=no_show.get(helper, USUAL_NO_SHOW),
                worth=worth.get(helper, 0.0),
                fitted_at=now,
            )
            for helper in sorted(here)
        ],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["helper"],
        update_fields=["factor", "no_show", "worth", "fitted_at"],
    )


def _no_shows(helpers: Iterable[int], since: dict[int, datetime | None]) -> dict[int, float]:
    """Return the chance of not coming after a yes, drawn to what is usual while there is little to go by."""
    ended = [Engagement.State.DONE, Engagement.State.NO_SHOW, Engagement.State.NOT_DONE]
    missed: dict[int, int] = defaultdict(int)
    total: dict[int, int] = defaultdict(int)
    rows = Engagement.objects.filter(helper__in=list(helpers), state__in=ended)
    for helper, state, reserved_at in rows.values_list("helper_id", "state", "reserved_at"):
        begun = since.get(helper)
        if begun is None or reserved_at >= begun:
            total[helper] += 1
            missed[helper] += state == Engagement.State.NO_SHOW
    return {one: (missed[one] + USUAL_NO_SHOW * K_NO_SHOW) / (total[one] + K_NO_SHOW) for one in total}


def _anchor(community: Community) -> int:
    cell = Post.objects.filter(community=community).order_by("-pk").values_list("cell", flat=True).first()
    return int(cell or 0)


def _worth(community: Community, people: HelperRows, model: Model, *, now: datetime) -> dict[int, float]:
    """Return rho of each helper: the asks of the last 28 days played again over the helpers of today (price.py)."""
    if not len(people.columns):
        return {}
    settings, chances = rules_of(community.pk), Learned(model)
    columns = replace(
        people.columns,
        budget=np.ones(len(people.columns), dtype=np.int64),
        recent=np.zeros(len(people.columns)),
        worth=np.zeros(len(people.columns)),
        worth_at=np.full(len(people.columns), days(now - ASKS_BACK)),
    )
    searches = Search.objects.filter(post__community=community, started_at__gt=now - ASKS_BACK).order_by("-started_at")
    for search in reversed(searches.select_related("post").prefetch_related("post__slots")[:MOST_ASKS]):
        post, at = search.post, days(search.started_at)
        view = ask_view(post, post.slots.all(), borders=False)
        ask = engine_ask(
            post, view, plane=people.plane, places=1, asked=Asked(), apart=set(), model=model, now=search.started_at
        )
        some = fitting_people(ask, columns, now=at, half_days=settings.recovery_half_days)
        if not len(some):
            continue
        chance = chances.fresh(ask, some)
        price = prices(some, chance, model, settings)
        columns.worth[some.rows] = worth_after(some, settings, chance, price, search.unmet)
        columns.worth_at[some.rows] = at
    size = len(columns)
    everybody = People(np.arange(size), columns, np.zeros(size), np.zeros(size), days(now))
    values = worth_now(everybody, settings)
    return dict(zip(columns.id.tolist(), values.tolist(), strict=True))


@transaction.atomic
def begin_anew(*, by: Resident, now: datetime | None = None) -> None:
    """Set a helper's own factor back to a newcomer's; what came before is never counted again."""
    now = now or timezone.now()
    fresh = {"factor": 1.0, "no_show": USUAL_NO_SHOW, "counts_from": now, "fitted_at": now}
    HelperFactor.objects.update_or_create(helper=by, defaults=fresh)
