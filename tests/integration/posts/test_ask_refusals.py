"""What the three screens refuse: a clear word, and what was typed stays."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurt.communities.models import Community
from buurt.moderation.models import Report
from buurt.residents.models import Resident
from posts.models import Post
from tests.conftest import ClientFor, Login
from tests.integration.posts.asking import (
    DANGER,
    LIFT,
    PLAN,
    key_in,
    ready_sheet,
    send,
    shown,
    write_plan,
    write_words,
)


def refused_words(client: Client, text: str, **more: str) -> str:
    response = client.post(reverse("posts:ask"), {"text": text, **more})
    assert response.status_code == 200
    return str(response.content.decode())


def refused_plan(client: Client, address: str, **more: str) -> str:
    response = client.post(urlsplit(address).path, {**PLAN, "k": key_in(address), **more})
    assert response.status_code == 200
    return str(response.content.decode())


def test_empty_words_are_asked_for(client: Client, zaanstad: Community) -> None:
    page = refused_words(client, "  \r\n ")

    assert "Schrijf in een paar woorden waar het om gaat." in page
    assert "Dit klopt nog niet" in page


def test_far_too_long_text_is_refused_and_kept(client: Client, zaanstad: Community) -> None:
    text = "a" * 100_000

    page = refused_words(client, text)

    assert "Je tekst is te lang: 100.000 tekens. Er passen er 2.000." in page
    assert text in page


def test_two_thousand_characters_fit_with_line_ends_counted_once(client_for: ClientFor, anna: Resident) -> None:
    client = client_for(anna)
    text = "lift\r\n" * 399 + "lift!"

    send(client, write_plan(client, write_words(client, text)))

    assert len(Post.objects.get().text) == 2_000


def test_unknown_kind_is_refused_and_words_stay(client: Client, zaanstad: Community) -> None:
    page = refused_words(client, LIFT, category="goud-zoeken")

    assert "Deze soort hulp kennen we niet" in page
    assert LIFT in page


def test_unknown_kind_on_the_second_screen(client: Client, zaanstad: Community) -> None:
    second = write_words(client)

    assert "Deze soort hulp kennen we niet" in refused_plan(client, second, category="goud-zoeken")
    assert "Deze soort hulp kennen we niet" in refused_plan(client, second, category="x", act="category")


def test_script_tags_stay_words(client_for: ClientFor, anna: Resident) -> None:
    client = client_for(anna)
    text = "<script>alert(1)</script> Wie rijdt mij?"

    second = write_words(client, text)
    check = write_plan(client, second)
    pages = [shown(client, second), shown(client, check), shown(client, send(client, check))]

    assert all("<script>alert" not in page for page in pages)
    assert all("&lt;script&gt;alert(1)" in page for page in pages)


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"timing": "day", "day": ""}, "Kies op welke dag."),
        ({"timing": "day", "day": "2020-01-01"}, "Die dag is al voorbij."),
        ({"timing": "day", "day": "2999-01-01"}, "meer dan een jaar weg"),
        ({"timing": "day", "day": "volgende week"}, "Schrijf de dag zo: 26-11-2026."),
        ({"timing": "day", "day": "31-02-2026"}, "Schrijf de dag zo: 26-11-2026."),
        ({"timing": "weekly", "weekday": ""}, "Kies welke dag van de week."),
        ({"timing": "weekly", "weekday": "8"}, "Kies iets uit de lijst."),
        ({"timing": ""}, "Kies een moment."),
        ({"places": "500"}, "Kies iets uit de lijst."),
        ({"visibility": "circle"}, "Kies iets uit de lijst."),
        ({"spoken": "klingon"}, "Kies iets uit de lijst."),
    ],
)
def test_impossible_answers_are_refused(
    client: Client, zaanstad: Community, answers: dict[str, str], words: str
) -> None:
    page = refused_plan(client, write_words(client), **answers)

    assert words in page
    assert "Dit klopt nog niet" in page


def test_time_of_today_that_is_over_is_refused(client: Client, zaanstad: Community) -> None:
    with time_machine.travel(datetime.fromisoformat("2026-11-23T14:00:00+01:00"), tick=False):
        second = write_words(client)

        page = refused_plan(client, second, timing="day", day="2026-11-23", at="13:30")
        later = write_plan(client, second, timing="day", day="23-11-2026", at="14.30")

    assert "Die tijd is al voorbij." in page
    assert urlsplit(later).path == reverse("posts:ask_check")


def test_wrong_day_does_not_matter_when_it_does_not_count(client: Client, zaanstad: Community) -> None:
    check = write_plan(client, write_words(client), timing="any", day="onzin", weekday="8")

    assert urlsplit(check).path == reverse("posts:ask_check")


def test_day_that_passed_while_logging_in_leads_back(client_for: ClientFor, anna: Resident) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    client = client_for(anna)
    check = ready_sheet(client, timing="day", day=tomorrow.isoformat(), at="10:00")

    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        back = send(client, check)
        page = shown(client, back)

    assert urlsplit(back).path == reverse("posts:ask_when")
    assert "Kies een dag en tijd die nog komen" in page
    assert not Post.objects.exists()


@pytest.mark.parametrize("screen", ["posts:ask_when", "posts:ask_check", "posts:offer_when", "posts:offer_check"])
@pytest.mark.parametrize("key", ["", "?k=onzin", f"?k={uuid4()}"])
def test_lost_session_is_said_kindly(client: Client, zaanstad: Community, screen: str, key: str) -> None:
    response = client.get(reverse(screen) + key, follow=True)

    assert response.status_code == 200
    assert "We hebben je tekst niet meer." in response.content.decode()


def test_sheet_that_was_played_with_counts_as_lost(client: Client, zaanstad: Community) -> None:
    second = write_words(client)
    session = client.session
    session["post_sheets"] = {key_in(second): {"draft": {"kind": "ask", "places": "veel"}}}
    session.save()

    assert client.get(second)["Location"] == reverse("posts:ask")


def test_ask_is_not_continued_as_an_offer(client: Client, zaanstad: Community) -> None:
    second = write_words(client)

    response = client.get(reverse("posts:offer_when") + f"?k={key_in(second)}")

    assert response["Location"] == reverse("posts:offer")


def test_check_comes_after_the_plan(client: Client, zaanstad: Community) -> None:
    second = write_words(client)

    response = client.post(reverse("posts:ask_check"), {"k": key_in(second)})

    assert response["Location"] == second


def test_restricted_resident_reads_why_and_keeps_the_words(client_for: ClientFor, anna: Resident) -> None:
    Resident.objects.filter(pk=anna.pk).update(restricted_until=timezone.now() + timedelta(days=2))
    client = client_for(anna)
    check = ready_sheet(client)

    back = send(client, check)
    page = shown(client, back)

    assert back == check
    assert "Je kunt hier nu even niets plaatsen" in page
    assert LIFT in page
    assert not Post.objects.exists()


def test_children_are_for_adults(client_for: ClientFor, anna: Resident) -> None:
    Resident.objects.filter(pk=anna.pk).update(age_band=Resident.AgeBand.YOUNG)
    client = client_for(anna)
    check = ready_sheet(client, "Wie past op?", category="childcare")

    page = shown(client, send(client, check))

    assert "alleen voor mensen van 18 jaar en ouder" in page
    assert not Post.objects.exists()


@pytest.mark.parametrize("screen", ["posts:ask", "posts:ask_when", "posts:ask_check"])
def test_other_methods_are_refused(client: Client, zaanstad: Community, screen: str) -> None:
    assert client.put(reverse(screen)).status_code == 405
    assert client.delete(reverse(screen)).status_code == 405


def test_form_without_csrf_is_refused(zaanstad: Community) -> None:
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(reverse("posts:ask"), {"text": LIFT}).status_code == 403


class TestWordsOfDanger:
    """A helper might be the one fled from: nothing goes on before a second, clear choice."""

    def test_help_comes_first_and_nothing_is_kept(self, client: Client, zaanstad: Community) -> None:
        page = refused_words(client, DANGER)

        assert "tel:112" in page
        assert "0800-2000" in page
        assert page.index('value="team"') < page.index('value="neighbours"'), "the quiet way is offered first"
        assert DANGER in page
        assert "post_sheets" not in client.session

    def test_quiet_way_waits_for_the_team(self, client: Client, login: Login, anna: Resident) -> None:
        second = write_words(client, DANGER, danger_choice="team")
        check = write_plan(client, second, visibility="public")
        login(client, anna)

        page = shown(client, check)
        send(client, check)

        post = Post.objects.get()
        assert "Stuur het naar het team" in page
        assert (post.state, post.visibility, post.broker_consent) == ("held", "quiet", True)
        assert not Report.objects.filter(reason=Report.Reason.HELD).exists(), "the team reads it, no moderator"
        assert post.public_id not in client_board(client)

    def test_neighbours_after_the_second_choice(self, client_for: ClientFor, anna: Resident) -> None:
        client = client_for(anna)

        send(client, write_plan(client, write_words(client, DANGER, danger_choice="neighbours")))

        assert Post.objects.get().state == Post.State.OPEN

    def test_invented_choice_is_none(self, client: Client, zaanstad: Community) -> None:
        assert "tel:112" in refused_words(client, DANGER, danger_choice="ja")

    def test_other_words_of_danger_ask_again(self, client: Client, zaanstad: Community) -> None:
        second = write_words(client, DANGER, danger_choice="neighbours")

        assert "tel:112" in refused_words(client, f"{DANGER} Hij komt zo thuis.", k=key_in(second))

    def test_same_words_do_not_ask_again(self, client: Client, zaanstad: Community) -> None:
        second = write_words(client, DANGER, danger_choice="neighbours")

        assert urlsplit(write_words(client, DANGER, k=key_in(second))).path == reverse("posts:ask_when")

    def test_sheet_without_the_choice_goes_back(self, client_for: ClientFor, anna: Resident) -> None:
        client = client_for(anna)
        check = write_plan(client, write_words(client, DANGER, danger_choice="neighbours"))
        session = client.session
        session["post_sheets"][key_in(check)]["danger_choice"] = ""
        session.save()

        assert urlsplit(send(client, check)).path == reverse("posts:ask")
        assert not Post.objects.exists()


def client_board(client: Client) -> str:
    return shown(client, reverse("posts:board"))
