"""Another address, a password, other devices: the pages of allauth in our words."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from buurt.communities.models import Community
from buurt.residents.models import Resident
from buurt.residents.services import find_or_make_account
from buurt.residents.tasks import sweep_accounts
from tests.conftest import ClientFor
from tests.integration.residents.door import code_in_mail, mails

NEW = "anna-nieuw@example.org"
GOOD = "een zin van vier woorden"


@pytest.fixture
def confirmed(anna: Resident) -> Resident:
    """Return Anna with her address confirmed, as after a log-in by code."""
    EmailAddress.objects.create(user=anna, email=anna.email, primary=True, verified=True)
    return anna


def test_new_address_works_after_its_code_and_the_old_one_is_told(confirmed: Resident, client_for: ClientFor) -> None:
    client = client_for(confirmed)
    response = client.post(reverse("account_email"), {"email": NEW, "action_add": "1"})
    confirmed.refresh_from_db()
    assert confirmed.email == "anna@example.org"
    assert mails()[-1].to == [NEW]
    assert "Bevestig je e-mailadres" in client.get(response["Location"]).content.decode()

    done = client.post(response["Location"], {"code": code_in_mail()})

    confirmed.refresh_from_db()
    assert done["Location"] == reverse("account_email")
    assert confirmed.email == NEW
    assert list(EmailAddress.objects.filter(user=confirmed).values_list("email", "verified")) == [(NEW, True)]
    assert mails()[-1].to == ["anna@example.org"]
    assert mails()[-1].subject == "Je e-mailadres is veranderd"
    assert "Je e-mailadres is bevestigd" in client.get(done["Location"]).content.decode()


def test_new_address_is_not_held_up_by_an_account_nobody_opened(confirmed: Resident, client_for: ClientFor) -> None:
    find_or_make_account(NEW)
    client = client_for(confirmed)

    response = client.post(reverse("account_email"), {"email": NEW, "action_add": "1"})
    client.post(response["Location"], {"code": code_in_mail()})

    confirmed.refresh_from_db()
    assert confirmed.email == NEW


def test_somebody_elses_address_looks_the_same_but_changes_nothing(
    confirmed: Resident, bilal: Resident, client_for: ClientFor
) -> None:
    client = client_for(confirmed)

    free = client.post(reverse("account_email"), {"email": NEW, "action_add": "1"})
    other = client_for(confirmed)
    taken = other.post(reverse("account_email"), {"email": bilal.email, "action_add": "1"})

    assert (taken.status_code, taken["Location"]) == (free.status_code, free["Location"])
    assert mails()[-1].to == [bilal.email]
    assert mails()[-1].subject == mails()[-2].subject
    refused = other.post(taken["Location"], {"code": code_in_mail()})
    confirmed.refresh_from_db()
    assert "Dit adres kun je niet gebruiken." in refused.content.decode()
    assert confirmed.email == "anna@example.org"


def test_wrong_code_for_a_new_address_changes_nothing(confirmed: Resident, client_for: ClientFor) -> None:
    client = client_for(confirmed)
    response = client.post(reverse("account_email"), {"email": NEW, "action_add": "1"})

    refused = client.post(response["Location"], {"code": "000000" if code_in_mail() != "000000" else "111111"})

    confirmed.refresh_from_db()
    assert "Deze code klopt niet" in refused.content.decode()
    assert confirmed.email == "anna@example.org"


@pytest.mark.parametrize(
    ("typed", "words"),
    [("anna@example.org", "Dit adres hoort al bij jouw account."), ("geen adres", "Dit is geen e-mailadres")],
)
def test_address_that_cannot_be_is_refused(confirmed: Resident, client_for: ClientFor, typed: str, words: str) -> None:
    response = client_for(confirmed).post(reverse("account_email"), {"email": typed, "action_add": "1"})

    assert words in response.content.decode()
    assert mails() == []


def test_password_is_set_changed_and_told(confirmed: Resident, client_for: ClientFor) -> None:
    client = client_for(confirmed)

    refused = client.post(reverse("account_set_password"), {"password1": "kort", "password2": "kort"})
    assert refused.status_code == 200
    assert 'id="fouten"' in refused.content.decode()
    done = client.post(reverse("account_set_password"), {"password1": GOOD, "password2": GOOD})

    confirmed.refresh_from_db()
    assert done["Location"] == reverse("residents:me")
    assert confirmed.check_password(GOOD)
    assert mails()[-1].subject == "Je hebt nu een wachtwoord"
    wrong = client.post(
        reverse("account_change_password"), {"oldpassword": "iets anders", "password1": GOOD, "password2": GOOD}
    )
    assert wrong.status_code == 200
    assert "Wachtwoord veranderen" in wrong.content.decode()


def test_forgotten_password_by_code(confirmed: Resident) -> None:
    confirmed.set_password("het oude wachtwoord van toen")
    confirmed.save()
    client = Client()
    first = client.post(reverse("account_reset_password"), {"email": confirmed.email})
    second = client.post(first["Location"], {"code": code_in_mail()})
    done = client.post(second["Location"], {"password1": GOOD, "password2": GOOD})

    confirmed.refresh_from_db()
    assert done.status_code == 302
    assert confirmed.check_password(GOOD)
    assert client.get(done["Location"]).status_code in {200, 302}


def test_forgotten_password_of_nobody_looks_the_same_and_mails_nobody(confirmed: Resident) -> None:
    known = Client().post(reverse("account_reset_password"), {"email": confirmed.email})
    sent = len(mails())
    unknown = Client().post(reverse("account_reset_password"), {"email": "niemand@example.org"})

    assert (unknown.status_code, unknown["Location"]) == (known.status_code, known["Location"])
    assert len(mails()) == sent
    assert not Resident.objects.filter(email="niemand@example.org").exists()


def test_logging_out_asks_first_and_ends_the_session(anna: Resident, client_for: ClientFor) -> None:
    client = client_for(anna)

    assert "Wil je uitloggen?" in client.get(reverse("account_logout")).content.decode()
    assert "_auth_user_id" in client.session
    response = client.post(reverse("account_logout"))

    assert response["Location"] == reverse("pages:front")
    assert "_auth_user_id" not in client.session


def test_too_many_log_ins_from_one_place_get_a_page_in_dutch(zaanstad: Community) -> None:
    client = Client()
    for _attempt in range(31):
        response = client.post("/account/login/", {"login": ""})

    assert response.status_code == 429
    assert "Even wachten" in response.content.decode()


def test_sweep_is_a_task_of_the_schedule(db: None) -> None:
    assert sweep_accounts.name == "residents.sweep_accounts"
    sweep_accounts.run()
