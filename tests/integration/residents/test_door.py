"""One door: an address, a code, and in; the same for everybody."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurt.communities.models import Community
from buurt.residents.models import Resident
from buurt.residents.services import enrol_totp
from tests.integration.residents.door import CODE, DOOR, ask_code, code_in_mail, mails, without_secrets, wrong


def test_door_looks_and_mails_the_same_for_known_and_unknown(zaanstad: Community, anna: Resident) -> None:
    seen = []
    for email in (anna.email, "nooit-gezien@example.org"):
        client = Client()
        first = client.post(DOOR, {"login": email})
        page = client.get(first["Location"])
        letter = mails()[-1]
        seen.append(
            (
                first.status_code,
                first["Location"],
                page.status_code,
                without_secrets(page.content.decode(), email),
                letter.subject,
                re.sub(r"\d{6}", "CODE", str(letter.body)),
                sorted(client.cookies),
            )
        )

    assert seen[0] == seen[1]
    assert [letter.to for letter in mails()] == [[anna.email], ["nooit-gezien@example.org"]]


def test_code_logs_in_a_new_address(zaanstad: Community) -> None:
    client = Client()
    ask_code(client, "Nieuw@Example.org")

    response = client.post(CODE, {"code": code_in_mail()})

    resident = Resident.objects.get(email="nieuw@example.org")
    assert response.status_code == 302
    assert response["Location"] == reverse("residents:after_login")
    assert client.session["_auth_user_id"] == str(resident.pk)
    assert EmailAddress.objects.get(user=resident).verified
    assert client.get(response["Location"])["Location"] == reverse("residents:start")


def test_code_logs_in_somebody_known_with_spaces_pasted(anna: Resident) -> None:
    client = Client()
    ask_code(client, anna.email)
    code = code_in_mail()

    response = client.post(CODE, {"code": f" {code[:3]} {code[3:]} "})

    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(anna.pk)
    anna.refresh_from_db()
    assert anna.seen_on == timezone.localdate()


def test_next_survives_the_door_the_code_and_a_resend(anna: Resident) -> None:
    client = Client()
    page = client.get(DOOR, {"next": "/mij/profiel"})
    assert 'name="next" value="/mij/profiel"' in page.content.decode()
    ask_code(client, anna.email, "/mij/profiel")
    resent = client.post(CODE, {"action": "resend", "next": "/mij/profiel"})
    assert resent["Location"] == f"{CODE}?next=%2Fmij%2Fprofiel"

    response = client.post(CODE, {"code": code_in_mail(), "next": "/mij/profiel"})

    assert response["Location"] == "/mij/profiel"
    assert len(mails()) == 2


def test_resend_makes_the_old_code_worthless(anna: Resident) -> None:
    client = Client()
    ask_code(client, anna.email)
    client.post(CODE, {"action": "resend"})
    old, new = code_in_mail(0), code_in_mail(1)

    if old != new:
        assert client.post(CODE, {"code": old}).status_code == 200
    assert client.post(CODE, {"code": new}).status_code == 302


def test_next_to_another_site_is_not_followed(anna: Resident) -> None:
    client = Client()
    ask_code(client, anna.email, "https://boos.example/val")

    response = client.post(CODE, {"code": code_in_mail(), "next": "https://boos.example/val"})

    assert response["Location"] == reverse("residents:after_login")


def test_wrong_code_says_so_beside_the_field(anna: Resident) -> None:
    client = Client()
    ask_code(client, anna.email)

    response = client.post(CODE, {"code": wrong(code_in_mail())})

    assert response.status_code == 200
    assert "Deze code klopt niet" in response.content.decode()
    assert 'autocomplete="one-time-code"' in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_too_many_wrong_codes_start_over_and_keep_next(anna: Resident) -> None:
    client = Client()
    ask_code(client, anna.email, "/mij/profiel")
    code = code_in_mail()

    for _attempt in range(5):
        response = client.post(CODE, {"code": wrong(code), "next": "/mij/profiel"})

    assert response["Location"] == "/account/login/?next=%2Fmij%2Fprofiel"
    assert "te veel verkeerde codes" in client.get(response["Location"]).content.decode()
    assert client.post(CODE, {"code": code}).status_code == 302
    assert "_auth_user_id" not in client.session


def test_late_code_is_refused_and_says_so(anna: Resident) -> None:
    client = Client()
    ask_code(client, anna.email)
    session = client.session
    stages = session["account_login"]["state"]["stages"]
    stages["login_by_code"]["data"]["at"] -= timedelta(minutes=31).total_seconds()
    session["account_login"] = {**session["account_login"]}
    session.save()

    response = client.post(CODE, {"code": code_in_mail(), "next": "/mij"})

    assert response["Location"] == "/account/login/?next=%2Fmij"
    assert "verlopen" in client.get(response["Location"]).content.decode()
    assert "_auth_user_id" not in client.session


def test_code_of_a_removed_account_is_late(zaanstad: Community) -> None:
    client = Client()
    ask_code(client, "weg@example.org")
    Resident.objects.filter(email="weg@example.org").delete()

    response = client.post(CODE, {"code": code_in_mail()})

    assert response["Location"].startswith(DOOR)


def test_mistyped_address_can_be_corrected(zaanstad: Community, anna: Resident) -> None:
    client = Client()
    ask_code(client, "anan@example.org")

    assert client.get(DOOR).status_code == 200
    ask_code(client, anna.email)
    assert client.post(CODE, {"code": code_in_mail()}).status_code == 302
    assert client.session["_auth_user_id"] == str(anna.pk)


@pytest.mark.parametrize(
    ("typed", "words"), [("", "Vul je e-mailadres in."), ("geen adres", "Dit is geen e-mailadres")]
)
def test_door_refuses_what_is_no_address(zaanstad: Community, typed: str, words: str) -> None:
    response = Client().post(DOOR, {"login": typed})

    assert response.status_code == 200
    assert words in response.content.decode()
    assert mails() == []
    assert not Resident.objects.exists()


def test_door_counts_before_it_makes_an_account(zaanstad: Community) -> None:
    for _attempt in range(3):
        ask_code(Client(), "vaak@example.org")
    Resident.objects.filter(email="vaak@example.org").delete()

    response = Client().post(DOOR, {"login": "vaak@example.org"})

    assert response.status_code == 200
    assert "te veel pogingen" in response.content.decode()
    assert not Resident.objects.filter(email="vaak@example.org").exists()
    assert len(mails()) == 3


def test_session_gets_a_new_key_and_keeps_the_draft(anna: Resident) -> None:
    client = Client()
    ask_code(client, anna.email)
    session = client.session
    session["draft"] = {"text": "Wie rijdt mij naar de huisarts?"}
    session.save()
    before = session.session_key

    client.post(CODE, {"code": code_in_mail()})

    assert client.session.session_key != before
    assert client.session["draft"] == {"text": "Wie rijdt mij naar de huisarts?"}
    planted = Client()
    planted.cookies["sessionid"] = str(before)
    assert "_auth_user_id" not in planted.session


def test_switched_off_account_gets_a_code_but_not_in(anna: Resident) -> None:
    Resident.objects.filter(pk=anna.pk).update(is_active=False)
    client = Client()
    ask_code(client, anna.email)

    response = client.post(CODE, {"code": code_in_mail()})

    assert response["Location"] == reverse("account_inactive")
    assert "Dit account staat uit" in client.get(response["Location"]).content.decode()
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("path", ["/account/signup/", "/account/login/code/"])
def test_other_ways_in_lead_to_the_one_door(zaanstad: Community, path: str) -> None:
    response = Client().get(path, {"next": "/mij"})

    assert response["Location"] == "/account/login/?next=%2Fmij"


def test_door_makes_no_session_for_who_only_looks(zaanstad: Community) -> None:
    client = Client()
    client.get(DOOR)
    client.get("/account/login/wachtwoord/")
    client.get("/kies-je-gemeente")

    assert "sessionid" not in client.cookies


def test_password_opens_the_door_for_who_chose_one(anna: Resident) -> None:
    anna.set_password("een zin van vier woorden")
    anna.save()
    EmailAddress.objects.create(user=anna, email=anna.email, primary=True, verified=True)
    client = Client()

    refused = client.post("/account/login/wachtwoord/", {"login": anna.email, "password": "iets anders dan dat"})
    assert "Het e-mailadres of het wachtwoord klopt niet." in refused.content.decode()
    response = client.post(
        "/account/login/wachtwoord/",
        {"login": anna.email, "password": "een zin van vier woorden", "next": "/mij"},
    )

    assert response["Location"] == "/mij"
    assert client.session["_auth_user_id"] == str(anna.pk)


def test_second_step_is_asked_after_the_code(anna: Resident, settings: object) -> None:
    settings.IS_DEMO = True  # type: ignore[attr-defined]
    from buurt.residents.services import current_code

    enrol_totp(anna)
    client = Client()
    ask_code(client, anna.email, "/mij")
    response = client.post(CODE, {"code": code_in_mail(), "next": "/mij"})
    assert response["Location"] == reverse("mfa_authenticate")
    assert "Nu de tweede stap" in client.get(response["Location"]).content.decode()

    refused = client.post(response["Location"], {"code": wrong(current_code(anna))})
    assert "Deze code klopt niet" in refused.content.decode()
    assert "_auth_user_id" not in client.session
    done = client.post(response["Location"], {"code": current_code(anna)})

    assert done["Location"] == "/mij"
    assert client.session["_auth_user_id"] == str(anna.pk)
