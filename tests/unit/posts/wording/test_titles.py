"""Titles made from fields, and the question to a helper."""

import pytest

from posts.wording.categories import CATEGORIES
from posts.wording.titles import NAMING, help_question, public_title


@pytest.mark.parametrize(
    ("kind", "category", "area", "when", "title"),
    [
        ("ask", "transport", "Krommenie", "donderdag", "Lift in Krommenie, donderdag"),
        ("ask", "admin", "Koog aan de Zaan", "", "Post en papieren in Koog aan de Zaan"),
        ("offer", "garden", "Wormerveer", "", "Aangeboden: tuin in Wormerveer"),
        ("offer", "transport", "", "elke week", "Aangeboden: lift, elke week"),
        ("ask", "groceries", " ", " ", "Boodschappen"),
        ("ask", "own-kind", "Zaandam", "", "Iets anders in Zaandam"),
        ("ask", "pets", "100% Zaandam", "%(title)s", "Hulp met dieren in 100% Zaandam, %(title)s"),
    ],
)
def test_public_title(kind: str, category: str, area: str, when: str, title: str) -> None:
    assert public_title(kind=kind, category=category, area_name=area, when=when) == title


@pytest.mark.parametrize(
    ("category", "when", "question"),
    [
        ("transport", "donderdag", "Kun jij donderdag een lift geven?"),
        ("admin", "", "Kun jij helpen met post en papieren?"),
        ("activities", "zaterdag", "Heb jij zin om zaterdag samen iets te doen?"),
        ("own-kind", "", "Kun jij een buur ergens mee helpen?"),
    ],
)
def test_help_question(category: str, when: str, question: str) -> None:
    assert help_question(category=category, when=when) == question


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_category_has_a_question_with_and_without_a_time(category: str) -> None:
    without, with_time = help_question(category=category, when=""), help_question(category=category, when="morgen")

    assert without.endswith("?")
    assert with_time.replace("morgen ", "") == without


def test_naming_knows_exactly_the_categories() -> None:
    assert set(NAMING) == set(CATEGORIES)
