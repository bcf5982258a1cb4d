"""The cast stands where the tests think it stands."""

import pytest
from django.db.models import Model
from django.dispatch import Signal
from django.test import Client, RequestFactory

from buurt.communities.models import Community, CommunityPostcode
from buurt.ledger.models import Job
from buurt.residents.models import Resident, Role
from buurt.residents.roles import used_second_factor
from tests.conftest import ClientFor, RunJobs, failing_listeners_noticed
from tests.factories.chat import make_conversation, make_message
from tests.factories.matching import make_invitation, make_search, make_wave
from tests.factories.moderation import make_decision, make_report
from tests.factories.notifications import make_delivery
from tests.factories.organisations import make_organisation
from tests.factories.posts import make_engagement, make_post


def test_anna_and_bilal_live_close_and_carla_does_not(anna: Resident, bilal: Resident, carla: Resident) -> None:
    assert anna.is_ready
    assert anna.community == bilal.community
    assert anna.area == bilal.area
    assert carla.community != anna.community


def test_zaanstad_has_areas_and_postcodes(zaanstad: Community) -> None:
    home = CommunityPostcode.objects.get(digits="1561")

    assert home.area.name == "Krommenie"
    assert zaanstad.areas.count() == 6


def test_factories_make_valid_rows(anna: Resident, bilal: Resident, dirk: Resident) -> None:
    post = make_post(author=anna)
    engagement = make_engagement(helper=bilal, post=post)
    message = make_message(conversation=make_conversation(post=post, helper=bilal), sender=anna)
    invitation = make_invitation(post=post, helper=bilal, wave=make_wave(search=make_search(post=post)))
    report = make_report(community=post.community, subject_key=post.public_id)
    decision = make_decision(report=report, decided_by=dirk, author=anna)

    about_people = [make_delivery(resident=anna), make_organisation(community=post.community)]
    rows: list[Model] = [post, engagement, message, invitation, report, decision, *about_people]
    for row in rows:
        row.validate_constraints()


def test_login_gives_a_session(anna: Resident, client_for: ClientFor) -> None:
    client = client_for(anna)

    assert client.session["_auth_user_id"] == str(anna.pk)
    assert "_auth_user_id" not in Client().session


def test_staff_have_their_role(dirk: Resident, fatma: Resident) -> None:
    assert dirk.roles.get().name == Role.Name.MODERATOR
    assert fatma.roles.get().name == Role.Name.BROKER


def test_login_of_staff_shows_the_second_factor(
    dirk: Resident, anna: Resident, client_for: ClientFor, rf: RequestFactory
) -> None:
    for resident, showed in ((dirk, True), (anna, False)):
        request = rf.get("/")
        request.session = client_for(resident).session
        request.user = resident
        assert used_second_factor(request, resident) is showed


def test_run_jobs_without_jobs_runs_nothing(db: None, run_jobs: RunJobs) -> None:
    assert not Job.objects.exists()
    assert run_jobs() == 0


@pytest.mark.failing_listener
def test_failing_listener_is_noticed() -> None:
    event = Signal()

    def broken(**_facts: object) -> None:
        raise LookupError

    event.connect(broken)

    with pytest.raises(pytest.fail.Exception, match="LookupError"), failing_listeners_noticed():
        event.send_robust(sender=None)
