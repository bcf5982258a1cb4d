"""Accounts that nobody opened go; what leads on after logging in."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurt.communities.models import Community
from buurt.residents.models import Resident
from buurt.residents.services import sweep_accounts
from tests.factories.residents import make_resident
from tests.integration.residents.door import CODE, DOOR, ask_code, code_in_mail


def test_sweep_removes_only_what_nobody_opened(zaanstad: Community, anna: Resident) -> None:
    ask_code(Client(), "oud@example.org")
    ask_code(Client(), "vers@example.org")
    opened = Client()
    ask_code(opened, "open@example.org")
    opened.post(CODE, {"code": code_in_mail()})
    bare = Resident.objects.create_user("kaal@example.org")
    ago = timezone.now() - timedelta(hours=25)
    Resident.objects.exclude(email="vers@example.org").update(joined_at=ago)

    assert sweep_accounts() == 1

    left = set(Resident.objects.values_list("email", flat=True))
    assert left == {anna.email, "vers@example.org", "open@example.org", bare.email}


def test_sweep_goes_on_after_a_full_batch(zaanstad: Community, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("buurt.residents.services.accounts.BATCH", 2)
    for number in range(5):
        resident = Resident.objects.create_user(f"leeg{number}@example.org")
        EmailAddress.objects.create(user=resident, email=resident.email)

    assert sweep_accounts(now=timezone.now() + timedelta(days=2)) == 5
    assert make_resident(community=zaanstad).pk


def test_after_login_leads_on(zaanstad: Community, anna: Resident) -> None:
    client = Client()
    assert client.get(reverse("residents:after_login"))["Location"] == DOOR
    client.force_login(anna)
    assert client.get(reverse("residents:after_login"))["Location"] == reverse("pages:front")
    assert client.get(DOOR, {"next": "/mij"})["Location"] == "/mij"
