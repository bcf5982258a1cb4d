"""The page "vraag mij maar": wishes are kept, shortcuts fill the week, what is not on offer is refused."""

import re
from typing import Any

import pytest
from django.urls import reverse

from buurt.communities.models import Community
from buurt.residents.models import HelpPreferences, Resident
from buurt.residents.services import WHOLE_TOWN
from buurt.residents.week import ALL_TIMES, WEEKDAY_DAYTIME, times_of
from tests.conftest import ClientFor

WISHES = {
    "active": "on",
    "kinds": ["transport", "garden"],
    "distance_km": "6",
    "times": ["0-0", "1-2"],
    "asks_a_month": "5",
    "limits": ["no_stairs"],
    "paused_until": "",
    "quiet_from": "22:00",
    "quiet_until": "07:30",
}


def test_preferences_are_kept_as_wished(anna: Resident, client_for: ClientFor) -> None:
    client = client_for(anna)

    response = client.post(reverse("residents:preferences"), WISHES)

    kept = HelpPreferences.objects.get(resident=anna)
    assert response.status_code == 302
    assert kept.active
    assert kept.switched_on_at is not None
    assert set(kept.kinds.values_list("category", flat=True)) == {"transport", "garden"}
    assert (kept.distance_km, kept.asks_a_month, kept.limits) == (6, 5, ["no_stairs"])
    assert kept.times == 0b100001
    page = client.get(reverse("residents:preferences")).content.decode()
    assert 'name="times" value="1-2" checked' in page
    assert 'name="times" value="1-1" checked' not in page


def test_preferences_can_be_changed_and_switched_off(anna: Resident, client_for: ClientFor) -> None:
    client = client_for(anna)
    client.post(reverse("residents:preferences"), WISHES)
    off = {**WISHES, "kinds": ["pets"], "distance_km": str(WHOLE_TOWN)}
    del off["active"]

    client.post(reverse("residents:preferences"), off)

    kept = HelpPreferences.objects.get(resident=anna)
    assert not kept.active
    assert kept.distance_km == WHOLE_TOWN
    assert list(kept.kinds.values_list("category", flat=True)) == ["pets"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kinds": []}, "Kies minstens één soort hulp."),
        ({"times": []}, "Kies minstens één moment in de week."),
        ({"kinds": ["vliegen"]}, "vliegen"),
        ({"distance_km": "500"}, "500"),
        ({"times": ["9-9"]}, "9-9"),
        ({"asks_a_month": "1000"}, "1000"),
        ({"paused_until": "ooit"}, "Vul een datum in"),
        ({"quiet_from": "laat"}, "Vul een tijd in"),
    ],
)
def test_preferences_refuse_what_is_not_on_offer(
    anna: Resident, client_for: ClientFor, change: dict[str, Any], words: str
) -> None:
    response = client_for(anna).post(reverse("residents:preferences"), {**WISHES, **change})

    assert response.status_code == 422
    assert words in response.content.decode()
    assert not HelpPreferences.objects.filter(resident=anna).exists()


@pytest.mark.parametrize(("fill", "times"), [("altijd", ALL_TIMES), ("doordeweeks", WEEKDAY_DAYTIME)])
def test_shortcut_fills_the_week_and_keeps_the_rest(
    anna: Resident, client_for: ClientFor, fill: str, times: int
) -> None:
    response = client_for(anna).post(reverse("residents:preferences"), {**WISHES, "fill": fill, "paused_until": "ooit"})

    html = response.content.decode()
    assert response.status_code == 200
    assert html.count('name="times"') == 21
    ticked = re.findall(r'name="times" value="(\d-\d)" checked', html)
    assert times_of(ticked) == times
    assert 'value="ooit"' in html
    assert not HelpPreferences.objects.filter(resident=anna).exists()


def test_preferences_first_ask_who_you_are(zaanstad: Community, fresh: Resident, client_for: ClientFor) -> None:
    response = client_for(fresh).get(reverse("residents:preferences"))

    assert response["Location"] == "/mij/start?next=%2Fhelpen%2Finstellingen"


def test_young_helpers_are_not_offered_child_care(anna: Resident, client_for: ClientFor) -> None:
    Resident.objects.filter(pk=anna.pk).update(age_band=Resident.AgeBand.YOUNG)
    client = client_for(anna)

    assert 'value="childcare"' not in client.get(reverse("residents:preferences")).content.decode()
    refused = client.post(reverse("residents:preferences"), {**WISHES, "kinds": ["childcare"]})
    assert refused.status_code == 422


def test_community_switches_kinds_off(anna: Resident, zaanstad: Community, client_for: ClientFor) -> None:
    zaanstad.categories_off = ["lending"]
    zaanstad.save()

    page = client_for(anna).get(reverse("residents:preferences")).content.decode()

    assert 'value="lending"' not in page
    assert 'value="garden"' in page
