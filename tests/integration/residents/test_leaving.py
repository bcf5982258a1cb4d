"""Taking one's data along, and leaving without a trace."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from buurt.residents import export, registry
from buurt.residents.events import resident_erased
from buurt.residents.models import Resident
from buurt.residents.services import block_resident, enrol_totp, erase_resident
from tests.conftest import AfterCommit, ClientFor
from tests.factories.residents import make_help_preferences, make_role
from tests.integration.residents.door import code_in_mail

CANARIES = ("kanarie@example.org", "Kanarienaam", "Kanarietekst")


@pytest.fixture
def canary(anna: Resident) -> Resident:
    """Return Anna with words that can be found anywhere in the database."""
    Resident.objects.filter(pk=anna.pk).update(
        email="kanarie@example.org", display_name="Kanarienaam", about="Kanarietekst", postcode="1567"
    )
    anna.refresh_from_db()
    EmailAddress.objects.create(user=anna, email=anna.email, verified=True, primary=True)
    make_help_preferences(resident=anna)
    enrol_totp(anna)
    return anna


def whole_database() -> str:
    rows: list[Any] = [list(model._default_manager.values()) for model in apps.get_models()]
    return json.dumps(rows, cls=DjangoJSONEncoder, default=str)


def test_erasing_leaves_no_canary(canary: Resident, bilal: Resident, client_for: ClientFor) -> None:
    block_resident(by=canary, other=bilal)
    block_resident(by=bilal, other=canary)
    make_role(resident=canary, name="broker")
    before = whole_database()
    assert all(word in before for word in CANARIES)

    assert erase_resident(by=canary, resident=canary)

    after = whole_database()
    assert [word for word in CANARIES if word in after] == []
    assert Resident.objects.filter(pk=canary.pk, is_active=False, erased_at__isnull=False, cell=None).exists()
    for model in ("residents.Block", "residents.Role", "residents.HelpPreferences", "mfa.Authenticator"):
        assert not apps.get_model(model).objects.filter().exclude(**_of_others(model, canary)).exists()


def _of_others(model: str, gone: Resident) -> dict[str, Any]:
    field = {"residents.Block": "blocker__gt", "mfa.Authenticator": "user__gt"}.get(model, "resident__gt")
    return {field: gone.pk}


def test_erasing_ends_sessions_made_at_the_door(canary: Resident) -> None:
    apps.get_model("mfa.Authenticator").objects.all().delete()
    client = Client()
    client.post("/account/login/", {"login": canary.email})
    client.post("/account/login/code/confirm/", {"code": code_in_mail()})
    assert apps.get_model("usersessions.UserSession").objects.filter(user=canary).exists()

    erase_resident(by=canary, resident=canary)

    assert not apps.get_model("usersessions.UserSession").objects.filter(user=canary).exists()
    assert client.get("/mij").status_code == 302


def test_erasing_twice_is_once_and_tells_after_commit(canary: Resident, after_commit: AfterCommit) -> None:
    told: list[int] = []

    def listen(resident_id: int, **kwargs: Any) -> None:
        told.append(resident_id)

    resident_erased.connect(listen)
    try:
        with after_commit():
            assert erase_resident(by=canary, resident=canary)
            assert not erase_resident(by=canary, resident=canary)
    finally:
        resident_erased.disconnect(listen)

    assert told == [canary.pk]


@pytest.fixture
def failing_room() -> Iterator[None]:
    """Register a room that cannot erase."""

    def fail(resident: Resident) -> None:
        raise RuntimeError

    registry.register_personal_data("stuk", registry.PersonalData("Stuk", lambda resident: None, fail))
    yield
    del registry._kinds["stuk"]


def test_erasing_is_all_or_nothing(canary: Resident, failing_room: None) -> None:
    with pytest.raises(RuntimeError):
        erase_resident(by=canary, resident=canary)

    canary.refresh_from_db()
    assert canary.is_active
    assert canary.display_name == "Kanarienaam"


def test_the_address_is_free_again_after_leaving(canary: Resident) -> None:
    erase_resident(by=canary, resident=canary)

    Client().post("/account/login/", {"login": "kanarie@example.org"})

    fresh = Resident.objects.get(email="kanarie@example.org")
    assert fresh.pk != canary.pk
    assert fresh.display_name == ""


def test_export_holds_ones_own_and_nobody_elses(canary: Resident, bilal: Resident) -> None:
    Resident.objects.filter(pk=bilal.pk).update(display_name="Anderekanarie", about="Anderetekst")
    block_resident(by=canary, other=bilal)
    block_resident(by=bilal, other=canary)

    text = json.dumps(export.everything_about(canary), cls=DjangoJSONEncoder)

    assert [word for word in (*CANARIES, "1567") if word not in text] == []
    assert [word for word in ("Anderekanarie", "Anderetekst", bilal.email, bilal.public_id) if word in text] == []


def test_readable_page_holds_the_same(canary: Resident) -> None:
    lines = [line for part in export.readable_parts(canary) for line in part["lines"]]

    assert ("e-mailadres", "kanarie@example.org") in lines
    assert ("adres voor mail 1 e-mailadres", "kanarie@example.org") in lines
    assert ("talen", "nl") in lines
    assert ("wachtwoord ingesteld", "nee") in lines
    assert ("lid sinds", date_format(timezone.localtime(canary.joined_at), "j F Y, H:i")) in lines
    assert ("postcode", "1567") in lines
