"""The words of an ask that point to a wegwijzer, and the many that do not."""

import pytest

from journeys.library import find_journey
from journeys.signs import SIGNS, choices_of, sign_in


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ik word mijn huis uitgezet en zoek dozen", "huis"),
        ("Volgende week is de ontruiming, wie helpt sjouwen?", "huis"),
        ("Ze willen mijn stroom afsluiten", "stroom"),
        ("Het gas is\nvandaag AFGESLOTEN", "stroom"),
        ("Er komt een deurwaarder", "beslag"),
        ("Ik heb schulden en snap de brieven niet", "schulden"),
        ("Mijn man is overleden, wie helpt met zijn papieren?", "rouw"),
        ("Wij hebben een pasgeboren baby", "baby"),
        ("Ik ben zwanger en kan niet tillen", "zwanger"),
        ("We gaan uit elkaar, wie helpt verhuizen?", "scheiding"),
        ("Ik kreeg ontslag", "ontslag"),
        ("Ontslag gekregen, en nu een deurwaarder", "beslag"),
    ],
)
def test_words_point_to_a_wegwijzer(text: str, name: str) -> None:
    sign = sign_in(text)

    assert sign is not None
    assert sign.name == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Kan iemand mij donderdag naar het ziekenhuis rijden?",
        "Wie helpt mij mijn post sorteren?",
        "Het was mijn eigen schuld dat de kast viel",
        "Wie sluit mijn gasfornuis aan?",
        "Wie past er op mijn poes?",
        "Wie gaat mee wandelen over de scheidsweg?",
    ],
)
def test_ordinary_ask_points_nowhere(text: str) -> None:
    assert sign_in(text) is None


def test_every_sign_fills_in_what_its_wegwijzer_asks() -> None:
    for sign in SIGNS:
        journey = find_journey(sign.journey_id)
        assert journey is not None, sign
        choices = choices_of(sign.name, sign.journey_id)
        for question, options in choices.items():
            asked = journey.question(question)
            assert asked is not None, sign
            assert asked.allows(options), sign


@pytest.mark.parametrize(("name", "journey_id"), [("", "geld-en-post"), ("x", "geld-en-post"), ("huis", "kind-erbij")])
def test_forged_sign_fills_in_nothing(name: str, journey_id: str) -> None:
    assert choices_of(name, journey_id) == {}
