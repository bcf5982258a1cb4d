"""Error pages say in plain Dutch what happened and where to go on, also when hardly anything works."""

import pytest
from django.template.loader import render_to_string
from django.test import Client, override_settings


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("400.html", "Dat begrepen we niet"),
        ("403_csrf.html", "Stuur het nog een keer"),
        ("500.html", "Er ging iets mis bij ons"),
    ],
)
def test_these_pages_need_no_context_and_no_address(template: str, words: str) -> None:
    # A broken table of addresses must not turn one error into two.
    with override_settings(ROOT_URLCONF="nothing.here"):
        page = render_to_string(template)

    assert f"<h1>{words}</h1>" in page
    assert 'href="/"' in page
    assert "buurt.css" in page


@pytest.mark.django_db
def test_an_unknown_address_gets_a_dutch_page_with_ways_on(client: Client) -> None:
    response = client.get("/bestaat-niet")

    assert response.status_code == 404
    page = response.content.decode()
    assert "Deze bladzijde is er niet" in page
    assert 'href="/prikbord"' in page
    assert 'href="#inhoud"' in page
    assert page.count("<h1>") == 1


@pytest.mark.django_db
def test_a_form_without_its_token_is_refused_kindly() -> None:
    response = Client(enforce_csrf_checks=True).post("/vraag", {"text": "hallo"})

    assert response.status_code == 403
    assert "Stuur het nog een keer" in response.content.decode()
