"""Asking in three screens, through HTTP: nothing is lost, nothing is sent twice."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurt.communities.models import Community
from buurt.residents.models import Resident
from posts.models import Post
from tests.conftest import ClientFor, Login
from tests.factories.residents import make_resident
from tests.integration.posts.asking import LIFT, key_in, ready_sheet, send, shown, write_plan, write_words


def test_three_screens_publish_an_ask(client_for: ClientFor, anna: Resident) -> None:
    client = client_for(anna)

    second = write_words(client)
    plan = shown(client, second)
    check = write_plan(client, second)
    page = shown(client, check)
    status = send(client, check)

    post = Post.objects.get()
    assert "Dit lijkt ons: <b>Lift</b>" in plan
    assert "Zo werkt een lift" in plan
    assert "Zet mijn vraag erop" in page
    assert LIFT in page
    assert "Lift in Krommenie" in page
    assert (post.text, post.category, post.state, post.author) == (LIFT, "transport", "open", anna)
    assert status == reverse("posts:status", args=[post.public_id])
    assert "Zo staat het ervoor" in shown(client, status)


def test_three_screens_publish_an_offer(client_for: ClientFor, bilal: Resident) -> None:
    client = client_for(bilal)
    second = write_words(client, "Ik kook op donderdag graag een portie extra", screen="posts:offer")

    check = write_plan(client, second, category="cooking", timing="weekly", weekday="3")
    send(client, check)

    post = Post.objects.get()
    assert urlsplit(check).path == reverse("posts:offer_check")
    assert (post.kind, post.category, post.timing, post.weekday) == ("offer", "cooking", "weekly", 3)


def test_everything_filled_in_arrives(client_for: ClientFor, anna: Resident) -> None:
    client = client_for(anna)
    day = timezone.localdate() + timedelta(days=3)

    check = ready_sheet(
        client,
        timing="day",
        day=day.isoformat(),
        at="9:30",
        duration_minutes="60",
        on_behalf_of="other",
        places="2",
        visibility="quiet",
        reach="area",
        spoken="tr",
        broker_consent="on",
    )
    send(client, check)

    post = Post.objects.get()
    slot = post.slots.get()
    assert slot.starts_at is not None
    assert timezone.localtime(slot.starts_at).strftime("%Y-%m-%d %H:%M") == f"{day.isoformat()} 09:30"
    assert slot.places == 2
    assert (post.timing, post.duration_minutes, post.on_behalf_of) == ("day", 60, "other")
    assert (post.visibility, post.reach, post.spoken, post.broker_consent) == ("quiet", "area", ["tr"], True)


def test_nobody_consents_by_leaving_a_box_empty(client_for: ClientFor, anna: Resident) -> None:
    client = client_for(anna)

    send(client, ready_sheet(client))

    assert Post.objects.get().broker_consent is False


def test_front_page_and_links_bring_words_along(client: Client, zaanstad: Community) -> None:
    page = shown(client, reverse("posts:ask") + "?tekst=Wie+maait+mijn+gras&soort=garden")

    assert "Wie maait mijn gras" in page
    assert '<option value="garden" selected>' in page


def test_another_kind_can_always_be_chosen(client: Client, zaanstad: Community) -> None:
    second = write_words(client)

    response = client.post(
        urlsplit(second).path, {"k": key_in(second), "act": "category", "category": "garden", "timing": "weekly"}
    )

    page = response.content.decode()
    assert response.status_code == 200
    assert "Soort hulp: <b>Tuin</b>" in page
    assert "Zo werkt hulp in de tuin" in page
    assert 'value="weekly"' in page.split("checked")[0].rsplit("<input", 1)[1], "what was chosen stays"
    assert "Soort hulp: <b>Tuin</b>" in shown(client, second)


def test_own_kind_is_not_guessed_over(client: Client, zaanstad: Community) -> None:
    second = write_words(client, category="company")

    assert "Soort hulp: <b>Gezelschap en meegaan</b>" in shown(client, second)


def test_unclear_words_open_the_choice_of_kind(client: Client, zaanstad: Community) -> None:
    page = shown(client, write_words(client, "Hallo allemaal"))

    assert "Kies wat voor hulp het is" in page


def test_kind_that_is_off_here_is_neither_guessed_nor_offered(client: Client, zaanstad: Community) -> None:
    Community.objects.filter(pk=zaanstad.pk).update(categories_off=["transport"])

    page = shown(client, write_words(client))

    assert "Dit lijkt ons" not in page
    assert 'value="transport"' not in page


def test_advice_points_and_never_blocks(client_for: ClientFor, anna: Resident) -> None:
    client = client_for(anna)
    second = write_words(client, "Kan iemand mij rijden? Bel 06 12345678")

    page = shown(client, second)
    send(client, write_plan(client, second))

    assert "Zet je telefoonnummer liever niet in je tekst" in page
    assert Post.objects.get().state == Post.State.OPEN


def test_check_shows_visitors_only_what_they_will_see(client_for: ClientFor, anna: Resident) -> None:
    client = client_for(anna)

    page = shown(client, ready_sheet(client, on_behalf_of="other", spoken="tr"))
    neighbours, visitors = page.split("Dit ziet iemand die niet is ingelogd")

    assert "voor iemand anders" in neighbours
    assert "Turks" in neighbours
    assert LIFT in neighbours
    assert "voor iemand anders" not in visitors
    assert "Turks" not in visitors
    assert LIFT not in visitors


def test_quiet_ask_shows_visitors_nothing(client: Client, zaanstad: Community) -> None:
    page = shown(client, ready_sheet(client, visibility="quiet"))

    assert "Niets. Het staat nergens anders." in page


def test_title_can_be_changed_before_sending(client_for: ClientFor, anna: Resident) -> None:
    client = client_for(anna)
    check = ready_sheet(client)

    client.post(urlsplit(check).path, {"k": key_in(check), "act": "title", "title": "Lift naar\nhet ziekenhuis"})
    send(client, check)

    assert Post.objects.get().title == "Lift naar het ziekenhuis"


def test_going_back_keeps_an_own_title(client_for: ClientFor, anna: Resident) -> None:
    client = client_for(anna)
    check = ready_sheet(client)
    client.post(urlsplit(check).path, {"k": key_in(check), "act": "title", "title": "Naar de poli"})

    second = write_words(client, "Kan iemand mij vrijdag rijden?", k=key_in(check))
    send(client, write_plan(client, second))

    post = Post.objects.get()
    assert (post.title, post.text) == ("Naar de poli", "Kan iemand mij vrijdag rijden?")


def test_visitor_logs_in_on_the_way_without_losing_a_word(client: Client, login: Login, anna: Resident) -> None:
    check = ready_sheet(client)

    page = shown(client, check)
    to_login = send(client, check)
    login(client, anna)
    again = shown(client, check)
    send(client, check)

    assert "jouw wijk" in page
    assert to_login.startswith(reverse("account_login"))
    assert "nakijken" in to_login
    assert LIFT in again
    assert Post.objects.get().text == LIFT


def test_new_resident_first_says_name_and_place(client: Client, login: Login, zaanstad: Community) -> None:
    newcomer = Resident.objects.create_user("nieuw@example.org")
    check = ready_sheet(client)
    login(client, newcomer)

    to_start = send(client, check)

    assert to_start.startswith(reverse("residents:start"))
    assert "nakijken" in to_start
    assert not Post.objects.exists()
    assert LIFT in shown(client, check), "the sheet waits"


def test_form_sent_twice_publishes_once(client_for: ClientFor, anna: Resident) -> None:
    client = client_for(anna)
    check = ready_sheet(client)

    first = send(client, check)
    second = send(client, check)

    assert first == second
    assert Post.objects.count() == 1


def test_same_sheet_in_another_browser_publishes_once(client_for: ClientFor, anna: Resident) -> None:
    one, other = client_for(anna), client_for(anna)
    check = ready_sheet(one)
    session = other.session
    session["post_sheets"] = one.session["post_sheets"]
    session.save()

    send(one, check)
    send(other, check)

    assert Post.objects.count() == 1


def test_two_tabs_do_not_mix(client_for: ClientFor, anna: Resident) -> None:
    client = client_for(anna)
    lift = ready_sheet(client)
    garden = ready_sheet(client, "Wie maait mijn gras?", category="garden")

    send(client, lift)
    assert Post.objects.get().text == LIFT
    send(client, garden)

    assert set(Post.objects.values_list("category", flat=True)) == {"transport", "garden"}


def test_peeking_while_typing_keeps_nothing(client: Client, zaanstad: Community) -> None:
    page = client.post(reverse("posts:ask"), {"text": f"{LIFT} Bel 06 12345678", "peek": "1"}).content.decode()

    assert "Dit lijkt ons: <b>Lift</b>" in page
    assert "Zet je telefoonnummer liever niet in je tekst" in page
    assert "<html" not in page
    assert "post_sheets" not in client.session


def test_unsent_ask_is_offered_again(client: Client, zaanstad: Community) -> None:
    second = write_words(client)

    page = shown(client, reverse("posts:ask"))

    assert "Je was al bezig met een vraag" in page
    assert key_in(second) in page


def test_expectation_comes_from_real_figures_only(client_for: ClientFor, anna: Resident, zaanstad: Community) -> None:
    client = client_for(anna)
    check = ready_sheet(client)

    assert "van de 10" not in shown(client, check)

    _ten_answered_lifts(zaanstad)
    assert "10 van de 10" in shown(client, check)


def _ten_answered_lifts(zaanstad: Community) -> None:
    from tests.factories.posts import make_engagement, make_post

    helper = make_resident(community=zaanstad)
    since = timezone.now() - timedelta(days=4)
    for _each in range(10):
        post = make_post(author=make_resident(community=zaanstad), published_at=since)
        make_engagement(post=post, helper=helper, reserved_at=since + timedelta(hours=5))


@pytest.mark.parametrize("screen", ["posts:ask", "posts:offer"])
def test_first_screen_opens_for_everybody(client: Client, zaanstad: Community, screen: str) -> None:
    response = client.get(reverse(screen))

    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
