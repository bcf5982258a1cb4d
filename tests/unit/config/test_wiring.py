"""The one table of events and listeners: every letter it names exists, every listener only writes a row."""

import pytest
from django.dispatch import Signal

from buurt.ledger.models import Job
from buurt.residents.letters import letter_kind, letter_kinds
from config.wiring import LETTERS, WORK
from notifications.models import Delivery


@pytest.mark.parametrize("kind", [kind for _, kind, _ in LETTERS])
def test_letter_is_registered(kind: str) -> None:
    assert letter_kind(kind) is not None


def test_every_registered_letter_is_sent_by_some_event() -> None:
    assert set(letter_kinds()) == {kind for _, kind, _ in LETTERS}


@pytest.mark.django_db
@pytest.mark.parametrize(("signal", "name"), [(signal, name) for signal, _, name in WORK])
def test_event_becomes_a_job(signal: Signal, name: str) -> None:
    ids = {"post_id": 1, "engagement_id": 1, "because": "clock"} | dict.fromkeys(name.split(), 1)

    signal.send(sender=object, **ids)

    assert Job.objects.count() >= 1
    assert Delivery.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(("signal", "kind", "names"), LETTERS)
def test_event_becomes_a_letter(signal: Signal, kind: str, names: dict[str, str]) -> None:
    ids: dict[str, object] = {"post_id": 1, "engagement_id": 1}
    ids |= dict.fromkeys(names.values(), 7)

    signal.send(sender=object, **ids)

    jobs = [job.args for job in Job.objects.filter(task="notifications.write_deliveries")]
    assert [kind, {fact: ids[name] for fact, name in names.items()}] in jobs
