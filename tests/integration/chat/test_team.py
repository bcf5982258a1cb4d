"""The neighbourhood team and a proxy in a talk: asked by letter, standing as the team, acting until the ask ends."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from buurt.communities.models import Community
from buurt.residents.models import Resident
from chat import errors, services
from chat.invites import path_for
from chat.models import Conversation, GuestInvite, Participant
from notifications.models import Delivery
from posts.models import Engagement, Post
from tests.conftest import AfterCommit, ClientFor, RunJobs
from tests.factories.posts import make_post
from tests.factories.residents import make_resident

BEFORE, AFTER = "voor-de-gast", "na-de-gast"


@pytest.fixture
def dochter(zaanstad: Community) -> Resident:
    """Return Anna's daughter, who lives in town and gets the link."""
    return make_resident(community=zaanstad, name="Dounia", email="dounia@example.org", postcode="1506")


def _url(name: str, talk: Conversation, *more: object) -> str:
    return reverse(f"chat:{name}", args=[talk.public_id, *more])


def test_team_is_asked_by_letter_and_only_the_asked_one_comes(
    client_for: ClientFor,
    talk: Conversation,
    anna: Resident,
    fatma: Resident,
    dochter: Resident,
    after_commit: AfterCommit,
    run_jobs: RunJobs,
) -> None:
    page = client_for(anna).get(_url("guests", talk)).content.decode()
    assert "Vraag Fatma erbij" in page
    assert "Dirk" not in page
    with after_commit():
        client_for(anna).post(_url("guests", talk), {"guest": fatma.public_id})
    run_jobs()

    invite = GuestInvite.objects.get()
    assert Delivery.objects.filter(resident=fatma, kind="guest_invited").exists()
    assert client_for(fatma).get(_url("conversation", talk)).status_code == 404  # asked is not yet in
    assert client_for(dochter).post(path_for(invite)).status_code == 404
    assert client_for(fatma).post(path_for(invite)).status_code == 302
    assert client_for(anna).post(_url("guests", talk), {"guest": dochter.public_id}).status_code == 302
    assert GuestInvite.objects.count() == 1


def test_broker_stands_in_the_team_talk_as_the_team(client_for: ClientFor, anna: Resident, fatma: Resident) -> None:
    quiet = make_post(author=anna, state=Post.State.HELD, visibility=Post.Visibility.QUIET)
    Post.objects.update(broker_consent=True)

    client_for(fatma).post(reverse("matching:desk_talk", args=[quiet.public_id]))
    client_for(fatma).post(reverse("matching:desk_talk", args=[quiet.public_id]))

    talk = Conversation.objects.get()
    roles = dict(Participant.objects.values_list("resident__display_name", "role"))
    assert (talk.kind, talk.helper) == (Conversation.Kind.TEAM, None)
    assert roles == {"Anna": Participant.Role.ASKER, "Fatma": Participant.Role.GUEST}
    page = client_for(anna).get(_url("conversation", talk)).content.decode()
    assert "Fatma van het buurtteam praat met je mee." in page
    assert page.count("praat met je mee") == 1


def test_proxy_acts_for_the_asker_until_the_ask_ends(
    client_for: ClientFor, talk: Conversation, anna: Resident, bilal: Resident, fatma: Resident, place: Engagement
) -> None:
    with pytest.raises(errors.NotYoursToDoError):
        services.add_proxy(proxy=fatma, conversation=talk, consent="")
    services.add_proxy(proxy=fatma, conversation=talk, consent="phone")
    made = services.propose_appointment(by=anna, conversation=talk, starts_at=timezone.now() + timedelta(days=1))
    with pytest.raises(errors.NotYoursToDoError):  # one side does not say yes to itself
        services.agree_appointment(by=fatma, appointment=made)

    client_for(fatma).post(_url("agree", talk))
    place.refresh_from_db()
    assert place.state == Engagement.State.AGREED
    assert "namens de vrager" in client_for(bilal).get(_url("conversation", talk)).content.decode()
    assert services.end_proxies(post=talk.post) == 1
    assert services.end_proxies(post=talk.post) == 0
    assert client_for(fatma).get(_url("conversation", talk)).status_code == 404
