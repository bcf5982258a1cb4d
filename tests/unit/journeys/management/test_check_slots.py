"""Empty slots are named, filled ones are not."""

import pytest
from django.core.management import CommandError, call_command

from buurt.communities.models import Community
from journeys.filling import slots_in_use
from journeys.slots import NAMES, NATIONAL, PERSONAL
from tests.factories.organisations import make_organisation


def test_empty_slots_are_named_with_their_wegwijzers(zaanstad: Community, capsys: pytest.CaptureFixture[str]) -> None:
    make_organisation(community=zaanstad, kind="counter", slot="burgerzaken", name="Burgerzaken")
    everywhere = {slot for slot, who in NATIONAL.items() if who.same}

    with pytest.raises(SystemExit):
        call_command("check_slots", "zaanstad")

    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(set(slots_in_use()) - PERSONAL - everywhere) - 1
    for slot in ("burgerzaken", "uwv", "huisarts"):
        assert not any(line.startswith(f"zaanstad: {slot} ") for line in lines)
    (debts,) = [line for line in lines if line.startswith("zaanstad: schuldhulp ")]
    assert "geld-en-post" in debts


def test_nothing_is_said_when_all_are_filled(zaanstad: Community, capsys: pytest.CaptureFixture[str]) -> None:
    for slot in NAMES:
        make_organisation(community=zaanstad, kind="counter", slot=slot, name=slot)

    call_command("check_slots")

    assert capsys.readouterr().out == ""


def test_unknown_community_is_refused(zaanstad: Community) -> None:
    with pytest.raises(CommandError, match="nergens"):
        call_command("check_slots", "nergens")
