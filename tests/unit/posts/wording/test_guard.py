"""The guard: what it points at, what it leaves alone, and what it says."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posts.wording.contact import contact_details
from posts.wording.guard import CODES, danger, look_over


def _codes(text: str) -> set[str]:
    return {finding.code for finding in look_over(text)}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Bel een 06-12345678 na vijven.", "contact_details"),
        ("Ik ben te bereiken op +32 470 12 34 56.", "contact_details"),
        ("اتصل بي ٠٦١٢٣٤٥٦٧٨", "contact_details"),
        ("Kom naar Dorpsstraat 7b.", "contact_details"),
        ("Mijn IBAN is NL91 ABNA 0417 1643 00.", "contact_details"),
        ("De key is under the doormat.", "contact_details"),
        ("Vraagprijs 25,-", "money"),
        ("Ik bied 10 euro per keer.", "money"),
        ("Kun je mij geld lenen tot vrijdag?", "money"),
        ("Mijn oom heeft parkinson.", "health_details"),
        ("Hij kreeg de diagnose vorige week.", "health_details"),
        ("Zij slikt oxazepam om te slapen.", "health_details"),
        ("Vraag een vrijblijvende offerte aan.", "commercial"),
        ("Vakwerk met 10 jaar garantie.", "commercial"),
        ("Onze tevreden klanten raden ons aan, 15% korting.", "commercial"),
        ("Wie kan het verband elke dag wisselen?", "professional_care"),
        ("Iemand om insuline te spuiten bij mijn vader.", "professional_care"),
        ("Wie voert namens mij het verweer bij de rechter?", "professional_care"),
        ("ik ben 12 en alleen thuis", "minors"),
        ("Sem, 14, zoekt hulp met wiskunde", "minors"),
        ("Mijn dochter reist voor het eerst alleen met de trein.", "minors"),
        ("Geen Marokkanen aan de deur.", "discrimination"),
        ("Alleen echte Nederlanders.", "discrimination"),
        ("Moslims hoeven niet te komen.", "discrimination"),
        ("Ik zoek een lieve vrouw voor het leven.", "dating"),
        ("Vrijgezel, slank, gek op een wijntje bij de open haard.", "dating"),
        ("Man van 50 zoekt leuke vriendin.", "dating"),
    ],
)
def test_look_over_points_at(text: str, code: str) -> None:
    assert code in _codes(text)


@pytest.mark.parametrize(
    "text",
    [
        "Het bonnetje betaal ik terug.",
        "Ik doe het voor niks terug, alleen een glimlach.",
        "Het is een lief ding waard als je komt.",
        "De echte kosten, zoals 4 euro parkeren, betaal ik.",
        "Op de kraan staat 0612 3415.",
        "Van 13.15 tot 15.45 uur, lijn 391.",
        "Het was op 01-09-2024 om 07.05 uur.",
        "Om 12 uur onderweg 5 minuten pauze.",
        "De deur gaat niet goed open, wie kijkt even?",
        "Ik ben 12 minuten lopen van het station.",
        "Ik ben 17 jaar vrijwilliger geweest.",
        "Ik was verpleegkundige, maar prikken laat ik aan anderen.",
        "Mijn hond is bang voor onweer en slaapt slecht.",
        "Nee, dit is geen datingsite.",
        "Achter de moskee staat een bankje, iedereen is welkom.",
        "'Moord op de veerpont' en nog veertig thrillers over.",
        "Mijn computer is besmet met een virus.",
        "De plantjes gaan dood als ze niet in de grond komen.",
        "Wat een klus: ik lach me dood.",
        "Mijn vrouw is vorig jaar overleden.",
    ],
)
def test_look_over_leaves_alone(text: str) -> None:
    assert look_over(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "first"),
    [
        ("Ik wil er een eind aan maken.", "suicide", "113"),
        ("Soms wou ik dat ik dood was.", "suicide", "113"),
        ("Mijn man slaat mij.", "violence", "112"),
        ("Ik moet weg zijn voordat hij thuis is.", "violence", "112"),
        ("Hij heeft pijn op de borst.", "medical", "112"),
        ("Ze is gevallen en reageert niet.", "medical", "112"),
        ("De buurman slaat zijn zoontje.", "child", "112"),
    ],
)
def test_danger_shows_whom_to_call(text: str, kind: str, first: str) -> None:
    found = danger(text)

    assert found is not None
    assert found.kinds[0] == kind
    assert found.lines[0].number == first
    assert all(finding.code == "danger" for finding in found.findings)


def test_danger_of_violence_shows_safe_home_and_of_suicide_its_free_number() -> None:
    violence, suicide = danger("Mijn vriend wurgt mij."), danger("Ik denk aan zelfmoord.")

    assert violence is not None
    assert suicide is not None
    assert "0800-2000" in {line.number for line in violence.lines}
    assert "0800-0113" in str(suicide.lines[0].note)


def test_danger_of_more_kinds_shows_each_number_once() -> None:
    found = danger("Mijn man slaat mij. Ik wil niet meer leven.")

    assert found is not None
    assert found.kinds == ("suicide", "violence")
    assert [line.number for line in found.lines] == ["113", "112", "0800-2000"]


def test_danger_over_and_done_with_is_none() -> None:
    assert danger("Mijn man heeft vorig jaar een hartaanval gehad.") is None


def test_two_light_signs_make_one_and_one_does_not() -> None:
    assert danger("Alles is hopeloos.") is None
    assert danger("Alles is hopeloos, ik kan niet meer.") is not None


def test_messages_are_plain_dutch() -> None:
    findings = look_over("Bel 0612345678")

    assert str(findings[0].message) == (
        "Zet je telefoonnummer liever niet in je tekst. Je deelt het later zelf, in het gesprek."
    )


def test_contact_details_tells_which_kind() -> None:
    text = "1506 ZK, Dorpsstraat 7, 06 12345678, riet@example.org, sleutel ligt onder de mat"

    assert {contact.kind for contact in contact_details(text)} == {"postcode", "address", "phone", "email", "key"}


def test_a_finding_points_at_the_words_in_the_text_as_given() -> None:
    text = "Één café, bel 06‑12345678"

    finding = look_over(text)[0]

    assert text[finding.start : finding.end] == "06‑12345678"


@given(st.text(max_size=400))
def test_any_text_is_read_without_error(text: str) -> None:
    for finding in look_over(text):
        assert finding.code in CODES
        assert 0 <= finding.start < finding.end <= len(text)
    danger(text)


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            [
                "ik",
                "ben",
                "12",
                "bel",
                "nul",
                "zes",
                "06",
                "12",
                "34",
                "56",
                "78",
                "mijn",
                "man",
                "slaat",
                "mij",
                "dood",
                "niet",
                "€",
                "10",
                "Kerkstraat",
                ".",
                "@",
                ",",
                "\n",
                "sleutel",
            ]
        )
    )
)
def test_any_row_of_telling_words_is_read_without_error(pieces: list[str]) -> None:
    text = " ".join(pieces)

    assert all(0 <= finding.start < finding.end <= len(text) for finding in look_over(text))


@pytest.mark.parametrize(
    "piece", ["a", "ik ", "een ", "06 ", "@", "a.b@", "mijn man slaat mij ", "€1 ", " ", "é́", "1-", "Aa1 "]
)
def test_a_huge_text_takes_no_time(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    started = time.process_time()

    look_over(text)

    assert time.process_time() - started < 0.25  # measured at a third of this; the margin is for a busy machine
