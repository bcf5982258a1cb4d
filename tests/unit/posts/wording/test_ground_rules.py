"""The cards of ground rules."""

import pytest

from posts.wording.categories import CATEGORIES
from posts.wording.ground_rules import GROUND_RULES, ground_rules_for


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_category_has_a_short_card(category: str) -> None:
    rules = ground_rules_for(category)

    assert str(rules.title).startswith("Zo werk")
    assert 2 <= len(rules.lines) <= 4
    assert all(len(str(line)) <= 90 for line in rules.lines)


def test_lift_shows_the_community_text_about_insurance_or_promises_nothing() -> None:
    own = ground_rules_for("transport", insurance_text="Lees hoe dat in Zaanstad zit.")
    unknown = ground_rules_for("transport", insurance_text=" ")

    assert own.lines[-1] == "Lees hoe dat in Zaanstad zit."
    assert str(unknown.lines[-1]) == "Burenhulp is niet altijd verzekerd. Vraag het aan je gemeente."


def test_insurance_text_stays_off_cards_where_it_does_not_matter() -> None:
    assert ground_rules_for("admin", insurance_text="Verzekerd") == GROUND_RULES["admin"]


def test_paperwork_never_asks_for_digid() -> None:
    assert "DigiD" in str(ground_rules_for("admin").lines[0])


@pytest.mark.parametrize("category", ["childcare", "care"])
def test_children_and_care_are_for_adults_who_met_outside_first(category: str) -> None:
    rules = ground_rules_for(category)

    assert rules.adults_only
    assert rules.meet_in_public_first


def test_unknown_category_gets_the_general_card() -> None:
    assert ground_rules_for("own-kind") == GROUND_RULES["other"]
