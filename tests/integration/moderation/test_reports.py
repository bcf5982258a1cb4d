"""Reports and decisions through HTTP: who may report, who may decide, and what the author reads."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from buurt.ledger.models import Entry
from buurt.moderation.errors import AlreadyDecidedError, NoReasonsError, OwnCaseError
from buurt.moderation.models import Decision, Report
from buurt.moderation.services import decide
from buurt.residents.models import Resident
from posts.models import Post
from tests.conftest import AfterCommit, ClientFor, RunJobs
from tests.factories.posts import make_post

pytestmark = pytest.mark.django_db
REASONS = "Je vraagt om geld voor hulp. Op Buurt is hulp gratis."


@pytest.fixture
def post(anna: Resident) -> Post:
    return make_post(author=anna, title="Te koop: mijn fiets")


@pytest.fixture
def report(post: Post, bilal: Resident) -> Report:
    return Report.objects.create(
        community=post.community, subject_kind="post", subject_key=post.public_id, reason="money", reporter=bilal
    )


def _address(post: Post) -> str:
    return reverse("moderation:report", args=["post", post.public_id])


def test_report_by_a_neighbour_lands_in_the_queue(client_for: ClientFor, bilal: Resident, post: Post) -> None:
    response = client_for(bilal).post(_address(post), {"reason": "money", "explanation": "Hij verkoopt iets."})

    assert "Dank je wel voor je melding" in response.content.decode()
    found = Report.objects.get()
    assert (found.reporter, found.subject_key, found.state) == (bilal, post.public_id, "open")


def test_report_by_a_visitor_needs_no_account(client: Client, post: Post) -> None:
    response = client.post(_address(post), {"reason": "unsafe", "email": "iemand@example.org"})

    assert response.status_code == 200
    assert Report.objects.get().reporter_email == "iemand@example.org"


def test_report_sent_twice_is_kept_once(client_for: ClientFor, bilal: Resident, post: Post) -> None:
    for _ in range(2):
        client_for(bilal).post(_address(post), {"reason": "money"})

    assert Report.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"explanation": "bewaar dit"}, "Kies wat er aan de hand is"),
        ({"reason": "held", "explanation": "bewaar dit"}, "bewaar dit"),
        ({"reason": "money", "explanation": "bewaar dit" + "x" * 2000}, "te lang"),
    ],
)
def test_report_with_a_mistake_keeps_what_was_typed(
    client_for: ClientFor, bilal: Resident, post: Post, typed: dict[str, str], message: str
) -> None:
    response = client_for(bilal).post(_address(post), typed)

    assert response.status_code == 422
    assert message in response.content.decode()
    assert "bewaar dit" in response.content.decode()
    assert Report.objects.count() == 0


def test_report_of_what_one_cannot_see_is_404(
    client_for: ClientFor, client: Client, carla: Resident, anna: Resident
) -> None:
    quiet = make_post(author=anna, visibility=Post.Visibility.QUIET)

    assert client.get(_address(quiet)).status_code == 404
    assert client_for(carla).get(_address(quiet)).status_code == 404
    assert client.get(reverse("moderation:report", args=["post", "NOSUCH22"])).status_code == 404
    assert client.get(reverse("moderation:report", args=["household", "1"])).status_code == 404


def test_too_many_reports_are_refused_kindly(client_for: ClientFor, bilal: Resident, post: Post) -> None:
    client = client_for(bilal)
    for _ in range(10):
        client.post(_address(post), {"reason": "money"})

    response = client.post(_address(post), {"reason": "money"})

    assert response.status_code == 422
    assert "Probeer het over een uur" in response.content.decode()


def test_queue_and_report_are_for_moderators_only(
    client_for: ClientFor, client: Client, bilal: Resident, fatma: Resident, dirk: Resident, report: Report
) -> None:
    addresses = ["/moderatie", reverse("moderation:report_detail", args=[report.pk])]
    for address in addresses:
        assert client.get(address).status_code == 404
        assert client_for(bilal).get(address).status_code == 404
        assert client_for(fatma).get(address).status_code == 404
        assert client_for(dirk).get(address).status_code == 200


def test_hide_takes_the_post_off_the_board_and_the_author_reads_why(
    client_for: ClientFor,
    dirk: Resident,
    anna: Resident,
    bilal: Resident,
    report: Report,
    post: Post,
    run_jobs: RunJobs,
    after_commit: AfterCommit,
) -> None:
    with after_commit():
        client_for(dirk).post(
            reverse("moderation:report_detail", args=[report.pk]),
            {"action": "hide", "rule": "geld", "reasons": REASONS},
        )
    run_jobs()

    assert client_for(bilal).get(reverse("posts:detail", args=[post.public_id])).status_code == 404
    assert REASONS in client_for(anna).get("/moderatie/mijn").content.decode()
    assert REASONS not in client_for(bilal).get("/moderatie/mijn").content.decode()
    assert {letter.to[0] for letter in mail.outbox} == {anna.email, bilal.email}
    to_author = next(letter for letter in mail.outbox if letter.to == [anna.email])
    assert REASONS in to_author.body
    assert "Bilal" not in to_author.body
    assert Entry.objects.filter(verb="decision.taken", actor_id=dirk.pk).exists()


def test_undo_puts_everything_back(client_for: ClientFor, dirk: Resident, report: Report, post: Post) -> None:
    decision = decide(by=dirk, report=report, action="hide", reasons=REASONS)

    client_for(dirk).post(reverse("moderation:undo", args=[decision.pk]), {"reasons": "Ik vergiste me."})

    post.refresh_from_db()
    assert (post.hidden_at, post.state) == (None, Post.State.OPEN)
    assert Decision.objects.count() == 2


def test_decision_without_reasons_is_refused(client_for: ClientFor, dirk: Resident, report: Report) -> None:
    response = client_for(dirk).post(
        reverse("moderation:report_detail", args=[report.pk]), {"action": "hide", "rule": "geld", "reasons": "  "}
    )

    assert response.status_code == 422
    assert Decision.objects.count() == 0
    with pytest.raises(NoReasonsError):
        decide(by=dirk, report=report, action="hide", reasons=" ")


def test_decision_is_taken_once(dirk: Resident, report: Report) -> None:
    decide(by=dirk, report=report, action="keep", reasons=REASONS)

    with pytest.raises(AlreadyDecidedError):
        decide(by=dirk, report=report, action="hide", reasons=REASONS)


def test_nobody_decides_about_themselves(dirk: Resident) -> None:
    own = make_post(author=dirk)
    report = Report.objects.create(
        community=own.community, subject_kind="post", subject_key=own.public_id, reason="other"
    )

    with pytest.raises(OwnCaseError):
        decide(by=dirk, report=report, action="keep", reasons=REASONS)


def test_moderator_of_another_community_sees_nothing(
    client_for: ClientFor, carla: Resident, dirk: Resident, report: Report
) -> None:
    elsewhere = make_post(author=carla)
    foreign = Report.objects.create(
        community=elsewhere.community, subject_kind="post", subject_key=elsewhere.public_id, reason="other"
    )

    assert client_for(dirk).get(reverse("moderation:report_detail", args=[foreign.pk])).status_code == 404


def test_held_post_goes_on_the_board_when_restored(client_for: ClientFor, dirk: Resident, anna: Resident) -> None:
    held = make_post(author=anna, state=Post.State.HELD)
    report = Report.objects.create(
        community=held.community, subject_kind="post", subject_key=held.public_id, reason="held"
    )

    decide(by=dirk, report=report, action="restore", reasons="Dit mag gewoon.")

    held.refresh_from_db()
    assert held.state == Post.State.OPEN
    assert held.published_at is not None


def test_held_report_offers_placing_or_not_placing_only(client_for: ClientFor, dirk: Resident, anna: Resident) -> None:
    held = make_post(author=anna, state=Post.State.HELD)
    report = Report.objects.create(
        community=held.community, subject_kind="post", subject_key=held.public_id, reason="held"
    )
    address = reverse("moderation:report_detail", args=[report.pk])

    response = client_for(dirk).post(address, {"action": "keep", "rule": "geld", "reasons": REASONS})

    assert response.status_code == 422
    assert "Plaats het niet" in client_for(dirk).get(address).content.decode()
