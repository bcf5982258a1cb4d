"""Rules of residents that pages do not reach, and the events they send."""

from datetime import date, time
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import IntegrityError, transaction
from django.dispatch import Signal
from django.test import Client

from buurt.communities.access import NoCommunityError, UnknownPostcodeError
from buurt.communities.models import Community, Postcode
from buurt.ledger.models import Entry
from buurt.ledger.services import run_due
from buurt.residents import events, services
from buurt.residents.errors import NotAllowedError, OneselfError, OutOfRangeError
from buurt.residents.models import Block, HelpPreferences, Resident
from buurt.residents.services import Wishes
from buurt.residents.words import looks_like_contact, one_line
from tests.conftest import AfterCommit


class Listener:
    """Collects what an event said while it listens."""

    def __init__(self, signal: Signal) -> None:
        self.signal, self.heard = signal, list[dict[str, Any]]()

    def __enter__(self) -> list[dict[str, Any]]:
        self.signal.connect(self._hear)
        return self.heard

    def __exit__(self, *args: object) -> None:
        self.signal.disconnect(self._hear)

    def _hear(self, signal: Signal, sender: object, **facts: Any) -> None:
        self.heard.append(facts)


def test_find_or_make_account_is_one_account_in_any_case(zaanstad: Community) -> None:
    one = services.find_or_make_account("Emma@Example.org ")
    other = services.find_or_make_account("emma@example.org")

    assert one == other
    assert EmailAddress.objects.filter(user=one, email="emma@example.org").count() == 1
    assert not one.has_usable_password()


def test_find_or_make_account_prefers_who_confirmed_the_address(anna: Resident) -> None:
    EmailAddress.objects.create(user=anna, email="ook-anna@example.org", verified=True)

    assert services.find_or_make_account("ook-anna@example.org") == anna


def test_forget_blank_account_leaves_real_ones(anna: Resident) -> None:
    services.find_or_make_account("leeg@example.org")

    assert services.forget_blank_account("leeg@example.org")
    assert not services.forget_blank_account(anna.email)
    assert list(Resident.objects.all()) == [anna]


def test_send_login_code_mails_and_leads_to_the_filled_in_page(anna: Resident, client: Client) -> None:
    from django.contrib.auth.models import AnonymousUser

    client.get("/account/login/")
    request = client.get("/account/login/").wsgi_request
    assert isinstance(request.user, AnonymousUser)
    from allauth.core.context import request_context

    with request_context(request):
        response = services.send_login_code(request, anna, next_url="/gesprekken/1")

    assert response["Location"] == "/account/login/code/confirm/?next=%2Fgesprekken%2F1"
    run_due()
    assert mail.outbox[0].to == [anna.email]
    assert request.session["account_login"]["email"] == anna.email


def test_complete_start_tells_once_that_somebody_is_ready(zaanstad: Community, after_commit: AfterCommit) -> None:
    emma = Resident.objects.create_user("emma@example.org")
    full: dict[str, Any] = {"display_name": "Emma", "postcode": "1561", "languages": ["nl"], "age_band": "18+"}

    with Listener(events.resident_ready) as heard, after_commit():
        services.complete_start(by=emma, **full)
        assert not emma.is_ready
        services.complete_start(by=emma, accepts_rules=True)
        services.complete_start(by=emma, display_name="Anders", accepts_rules=True)

    assert [fact["resident_id"] for fact in heard] == [emma.pk]
    assert emma.display_name == "Emma"
    assert Entry.objects.filter(verb="resident_started", actor_id=emma.pk).count() == 3


def test_move_house_raises_what_is_wrong(anna: Resident) -> None:
    Postcode.objects.create(
        digits="3011", place="Rotterdam", municipality="Rotterdam", province="Zuid-Holland", kind="address", cell=1
    )

    with pytest.raises(UnknownPostcodeError):
        services.move_house(by=anna, postcode="9999")
    with pytest.raises(NoCommunityError):
        services.move_house(by=anna, postcode="3011")
    anna.refresh_from_db()
    assert anna.postcode == "1561"


def test_moving_tells_matching_of_helpers_only(anna: Resident, bilal: Resident, after_commit: AfterCommit) -> None:
    with Listener(events.help_preferences_changed) as heard, after_commit():
        services.move_house(by=anna, postcode="1506")
        services.move_house(by=bilal, postcode="1506")

    assert [fact["resident_id"] for fact in heard] == [bilal.pk]


@pytest.mark.parametrize(
    "change",
    [
        {"kinds": ["vliegen"]},
        {"kinds": []},
        {"times": 0},
        {"times": 1 << 21},
        {"distance_km": 7},
        {"asks_a_month": 0},
        {"asks_a_month": 31},
    ],
)
def test_set_preferences_refuses_what_is_not_on_offer(anna: Resident, change: dict[str, Any]) -> None:
    with pytest.raises(OutOfRangeError):
        services.set_preferences(by=anna, wishes=Wishes(**{"active": True, "kinds": ["garden"], **change}))
    assert not HelpPreferences.objects.exists()


def test_set_preferences_wants_somebody_who_is_ready(zaanstad: Community) -> None:
    emma = Resident.objects.create_user("emma@example.org")

    with pytest.raises(NotAllowedError):
        services.set_preferences(by=emma, wishes=Wishes(active=True, kinds=["garden"]))


def test_set_preferences_keeps_children_to_adults(anna: Resident) -> None:
    anna.age_band = Resident.AgeBand.YOUNG

    with pytest.raises(NotAllowedError):
        services.set_preferences(by=anna, wishes=Wishes(active=True, kinds=["childcare"]))


def test_set_preferences_and_pausing_tell_matching(anna: Resident, after_commit: AfterCommit) -> None:
    wishes = Wishes(active=True, kinds=["garden", "garden"], limits=["no_pets", "anders"], quiet_from=time(20))

    with Listener(events.help_preferences_changed) as heard, after_commit():
        assert not services.pause_asking(by=anna, until=date(2026, 12, 1))
        kept = services.set_preferences(by=anna, wishes=wishes)
        assert services.pause_asking(by=anna, until=date(2026, 12, 1))

    kept.refresh_from_db()
    assert len(heard) == 2
    assert kept.paused_until == date(2026, 12, 1)
    assert kept.limits == ["no_pets"]
    assert kept.kinds.count() == 1


def test_switched_on_at_stays_while_it_is_on(anna: Resident) -> None:
    first = services.set_preferences(by=anna, wishes=Wishes(active=True, kinds=["garden"])).switched_on_at
    again = services.set_preferences(by=anna, wishes=Wishes(active=True, kinds=["pets"])).switched_on_at

    assert first == again


def test_block_works_once_tells_and_is_lifted_by_its_maker(
    anna: Resident, bilal: Resident, after_commit: AfterCommit
) -> None:
    with Listener(events.resident_blocked) as heard, after_commit():
        services.block_resident(by=anna, other=bilal)
        services.block_resident(by=anna, other=bilal)

    assert [(fact["blocker_id"], fact["blocked_id"]) for fact in heard] == [(anna.pk, bilal.pk)]
    assert not services.unblock_resident(by=bilal, other=anna)
    assert services.unblock_resident(by=anna, other=bilal)
    assert not Block.objects.exists()


def test_block_is_never_oneself(anna: Resident) -> None:
    with pytest.raises(OneselfError):
        services.block_resident(by=anna, other=anna)
    with pytest.raises(IntegrityError), transaction.atomic():
        Block.objects.create(blocker=anna, blocked=anna)


@pytest.mark.parametrize("text", ["Anna 06 123 456 78", "mail@anna.nl", "www.anna.nl", "https://x"])
def test_contact_is_recognised(text: str) -> None:
    assert looks_like_contact(text)


@pytest.mark.parametrize("text", ["Anna", "Anna 2", "Jan-Willem van 't Hof", "فاطمة"])
def test_names_are_not_contact(text: str) -> None:
    assert not looks_like_contact(text)


def test_one_line_tidies() -> None:
    assert one_line(" Anna\n\t de\u200f  Wit\x00 ") == "Anna de Wit"


def test_send_login_code_is_not_needed_by_who_is_already_in(anna: Resident, client: Client) -> None:
    client.force_login(anna)
    request = client.get("/mij").wsgi_request

    response = services.send_login_code(request, anna, next_url="/gesprekken/1")

    assert response["Location"] == "/gesprekken/1"
    assert mail.outbox == []


def test_send_login_code_ends_somebody_elses_session_first(anna: Resident, bilal: Resident, client: Client) -> None:
    client.force_login(anna)
    request = client.get("/mij").wsgi_request
    from allauth.core.context import request_context

    with request_context(request):
        response = services.send_login_code(request, bilal)

    assert response["Location"].startswith("/account/login/code/confirm/")
    assert "_auth_user_id" not in request.session
    run_due()
    assert mail.outbox[0].to == [bilal.email]


def test_find_or_make_account_twice_at_the_same_moment_is_one(
    zaanstad: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    from buurt.residents.services import accounts

    other = Resident.objects.create_user("emma@example.org")
    monkeypatch.setattr(accounts, "_account_of", lambda email: None)

    assert services.find_or_make_account("emma@example.org") == other
