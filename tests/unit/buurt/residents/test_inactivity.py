"""Who does not come any more is told in month eleven and erased in month twelve, and not a day earlier."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from buurt.ledger.services import run_due
from buurt.residents.models import Resident
from buurt.residents.services import erase_resident, note_seen, sweep_retention, warn_inactive
from tests.conftest import ClientFor
from tests.factories.residents import make_role

pytestmark = pytest.mark.django_db
LAST = datetime(2026, 1, 10, 12, tzinfo=UTC)


@pytest.fixture
def away(anna: Resident) -> Resident:
    """Return Anna, who was last here on the tenth of January."""
    Resident.objects.filter(pk=anna.pk).update(seen_on=LAST.date())
    anna.refresh_from_db()
    return anna


def _days(count: int) -> datetime:
    return LAST + timedelta(days=count)


def _words() -> list[str]:
    run_due()
    return [f"{letter.subject}\n{letter.body}" for letter in mail.outbox]


def test_told_once_in_month_eleven(away: Resident) -> None:
    assert warn_inactive(now=_days(335)) == 0
    assert warn_inactive(now=_days(336)) == 1
    assert warn_inactive(now=_days(337)) == 0

    (letter,) = _words()
    assert "Wil je je account bij Buurt houden?" in letter
    assert "voor 11 januari 2027" in letter
    assert "/account/login/" in letter


def test_erased_in_month_twelve_with_a_last_word(away: Resident) -> None:
    warn_inactive(now=_days(336))
    assert sweep_retention(now=_days(365))["account"] == 0

    assert sweep_retention(now=_days(366))["account"] == 1

    away.refresh_from_db()
    assert away.erased_at is not None
    goodbye = _words()[-1]
    assert "omdat je het een jaar niet gebruikte" in goodbye
    assert mail.outbox[-1].to == ["anna@example.org"]


def test_nobody_is_erased_who_was_not_told_a_month_before(away: Resident) -> None:
    assert sweep_retention(now=_days(500))["account"] == 0
    warn_inactive(now=_days(500))
    assert sweep_retention(now=_days(529))["account"] == 0

    assert sweep_retention(now=_days(530))["account"] == 1


def test_a_visit_undoes_it(away: Resident, client_for: ClientFor) -> None:
    warn_inactive(now=_days(336))

    client_for(away).get("/mij")

    away.refresh_from_db()
    assert away.inactive_told_on is None
    assert away.seen_on is not None
    assert away.seen_on > LAST.date()


def test_note_seen_writes_once_a_day(away: Resident, django_assert_num_queries: object) -> None:
    note_seen(away, now=_days(3))
    with django_assert_num_queries(0):  # type: ignore[operator]
        note_seen(away, now=_days(3))

    assert Resident.objects.get(pk=away.pk).seen_on == _days(3).date()


def test_staff_stay_until_the_manager_ends_their_role(away: Resident) -> None:
    make_role(resident=away, name="broker")

    assert warn_inactive(now=_days(400)) == 0


def test_leaving_by_oneself_is_confirmed_by_mail(anna: Resident) -> None:
    assert erase_resident(by=anna, resident=anna)

    (letter,) = _words()
    assert "Je account bij Buurt is verwijderd" in letter
    assert "zoals je vroeg" in letter
    assert mail.outbox[0].to == ["anna@example.org"]
    assert erase_resident(by=anna, resident=anna) is False
    assert len(_words()) == 1
