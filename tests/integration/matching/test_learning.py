"""The nightly refit: from answers to tables and own factors; a cold start, a poisoned history, a helper's own reset."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from buurt.communities.models import Community
from buurt.residents.models import Resident
from buurt.residents.services import erase_resident
from matching.engine import PRIORS
from matching.learned import from_json, model_of, to_json
from matching.learning import begin_anew, learn, learn_all
from matching.models import HelperFactor, Invitation, LearnedTables, Search
from matching.services import start_search, sweep_waves
from posts.models import Engagement
from tests.factories.matching import make_invitation, make_search, make_wave
from tests.factories.posts import make_engagement, make_post
from tests.factories.residents import make_helper, make_resident

pytestmark = pytest.mark.django_db
CELLS = [2, 2, 0, 2, 0, 4]


def _history(helper: Resident, asker: Resident, *, yes: int, no: int, came: bool = True) -> None:
    """Let a helper have been asked by a wave, so often with a yes and so often with a no, and have come or not."""
    for number in range(yes + no):
        at = timezone.now() - timedelta(days=2 + number)
        post = make_post(author=asker, published_at=at)
        answer = "yes" if number < yes else "no"
        wave = make_wave(search=make_search(post=post, state=Search.State.STOPPED, started_at=at), asked=1)
        one = make_invitation(post=post, helper=helper, wave=wave, state="answered", answer=answer, invited_at=at)
        Invitation.objects.filter(pk=one.pk).update(
            chance=0.1, price=0.01, reasons={"cells": CELLS}, answered_at=at + timedelta(hours=1)
        )
        if answer == "yes":
            state = Engagement.State.DONE if came else Engagement.State.NO_SHOW
            make_engagement(helper=helper, post=post, state=state, reserved_at=at)


def test_cold_start_has_the_shipped_tables_and_nobody_a_factor(zaanstad: Community) -> None:
    assert model_of(zaanstad.pk) is PRIORS
    assert learn(zaanstad, now=timezone.now()) is False
    assert not LearnedTables.objects.exists()


def test_tables_survive_being_kept_and_an_older_shape_gives_the_shipped_ones() -> None:
    again = from_json(to_json(PRIORS))

    assert again.base == PRIORS.base
    assert (again.distance == PRIORS.distance).all()
    assert from_json({"base": 0.1}) is PRIORS


def test_answers_move_tables_and_factors(zaanstad: Community, anna: Resident) -> None:
    willing, unwilling = (make_helper(community=zaanstad) for _ in range(2))
    _history(willing, anna, yes=6, no=1)
    _history(unwilling, anna, yes=0, no=7)

    assert learn(zaanstad, now=timezone.now())

    factor = dict(HelperFactor.objects.values_list("helper_id", "factor"))
    assert factor[willing.pk] > 1 > factor[unwilling.pk]
    assert model_of(zaanstad.pk).base > PRIORS.base
    assert LearnedTables.objects.get().seen == 14
    # Nothing is learned about who asks.
    assert not HelperFactor.objects.filter(helper=anna).exists()


def test_poisoned_history_does_not_win(zaanstad: Community, anna: Resident) -> None:
    comes, never_comes = (make_helper(community=zaanstad, distance_km=6) for _ in range(2))
    _history(comes, anna, yes=3, no=3)
    _history(never_comes, anna, yes=6, no=0, came=False)

    learn(zaanstad, now=timezone.now())

    good, bad = (HelperFactor.objects.get(helper=one) for one in (comes, never_comes))
    assert bad.factor < good.factor
    assert bad.no_show > 0.5 > good.no_show


def test_learns_once_a_night(zaanstad: Community, anna: Resident, bilal: Resident) -> None:
    _history(bilal, anna, yes=2, no=2)
    # Tomorrow at noon: far from three in the morning, when a night ends.
    now = (timezone.localtime() + timedelta(days=1)).replace(hour=12)

    assert learn_all(now=now) == 1
    assert learn_all(now=now + timedelta(minutes=1)) == 0
    assert learn_all(now=now + timedelta(days=1)) == 1


def test_helper_begins_anew_and_it_stays_so(zaanstad: Community, anna: Resident, bilal: Resident) -> None:
    _history(bilal, anna, yes=0, no=8)
    learn(zaanstad, now=timezone.now())
    assert HelperFactor.objects.get(helper=bilal).factor < 0.8

    begin_anew(by=bilal)
    learn(zaanstad, now=timezone.now())

    assert HelperFactor.objects.get(helper=bilal).factor == 1.0


def test_factor_goes_with_the_account(zaanstad: Community, anna: Resident, bilal: Resident) -> None:
    _history(bilal, anna, yes=1, no=1)
    learn(zaanstad, now=timezone.now())

    erase_resident(by=bilal, resident=bilal)

    assert not HelperFactor.objects.exists()
    assert learn(zaanstad, now=timezone.now()) is False


def test_waves_leave_a_log_to_learn_from(zaanstad: Community, anna: Resident, bilal: Resident) -> None:
    for author in (anna, make_resident(community=zaanstad), make_resident(community=zaanstad)):
        start_search(post=make_post(author=author))
    sweep_waves()

    assert Invitation.objects.filter(helper=bilal).count() == 3
    for invitation in Invitation.objects.all():
        assert invitation.chance
        assert len(invitation.reasons["cells"]) == 6
    assert learn(zaanstad, now=timezone.now())
    # Worth: who could have served the asks of these weeks is worth something to the neighbourhood.
    assert HelperFactor.objects.get(helper=bilal).worth > 0


def test_report_prints_predicted_against_seen(zaanstad: Community, anna: Resident, bilal: Resident) -> None:
    out = StringIO()
    call_command("matching_report", stdout=out)
    assert "Nog niets geleerd" in out.getvalue()

    _history(bilal, anna, yes=2, no=4)
    learn(zaanstad, now=timezone.now())
    out = StringIO()
    call_command("matching_report", "--refit", stdout=out)
    assert "Zaanstad: 6 keer gevraagd" in out.getvalue()
    assert "voorspeld" in out.getvalue()
