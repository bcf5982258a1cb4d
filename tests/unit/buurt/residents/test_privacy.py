"""privacy.yml speaks of every column, and of nothing that is not there."""

import copy

from django.core.management import call_command

from buurt.residents.checks import columns_without_rule, every_column_has_a_rule, privacy_rules, rules_without_column


def test_every_column_has_a_rule() -> None:
    assert columns_without_rule(privacy_rules()) == []
    assert every_column_has_a_rule() == []


def test_every_rule_has_its_column_and_its_words() -> None:
    assert rules_without_column(privacy_rules()) == []
    for name, rule in privacy_rules()["rules"].items():
        assert {"what", "purpose", "basis", "retention", "erase"} <= set(rule), name


def test_new_column_without_rule_is_found() -> None:
    document = copy.deepcopy(privacy_rules())
    document["models"]["residents.Resident"]["profile"].remove("about")
    del document["models"]["residents.Block"]

    assert columns_without_rule(document) == [
        "residents.Resident.about",
        "residents.Block.blocker",
        "residents.Block.blocked",
        "residents.Block.created_at",
    ]


def test_rule_for_a_column_that_is_gone_is_found() -> None:
    document = copy.deepcopy(privacy_rules())
    document["models"]["residents.Block"]["bestaat_niet"] = ["weg"]

    assert rules_without_column(document) == ["residents.Block.weg", "residents.Block: bestaat_niet"]


def test_system_check_knows_the_rules() -> None:
    call_command("check", tags=["privacy"])
