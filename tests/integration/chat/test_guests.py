"""Who joins later: only whom the asker invites, seeing from then on, seen by everybody; and agreeing nothing."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurt.communities.models import Community
from buurt.residents.models import Resident, Role
from buurt.residents.registry import personal_data
from chat import errors, services
from chat.access import count_unread, messages_after, talk_for
from chat.invites import path_for
from chat.models import Conversation, GuestInvite, Participant
from posts.models import Engagement
from tests.conftest import AfterCommit, ClientFor, RunJobs
from tests.factories.chat import make_message
from tests.factories.residents import make_block, make_resident, make_role

BEFORE, AFTER = "voor-de-gast", "na-de-gast"


@pytest.fixture
def dochter(zaanstad: Community) -> Resident:
    """Return Anna's daughter, who lives in town and gets the link."""
    return make_resident(community=zaanstad, name="Dounia", email="dounia@example.org", postcode="1506")


def _url(name: str, talk: Conversation, *more: object) -> str:
    return reverse(f"chat:{name}", args=[talk.public_id, *more])


@pytest.fixture
def with_guest(talk: Conversation, anna: Resident, bilal: Resident, dochter: Resident) -> Conversation:
    """Return the conversation after the daughter joined, with words from before and after."""
    services.agree(by=anna, conversation=talk)
    services.send_message(by=bilal, conversation=talk, text=BEFORE)
    services.share_number(by=bilal, conversation=talk, number="06 1111 2222")
    services.join_as_guest(by=dochter, invite=services.invite_guest(by=anna, conversation=talk))
    services.send_message(by=bilal, conversation=talk, text=AFTER)
    return Conversation.objects.get(pk=talk.pk)


def test_link_is_used_once_and_seen_by_all(
    client_for: ClientFor,
    zaanstad: Community,
    anna: Resident,
    bilal: Resident,
    dochter: Resident,
    talk: Conversation,
) -> None:
    made = client_for(anna).post(_url("guests", talk)).content.decode()
    path = re.findall(r'value="http[^"]*?(/gesprekken/erbij/[^"]+)"', made)[0]

    client = client_for(dochter)
    assert "Anna vraagt je erbij" in client.get(path).content.decode()
    assert not Participant.objects.filter(resident=dochter).exists()  # looking is not joining
    assert client.post(path)["Location"].startswith(_url("conversation", talk))

    for person in (anna, bilal):
        page = client_for(person).get(_url("conversation", talk)).content.decode()
        assert "Dounia doet nu mee als gast" in page
        assert 'aria-label="In dit gesprek"' in page
    again = client_for(make_resident(community=zaanstad, name="Els", email="els@example.org", postcode="1506"))
    assert again.post(path).status_code == 422
    assert client.post(path).status_code == 302  # who is in already just goes in
    assert Participant.objects.filter(conversation=talk, left_at=None).count() == 3


def test_guest_sees_from_then_on_everywhere(client_for: ClientFor, dochter: Resident, with_guest: Conversation) -> None:
    client, kept = client_for(dochter), personal_data()["conversations"]
    seen = [
        client.get(_url("conversation", with_guest)).content.decode(),
        client.get(_url("conversation", with_guest), {"before": 99}).content.decode(),
        client.get(_url("after", with_guest), {"after": 0}).content.decode(),
        client.get(_url("report", with_guest)).content.decode(),
        str(kept.export(dochter)),
    ]
    seen.append(client.get(reverse("chat:list")).content.decode())

    for page in seen:
        assert BEFORE not in page
        assert "1111" not in page
        assert AFTER in page
    assert "Deurwoord" not in seen[0]
    assert "Je doet nu mee als gast" in seen[0]
    assert [one.seq for one in messages_after(talk_for(dochter, with_guest.public_id), 0)] == [4, 5]
    forged = reverse("moderation:report", args=["message", f"{with_guest.public_id}-2"])
    assert client.get(forged).status_code == 404


def test_unread_of_a_guest_begins_at_zero(
    anna: Resident, bilal: Resident, dochter: Resident, talk: Conversation
) -> None:
    for _ in range(7):
        make_message(conversation=talk, sender=bilal)

    services.join_as_guest(by=dochter, invite=services.invite_guest(by=anna, conversation=talk))

    assert count_unread(dochter) == 1  # the line that says so


@pytest.mark.parametrize("act", ["propose", "agree", "cancel", "decline", "no_show", "outcome", "thanks"])
def test_guest_agrees_nothing(
    client_for: ClientFor, dochter: Resident, with_guest: Conversation, place: Engagement, act: str
) -> None:
    day = (timezone.localdate() + timedelta(days=2)).isoformat()
    typed = {"day": day, "at": "9:00", "duration_minutes": "60", "says": "happened", "text": "dank"}

    response = client_for(dochter).post(_url(act, with_guest), typed, follow=True)

    assert "Dat kan alleen de ander doen." in response.content.decode()
    place.refresh_from_db()
    assert place.state == Engagement.State.AGREED
    assert not place.asker_says + place.helper_says


def test_guest_never_reads_the_thanks(
    client_for: ClientFor, anna: Resident, dochter: Resident, with_guest: Conversation
) -> None:
    services.record_outcome(by=anna, conversation=with_guest, says="happened")
    services.give_thanks(by=anna, conversation=with_guest, text="alleen-voor-bilal")

    client = client_for(dochter)
    assert "alleen-voor-bilal" not in client.get(_url("conversation", with_guest)).content.decode()
    assert "alleen-voor-bilal" not in client.get("/mij/gegevens/download").content.decode()


def test_guest_goes_when_the_asker_says_so(
    client_for: ClientFor, anna: Resident, bilal: Resident, dochter: Resident, with_guest: Conversation
) -> None:
    gone = {"guest": dochter.public_id}
    assert client_for(bilal).post(_url("let_go", with_guest), gone).status_code == 404
    assert client_for(anna).post(_url("let_go", with_guest), {"guest": bilal.public_id}).status_code == 404

    client_for(anna).post(_url("let_go", with_guest), gone)

    assert client_for(dochter).get(_url("conversation", with_guest)).status_code == 404
    page = client_for(bilal).get(_url("conversation", with_guest)).content.decode()
    assert "Dounia doet niet meer mee" in page
    assert "data-composer" in page


def test_guest_who_leaves_closes_nothing(
    client_for: ClientFor, dochter: Resident, bilal: Resident, with_guest: Conversation
) -> None:
    client_for(dochter).post(_url("leave", with_guest))

    assert "data-composer" in client_for(bilal).get(_url("conversation", with_guest)).content.decode()


def test_guest_who_is_erased_takes_nothing_along(
    client_for: ClientFor, dochter: Resident, bilal: Resident, with_guest: Conversation
) -> None:
    services.send_message(by=dochter, conversation=with_guest, text="van de gast")

    personal_data()["conversations"].erase(dochter)

    page = client_for(bilal).get(_url("conversation", with_guest)).content.decode()
    assert "van de gast" not in page
    assert "Deurwoord:" in page
    assert "data-composer" in page


def test_only_who_gets_help_invites(
    client_for: ClientFor, bilal: Resident, dochter: Resident, with_guest: Conversation
) -> None:
    for person in (bilal, dochter):
        assert client_for(person).get(_url("guests", with_guest)).status_code == 404
        with pytest.raises(errors.NotYoursToDoError):
            services.invite_guest(by=person, conversation=with_guest)


@pytest.mark.parametrize("name", [Role.Name.MODERATOR, Role.Name.COMPLAINTS])
def test_who_judges_never_sits_at_the_table(talk: Conversation, zaanstad: Community, anna: Resident, name: str) -> None:
    person = make_resident(community=zaanstad, name="Staf", email="staf@example.org", postcode="1506")
    make_role(resident=person, name=name)

    with pytest.raises(errors.CannotJoinError):
        services.join_as_guest(by=person, invite=services.invite_guest(by=anna, conversation=talk))


def test_blocked_one_cannot_join_and_is_not_told_why(
    client_for: ClientFor, talk: Conversation, anna: Resident, bilal: Resident, dochter: Resident
) -> None:
    make_block(blocker=bilal, blocked=dochter)

    page = client_for(dochter).post(path_for(services.invite_guest(by=anna, conversation=talk)))

    assert page.status_code == 422
    assert "Meedoen in dit gesprek kan niet." in page.content.decode()
    assert "blok" not in page.content.decode().lower()


@pytest.mark.parametrize("spoilt", ["withdrawn", "old", "ended"])
def test_spoilt_invitation_lets_nobody_in(
    client_for: ClientFor, talk: Conversation, anna: Resident, dochter: Resident, spoilt: str
) -> None:
    invite = services.invite_guest(by=anna, conversation=talk)
    if spoilt == "withdrawn":
        client_for(anna).post(_url("withdraw_invite", talk, invite.pk))
    elif spoilt == "old":
        GuestInvite.objects.update(expires_at=timezone.now())
    else:
        Conversation.objects.update(ended_at=timezone.now())

    assert client_for(dochter).post(path_for(invite)).status_code == 422
    assert not Participant.objects.filter(resident=dochter).exists()


@pytest.mark.parametrize("token", ["x", "WzEsImEiXQ:1abc:def", "%00"])
def test_forged_link_is_a_404(client_for: ClientFor, dochter: Resident, talk: Conversation, token: str) -> None:
    assert client_for(dochter).get(reverse("chat:join", args=[token])).status_code == 404


def test_visitor_with_a_link_logs_in_first(talk: Conversation, anna: Resident) -> None:
    path = path_for(services.invite_guest(by=anna, conversation=talk))

    assert Client().get(path)["Location"].startswith(reverse("account_login"))


def test_block_parts_two_at_once(
    client_for: ClientFor,
    talk: Conversation,
    anna: Resident,
    bilal: Resident,
    place: Engagement,
    after_commit: AfterCommit,
    run_jobs: RunJobs,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[tuple[list[int], str]] = []
    monkeypatch.setattr(
        "chat.hub.Hub.tell", lambda self, people, frame: told.append((list(people), getattr(frame, "kind", "resync")))
    )
    services.agree(by=anna, conversation=talk)

    with after_commit():
        client_for(anna).post(_url("block", talk), {"who": bilal.public_id})
    run_jobs()

    place.refresh_from_db()
    assert place.state == Engagement.State.CANCELLED
    assert ([anna.pk, bilal.pk], "resync") in told
    page = client_for(bilal).get(_url("conversation", talk)).content.decode()
    assert "Anna zei af." in page
    assert "data-composer" not in page


def test_blocked_guest_goes(
    with_guest: Conversation, bilal: Resident, dochter: Resident, anna: Resident, place: Engagement
) -> None:
    services.part_people(by=bilal, other=dochter)

    assert not Participant.objects.get(resident=dochter).takes_part
    place.refresh_from_db()
    assert place.state == Engagement.State.AGREED
