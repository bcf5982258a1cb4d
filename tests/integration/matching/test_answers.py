"""Answering through HTTP: from a mail link, from one's own page, from the board; and every refusal."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurt.ledger.services import run_due
from buurt.residents.models import Block, Resident
from chat.models import Conversation
from matching.links import path_for
from matching.models import Invitation
from matching.services import answer_invitation
from matching.words import question_for
from posts.drafts import PostDraft
from posts.models import Engagement, Post
from posts.services import publish_post, release_place
from tests.conftest import AfterCommit, ClientFor, RunJobs
from tests.factories.matching import make_invitation, make_search, make_wave
from tests.factories.posts import make_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(anna: Resident) -> Post:
    return make_post(author=anna)


@pytest.fixture
def invitation(post: Post, bilal: Resident) -> Invitation:
    return make_invitation(post=post, helper=bilal, wave=make_wave(search=make_search(post=post)))


def test_link_looking_changes_nothing(client: Client, invitation: Invitation) -> None:
    for answer in ("yes", "no", "later", "question", "nonsense", ""):
        assert client.get(path_for(invitation, answer)).status_code == 200

    invitation.refresh_from_db()
    assert (invitation.state, invitation.answer) == (Invitation.State.OPEN, "")
    assert Engagement.objects.count() == 0


def test_link_shows_the_askers_words_and_leaks_no_referrer(client: Client, invitation: Invitation) -> None:
    response = client.get(path_for(invitation))

    assert "Ik moet donderdag om tien uur bij de huisarts zijn" in response.content.decode()
    assert response["Referrer-Policy"] == "same-origin"
    assert "no-store" in response["Cache-Control"]


def test_link_no_needs_no_login(client: Client, invitation: Invitation) -> None:
    response = client.post(path_for(invitation), {"answer": "no"})

    assert response.status_code == 200
    invitation.refresh_from_db()
    assert invitation.answer == "no"


def test_link_yes_reserves_and_leads_to_the_code(
    client: Client, invitation: Invitation, mailoutbox: list[object]
) -> None:
    response = client.post(path_for(invitation), {"answer": "yes"})
    run_due()

    assert response.status_code == 302
    assert "code" in response["Location"]
    assert Engagement.objects.get().helper == invitation.helper
    assert len(mailoutbox) == 1


def test_link_yes_by_the_helper_goes_straight_to_the_talk(
    client_for: ClientFor, bilal: Resident, invitation: Invitation
) -> None:
    response = client_for(bilal).post(path_for(invitation), {"answer": "yes"})

    assert response["Location"] == reverse("chat:conversation", args=[Conversation.objects.get().public_id])


def test_link_used_twice_reserves_once(client_for: ClientFor, bilal: Resident, invitation: Invitation) -> None:
    client = client_for(bilal)
    first = client.post(path_for(invitation), {"answer": "yes"})
    second = client.post(path_for(invitation), {"answer": "yes"})

    assert first["Location"] == second["Location"]
    assert Engagement.objects.count() == 1
    assert "Je zei ja" in client.get(path_for(invitation)).content.decode()


def test_link_forged_or_old_is_gone_kindly(client: Client, invitation: Invitation) -> None:
    good = path_for(invitation)

    assert client.get(good[:-3] + "xyz").status_code == 410
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        response = client.get(good)
    assert response.status_code == 410
    assert "werkt niet meer" in response.content.decode()


def test_link_after_somebody_else_said_yes(client: Client, post: Post, invitation: Invitation, dirk: Resident) -> None:
    other = make_invitation(post=post, helper=dirk)
    answer_invitation(by=dirk, invitation=other, answer="yes")

    page = client.get(path_for(invitation)).content.decode()

    assert "Er is al een buur gevonden" in page
    assert client.post(path_for(invitation), {"answer": "yes"}).status_code == 302
    assert Engagement.objects.count() == 1


def test_link_of_an_ended_ask_says_so(client: Client, post: Post, invitation: Invitation) -> None:
    Post.objects.filter(pk=post.pk).update(state=Post.State.WITHDRAWN)

    assert "niet meer nodig" in client.get(path_for(invitation)).content.decode()
    client.post(path_for(invitation), {"answer": "yes"})
    assert Engagement.objects.count() == 0


def test_link_of_an_erased_helper_is_gone(client: Client, invitation: Invitation) -> None:
    Resident.objects.filter(pk=invitation.helper_id).update(is_active=False)

    assert client.get(path_for(invitation)).status_code == 410


def test_own_page_is_for_the_invited_only(
    client_for: ClientFor, bilal: Resident, anna: Resident, carla: Resident, invitation: Invitation
) -> None:
    address = reverse("matching:invitation", args=[invitation.public_id])

    assert client_for(bilal).get(address).status_code == 200
    for other in (anna, carla):
        assert client_for(other).get(address).status_code == 404
        assert client_for(other).post(address, {"answer": "yes"}).status_code == 404
    assert Client().get(address).status_code == 302


def test_question_opens_a_talk_without_reserving(
    client_for: ClientFor, bilal: Resident, invitation: Invitation
) -> None:
    response = client_for(bilal).post(path_for(invitation), {"answer": "question"})

    assert response.status_code == 302
    assert Conversation.objects.count() == 1
    assert Engagement.objects.count() == 0
    client_for(bilal).post(path_for(invitation), {"answer": "yes"})
    assert Engagement.objects.count() == 1
    assert Conversation.objects.count() == 1


def test_nonsense_answer_is_refused_kindly(client: Client, invitation: Invitation) -> None:
    page = client.post(path_for(invitation), {"answer": "perhaps"}, follow=True).content.decode()

    assert "Kies een van de knoppen" in page


def test_board_yes_opens_the_talk(client_for: ClientFor, bilal: Resident, post: Post) -> None:
    response = client_for(bilal).post(reverse("matching:answer_post", args=[post.public_id]), {"answer": "yes"})

    assert response["Location"] == reverse("chat:conversation", args=[Conversation.objects.get().public_id])


def test_board_refuses_own_blocked_foreign_and_visitors(
    client_for: ClientFor, anna: Resident, bilal: Resident, carla: Resident, post: Post
) -> None:
    address = reverse("matching:answer_post", args=[post.public_id])

    client_for(anna).post(address, {"answer": "yes"})
    assert client_for(carla).post(address, {"answer": "yes"}).status_code == 404
    assert Client().post(address, {"answer": "yes"}).status_code == 302
    assert client_for(bilal).get(address).status_code == 405
    Block.objects.create(blocker=anna, blocked=bilal)
    assert client_for(bilal).post(address, {"answer": "yes"}).status_code == 404

    assert Engagement.objects.count() == 0


def test_quiet_ask_is_read_by_the_invited_only(
    client_for: ClientFor, anna: Resident, bilal: Resident, dirk: Resident
) -> None:
    quiet = make_post(author=anna, visibility=Post.Visibility.QUIET)
    make_invitation(post=quiet, helper=bilal)
    address = reverse("posts:detail", args=[quiet.public_id])

    assert client_for(bilal).get(address).status_code == 200
    assert client_for(dirk).get(address).status_code == 404
    assert Client().get(address).status_code == 404


def test_helpers_page_shows_what_fits(client_for: ClientFor, anna: Resident, bilal: Resident, dirk: Resident) -> None:
    make_post(author=anna, title="Wie rijdt mij?")
    make_post(author=anna, title="Wie snoeit mijn heg?", category="garden")

    page = client_for(bilal).get("/helpen").content.decode()

    assert "Wie rijdt mij?" in page
    assert "Wie snoeit" not in page
    assert "Zet vraag mij maar aan" in client_for(dirk).get("/helpen").content.decode()
    assert "Zet vraag mij maar aan" in Client().get("/helpen").content.decode()


def test_too_many_answers_in_an_hour_are_refused(client: Client, invitation: Invitation) -> None:
    codes = [client.post(path_for(invitation), {"answer": "later"}).status_code for _ in range(41)]

    assert codes == [200] * 40 + [302]
    assert "te snel" in client.get(path_for(invitation)).content.decode()


@pytest.mark.parametrize(
    ("timing", "day", "question"),
    [
        ("any", None, "Kun jij een lift geven?"),
        ("weekly", None, "Kun jij elke dinsdag een lift geven?"),
        ("day", 3, "Kun jij donderdag een lift geven?"),
        ("day", 20, "Kun jij op 13 december een lift geven?"),
    ],
)
def test_question_names_the_moment_as_people_say_it(
    anna: Resident, timing: str, day: int | None, question: str
) -> None:
    now = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))
    draft = PostDraft(
        kind="ask",
        category="transport",
        text="Wie rijdt mij?",
        timing=timing,
        day=now.date() + timedelta(days=day) if day else None,
        at=time(9),
        weekday=1,
    )

    post = publish_post(by=anna, draft=draft, now=now)

    assert question_for(post, now) == question


def test_link_yes_by_somebody_restricted_since_is_refused_in_words(client: Client, invitation: Invitation) -> None:
    Resident.objects.filter(pk=invitation.helper_id).update(restricted_until=timezone.now() + timedelta(days=1))

    response = client.post(path_for(invitation), {"answer": "yes"}, follow=True)

    assert "Deze vraag kun je niet beantwoorden." in response.content.decode()
    assert Engagement.objects.count() == 0


def test_declined_helper_does_not_take_the_place_again(
    client: Client, anna: Resident, invitation: Invitation, after_commit: AfterCommit, run_jobs: RunJobs
) -> None:
    answer_invitation(by=invitation.helper, invitation=invitation, answer="yes")
    with after_commit():
        release_place(by=anna, engagement=Engagement.objects.get(), because="declined")
    run_jobs()

    page = client.get(path_for(invitation)).content.decode()
    client.post(path_for(invitation), {"answer": "yes"})

    assert "Deze keer komt het anders uit" in page
    assert not Engagement.objects.filter(state="reserved").exists()


def test_helper_whose_clock_ran_out_may_say_yes_again(
    client: Client, anna: Resident, invitation: Invitation, after_commit: AfterCommit, run_jobs: RunJobs
) -> None:
    answer_invitation(by=invitation.helper, invitation=invitation, answer="yes")
    with after_commit():
        release_place(by=None, engagement=Engagement.objects.get(), because="clock")
    run_jobs()

    client.post(path_for(invitation), {"answer": "yes"})

    assert Engagement.objects.filter(state="reserved").count() == 1


def test_switching_on_shows_at_once_what_fits(client_for: ClientFor, anna: Resident, dirk: Resident) -> None:
    make_post(author=anna, title="Wie snoeit mijn heg?", category="garden")
    wishes = {"active": "on", "kinds": ["garden"], "distance_km": "25", "times": ["0-0"], "asks_a_month": "3"}
    quiet = {"quiet_from": "21:00", "quiet_until": "08:00", "paused_until": ""}

    page = client_for(dirk).post(reverse("residents:preferences"), wishes | quiet, follow=True)

    assert "Wie snoeit mijn heg?" in page.content.decode()
