"""Staff: a role, a second factor, and pages that do not exist for others."""

from collections.abc import Iterator
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from buurt.communities.models import Community
from buurt.residents.errors import NoSuchRoleError, NotADemoError
from buurt.residents.models import Resident, Role
from buurt.residents.roles import grant_role, revoke_role, role_required, roles_of
from buurt.residents.services import current_code, enrol_totp
from tests.conftest import ClientFor

HELD_BACK = ["pages:front", "residents:me", "residents:profile", "account_email", "residents:data_download"]
OPEN = ["mfa_index", "mfa_activate_totp", "mfa_add_webauthn"]


@pytest.fixture
def moderator(anna: Resident, zaanstad: Community) -> Resident:
    """Return Anna with a role and no second factor yet."""
    grant_role(by=None, resident=anna, community=zaanstad, name=Role.Name.MODERATOR)
    return anna


@pytest.fixture
def guarded_view() -> Iterator[object]:
    """Return a page for moderators."""

    @role_required(Role.Name.MODERATOR)
    def page(request: HttpRequest) -> HttpResponse:
        return HttpResponse("de rij")

    yield page


@pytest.mark.parametrize("name", HELD_BACK)
def test_staff_without_second_factor_is_sent_to_set_one_up(
    moderator: Resident, client_for: ClientFor, name: str
) -> None:
    response = client_for(moderator).get(reverse(name))

    assert response.status_code == 302
    assert response["Location"] == reverse("mfa_index")


@pytest.mark.parametrize("name", OPEN)
def test_staff_without_second_factor_may_set_one_up(moderator: Resident, client_for: ClientFor, name: str) -> None:
    assert client_for(moderator).get(reverse(name)).status_code == 200


def test_staff_without_second_factor_may_leave(moderator: Resident, client_for: ClientFor) -> None:
    client = client_for(moderator)
    assert "Zet eerst een tweede stap aan" in client.get(reverse("mfa_index")).content.decode()

    client.post(reverse("account_logout"))

    assert "_auth_user_id" not in client.session


def test_staff_enrols_an_app_and_goes_on(moderator: Resident, client_for: ClientFor, settings: LazySettings) -> None:
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    client = client_for(moderator)
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    assert 'src="data:image/svg+xml' in page
    secret = client.session["mfa.totp.secret"]
    counter = list(yield_hotp_counters_from_time())[1]

    response = client.post(reverse("mfa_activate_totp"), {"code": format_hotp_value(hotp_value(secret, counter))})

    kept = Authenticator.objects.get(user=moderator, type=Authenticator.Type.TOTP)
    assert response.status_code == 302
    assert response["Location"] == reverse("mfa_view_recovery_codes")
    assert client.get(response["Location"]).status_code == 200
    assert secret not in str(kept.data)
    assert client.get(reverse("residents:me")).status_code == 200
    assert client.get(reverse("moderation:queue")).status_code == 200


def test_residents_need_no_second_factor(bilal: Resident, client_for: ClientFor) -> None:
    assert client_for(bilal).get(reverse("residents:me")).status_code == 200


def test_staff_page_is_not_there_for_others(
    bilal: Resident, dirk: Resident, fatma: Resident, client_for: ClientFor
) -> None:
    path = reverse("moderation:queue")

    assert client_for(bilal).get(path).status_code == 404
    assert client_for(fatma).get(path).status_code == 404
    assert client_for(dirk).get(path).status_code == 200
    assert Client().get(path).status_code in {302, 404}


def test_staff_page_wants_the_second_factor_of_this_log_in(dirk: Resident) -> None:
    client = Client()
    client.force_login(dirk)

    response = client.get(reverse("moderation:queue"))

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("mfa_reauthenticate") + "?next=")


def test_staff_page_opens_after_showing_the_second_factor(moderator: Resident, settings: LazySettings) -> None:
    settings.IS_DEMO = True
    enrol_totp(moderator)
    client = Client()
    client.force_login(moderator)
    asked = client.get(reverse("moderation:queue"))
    assert "code in die nu in je app staat" in client.get(asked["Location"]).content.decode()

    done = client.post(asked["Location"], {"code": current_code(moderator)})

    assert done["Location"] == reverse("moderation:queue")
    assert client.get(done["Location"]).status_code == 200


def test_role_counts_in_its_own_community_only(bilal: Resident, haarlem: Community, client_for: ClientFor) -> None:
    grant_role(by=None, resident=bilal, community=haarlem, name=Role.Name.MODERATOR)
    enrol_totp(bilal)

    assert client_for(bilal).get(reverse("moderation:queue")).status_code == 404


def test_role_required_is_a_404_without_the_middleware(guarded_view: object, bilal: Resident) -> None:
    from django.http import Http404

    request = RequestFactory().get("/")
    request.user = bilal

    with pytest.raises(Http404):
        guarded_view(request)  # type: ignore[operator]


def test_granting_a_role_twice_is_once_and_taking_it_counts_at_once(
    bilal: Resident, dirk: Resident, zaanstad: Community, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        grant_role(by=dirk, resident=bilal, community=zaanstad, name="broker")
        grant_role(by=dirk, resident=bilal, community=zaanstad, name="broker")
    assert roles_of(bilal) == [(zaanstad.pk, "broker")]

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert revoke_role(by=dirk, resident=bilal, community=zaanstad, name="broker")
        assert not revoke_role(by=dirk, resident=bilal, community=zaanstad, name="broker")
    assert roles_of(bilal) == []


def test_there_is_no_role_of_another_name(bilal: Resident, zaanstad: Community) -> None:
    with pytest.raises(NoSuchRoleError):
        grant_role(by=None, resident=bilal, community=zaanstad, name="koning")


def test_demo_code_prints_a_code_that_works(anna: Resident, settings: LazySettings) -> None:
    settings.IS_DEMO = True
    secret = enrol_totp(anna)
    assert enrol_totp(anna) == secret
    out = StringIO()

    call_command("demo_code", anna.email.upper(), stdout=out)

    authenticator = Authenticator.objects.get(user=anna)
    assert TOTP(authenticator).validate_code(out.getvalue().strip())


def test_demo_code_refuses_outside_the_demo(anna: Resident) -> None:
    enrol_totp(anna)

    with pytest.raises(NotADemoError):
        current_code(anna)
    with pytest.raises(CommandError, match="demo mode only"):
        call_command("demo_code", anna.email)


@pytest.mark.parametrize(("email", "words"), [("wie@example.org", "nobody"), ("anna@example.org", "no second factor")])
def test_demo_code_says_what_is_missing(anna: Resident, settings: LazySettings, email: str, words: str) -> None:
    settings.IS_DEMO = True

    with pytest.raises(CommandError, match=words):
        call_command("demo_code", email)


def test_staff_without_a_home_here_works_in_the_community_of_the_role(
    zaanstad: Community, haarlem: Community, client_for: ClientFor
) -> None:
    worker = Resident.objects.create_user("wijkteam@example.org")
    grant_role(by=None, resident=worker, community=haarlem, name=Role.Name.MODERATOR)
    enrol_totp(worker)

    response = client_for(worker).get(reverse("moderation:queue"))

    assert response.status_code == 200
    assert response.context["community"] == haarlem


def test_page_that_does_not_exist_is_a_404_for_staff_too(moderator: Resident, client_for: ClientFor) -> None:
    assert client_for(moderator).get("/bestaat-niet").status_code == 404
