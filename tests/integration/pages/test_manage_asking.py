"""How a community asks its neighbours: who may set it, what is refused, and what then happens."""

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from buurt.communities.border_offers import MOST_SHARES, drop_offer, offer_share
from buurt.communities.borders import areas_shared_with, share_areas
from buurt.communities.models import Area, AreaShare, AreaShareOffer, Community
from buurt.ledger.models import Entry
from buurt.residents.models import Resident, Role
from buurt.residents.services import enrol_totp
from matching.choice import rules_of
from matching.models import MatchingRules
from tests.conftest import AfterCommit, ClientFor, RunJobs
from tests.factories.communities import make_area
from tests.factories.residents import make_role

pytestmark = pytest.mark.django_db
PAGE, OFFER, ANSWER, STOP = (
    f"/beheer/buren-vragen{rest}" for rest in ("", "/grens/aanbod", "/grens/antwoord", "/grens/stop")
)
RULES = {"ways": ["pooling", "hold"], "program": "three"}


@pytest.fixture
def ours(zaanstad: Community) -> Area:
    return zaanstad.areas.get(slug="assendelft")


@pytest.fixture
def theirs(haarlem: Community) -> Area:
    return haarlem.areas.get(slug="haarlem-centrum")


@pytest.fixture
def hans(carla: Resident) -> Resident:
    """Return the manager of the other community."""
    make_role(resident=carla, name=Role.Name.MANAGER)
    enrol_totp(carla)
    return carla


def _wish(ours: Area, theirs: Area) -> dict[str, str]:
    return {"grens-ours": str(ours.pk), "grens-theirs": str(theirs.pk)}


@pytest.mark.parametrize("who", ["anna", "bilal", "fatma", "dirk", "carla", None])
def test_nobody_but_the_manager_sets_anything(
    who: str | None, request: pytest.FixtureRequest, client_for: ClientFor, ours: Area, theirs: Area
) -> None:
    share = share_areas(by=None, one=ours, other=theirs)
    offer = AreaShareOffer.objects.create(area=theirs, other=Area.objects.get(slug="westzaan"))
    client = client_for(request.getfixturevalue(who)) if who else Client()

    assert client.get(PAGE).status_code == client.get("/beheer").status_code == 404
    for path, data in (
        (PAGE, RULES),
        (OFFER, _wish(ours, theirs)),
        (ANSWER, {"aanbod": offer.pk, "doe": "ja"}),
        (STOP, {"grens": share.pk, "zeker": "ja"}),
    ):
        assert client.post(path, data).status_code == 404, path
    assert not MatchingRules.objects.exists()
    assert AreaShare.objects.count() == AreaShareOffer.objects.count() == 1


def test_a_manager_shows_the_second_factor_first(mila: Resident, client: Client) -> None:
    client.force_login(mila)

    assert "reauthenticate" in client.post(PAGE, RULES)["Location"]
    assert not MatchingRules.objects.exists()


def test_manager_finds_the_page_from_the_menu(mila: Resident, client_for: ClientFor) -> None:
    client = client_for(mila)

    assert 'href="/beheer"' in client.get("/mij").content.decode()
    assert f'href="{PAGE}"' in client.get("/beheer").content.decode()
    page = client.get(PAGE).content.decode()
    assert re.search(r'value="pooling"[^>]* checked', page)
    assert not re.search(r'value="hold"[^>]* checked', page)
    assert "Jullie delen nu geen wijken." in page


def test_waves_go_as_the_manager_wants(zaanstad: Community, mila: Resident, client_for: ClientFor) -> None:
    client = client_for(mila)

    said = client.post(PAGE, RULES, follow=True).content.decode()

    assert "Bewaard. Vanaf de volgende ronde gaat het zo." in said
    settings = rules_of(zaanstad.pk)
    assert (settings.pooling, settings.hold, settings.wave) == (True, True, "fixed")
    entry = Entry.objects.get(verb="matching_rules_set")
    assert (entry.actor_id, entry.facts) == (mila.pk, {"community": zaanstad.pk, "hold": True, "program": "three"})

    assert "Er is niets veranderd." in client.post(PAGE, RULES, follow=True).content.decode()
    assert Entry.objects.filter(verb="matching_rules_set").count() == 1
    client.post(PAGE, {"program": "priced"})
    assert not rules_of(zaanstad.pk).pooling


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"ways": ["hold"], "program": "three"}, "Wachten helpt alleen"),
        ({"ways": ["pooling"], "program": "zeven"}, "zeven"),
        ({"ways": ["alles"], "program": "three"}, "alles"),
        ({}, "verplicht"),
    ],
)
def test_what_makes_no_sense_is_refused(
    wish: dict[str, object], words: str, mila: Resident, client_for: ClientFor
) -> None:
    answer = client_for(mila).post(PAGE, wish)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not MatchingRules.objects.exists()


class TestBorders:
    """One offers, the other accepts; either may end it."""

    def test_one_offers_and_the_other_accepts(
        self,
        mila: Resident,
        hans: Resident,
        client_for: ClientFor,
        ours: Area,
        theirs: Area,
        after_commit: AfterCommit,
        run_jobs: RunJobs,
    ) -> None:
        with after_commit():
            said = client_for(mila).post(OFFER, _wish(ours, theirs), follow=True).content.decode()
        assert "Je aanbod ligt bij Haarlem." in said
        assert "Wacht op een ja van Haarlem." in said
        assert areas_shared_with(ours.pk) == frozenset()
        run_jobs()
        (letter,) = [one for one in mail.outbox if "Zaanstad wil een wijk" in one.subject]
        assert letter.to == [hans.email]

        other = client_for(hans)
        assert "1 aanbod wacht op jou." in other.get("/beheer").content.decode()
        assert "Zaanstad wil delen" in other.get(PAGE).content.decode()
        key = AreaShareOffer.objects.get().pk
        with after_commit():
            done = other.post(ANSWER, {"aanbod": key, "doe": "ja"}, follow=True).content.decode()
        assert "Assendelft en Haarlem-Centrum helpen elkaar nu." in done
        assert areas_shared_with(ours.pk) == {theirs.pk}
        assert not AreaShareOffer.objects.exists()
        run_jobs()
        (answer,) = [one for one in mail.outbox if "Haarlem zei ja" in one.subject]
        assert answer.to == [mila.email]
        verbs = list(Entry.objects.filter(verb__contains="share").values_list("verb", "actor_id"))
        assert verbs == [("areas_shared", hans.pk)]
        assert Entry.objects.get(verb="border_offered").actor_id == mila.pk

    def test_who_offered_cannot_accept_for_the_other(
        self, mila: Resident, hans: Resident, client_for: ClientFor, ours: Area, theirs: Area
    ) -> None:
        client_for(mila).post(OFFER, _wish(ours, theirs))
        key = AreaShareOffer.objects.get().pk

        for doe in ("ja", "nee"):
            assert client_for(mila).post(ANSWER, {"aanbod": key, "doe": doe}).status_code == 404
        assert client_for(hans).post(ANSWER, {"aanbod": key, "doe": "terug"}).status_code == 404
        assert AreaShareOffer.objects.count() == 1
        assert not AreaShare.objects.exists()

    @pytest.mark.parametrize(("who", "doe"), [("hans", "nee"), ("mila", "terug")])
    def test_an_offer_is_declined_or_taken_back(
        self, who: str, doe: str, request: pytest.FixtureRequest, client_for: ClientFor, ours: Area, theirs: Area
    ) -> None:
        offer_share(by=None, one=ours, other=theirs)
        request.getfixturevalue("hans"), request.getfixturevalue("mila")
        client, key = client_for(request.getfixturevalue(who)), AreaShareOffer.objects.get().pk

        assert "Er verandert niets." in client.post(ANSWER, {"aanbod": key, "doe": doe}, follow=True).content.decode()
        assert not AreaShareOffer.objects.exists()
        assert not AreaShare.objects.exists()
        assert client.post(ANSWER, {"aanbod": key, "doe": doe}).status_code == 404

    def test_two_who_offer_the_same_agree(
        self, mila: Resident, hans: Resident, client_for: ClientFor, ours: Area, theirs: Area
    ) -> None:
        client_for(mila).post(OFFER, _wish(ours, theirs))

        said = client_for(hans).post(OFFER, _wish(theirs, ours), follow=True).content.decode()

        assert "helpen elkaar nu." in said
        assert AreaShare.objects.count() == 1
        assert not AreaShareOffer.objects.exists()

    @pytest.mark.parametrize("who", ["mila", "hans"])
    def test_either_side_ends_it_after_a_second_press(
        self, who: str, request: pytest.FixtureRequest, client_for: ClientFor, ours: Area, theirs: Area
    ) -> None:
        share = share_areas(by=None, one=ours, other=theirs)
        client = client_for(request.getfixturevalue(who))

        assert "Ja, stop met delen" in client.post(STOP, {"grens": share.pk}).content.decode()
        assert AreaShare.objects.exists()
        done = client.post(STOP, {"grens": share.pk, "zeker": "ja"}, follow=True).content.decode()
        assert "delen niets meer." in done
        assert not AreaShare.objects.exists()
        assert client.post(STOP, {"grens": share.pk, "zeker": "ja"}).status_code == 404

    def test_nobody_ends_what_two_others_share(
        self, mila: Resident, client_for: ClientFor, theirs: Area, haarlem: Community
    ) -> None:
        far = Community.objects.create(slug="heemstede", name="Heemstede")
        share = share_areas(by=None, one=theirs, other=make_area(community=far, name="Heemstede"))

        assert client_for(mila).post(STOP, {"grens": share.pk, "zeker": "ja"}).status_code == 404
        assert AreaShare.objects.exists()

    @pytest.mark.parametrize(
        ("here", "there"),
        [("haarlem-centrum", "assendelft"), ("assendelft", "krommenie"), ("x", "haarlem-centrum"), ("assendelft", "")],
    )
    def test_only_areas_of_ones_own_are_offered_and_only_to_another(
        self, here: str, there: str, mila: Resident, client_for: ClientFor, theirs: Area
    ) -> None:
        keys = {area.slug: area.pk for area in Area.objects.all()}
        wish = {"grens-ours": keys.get(here, here), "grens-theirs": keys.get(there, there)}

        answer = client_for(mila).post(OFFER, wish)

        assert answer.status_code == 422
        assert "Dit klopt nog niet" in answer.content.decode()
        assert not AreaShareOffer.objects.exists()

    def test_areas_that_do_not_touch_are_refused(
        self, mila: Resident, client_for: ClientFor, zaanstad: Community, theirs: Area
    ) -> None:
        answer = client_for(mila).post(OFFER, _wish(zaanstad.areas.get(slug="krommenie"), theirs))
        assert answer.status_code == 422
        assert "liggen te ver uit elkaar" in answer.content.decode()

    def test_a_town_far_away_is_not_in_the_list(
        self, mila: Resident, client_for: ClientFor, haarlem: Community
    ) -> None:
        far = Community.objects.create(slug="maastricht", name="Maastricht")
        make_area(community=far, name="Wyck", points={"6221": (50.8503, 5.7035)})

        page = client_for(mila).get(PAGE).content.decode()
        assert "Haarlem-Centrum" in page
        assert "Wyck" not in page

    def test_so_many_and_no_more(
        self, mila: Resident, client_for: ClientFor, zaanstad: Community, ours: Area, theirs: Area
    ) -> None:
        for number in range(MOST_SHARES):
            area = make_area(community=zaanstad, name=f"Wijk {number}")
            AreaShareOffer.objects.create(area=area, other=theirs)

        answer = client_for(mila).post(OFFER, _wish(ours, theirs))

        assert "Jullie delen al zo veel wijken als kan." in answer.content.decode()
        assert AreaShareOffer.objects.count() == MOST_SHARES

    @pytest.mark.parametrize(
        "data", [{}, {"doe": "x"}, {"doe": "ja", "aanbod": "x"}, {"doe": "ja", "aanbod": "9" * 40}]
    )
    def test_nonsense_is_nothing(self, data: dict[str, str], mila: Resident, client_for: ClientFor) -> None:
        assert client_for(mila).post(ANSWER, data).status_code == 404
        assert client_for(mila).post(STOP, {"grens": "9" * 40}).status_code == 404

    def test_the_page_is_always_the_same_few_queries(
        self,
        mila: Resident,
        client_for: ClientFor,
        zaanstad: Community,
        theirs: Area,
        django_assert_max_num_queries: Any,
    ) -> None:
        client = client_for(mila)
        client.get(PAGE)
        for number, area in enumerate(zaanstad.areas.all()):
            if number < 3:
                share_areas(by=None, one=area, other=theirs)
            AreaShareOffer.objects.create(area=theirs, other=area)

        with django_assert_max_num_queries(16):
            page = client.get(PAGE).content.decode()
        assert page.count("helpen elkaar.") == 3

    def test_dropping_twice_is_once(self, ours: Area, theirs: Area) -> None:
        offer_share(by=None, one=ours, other=theirs)
        offer = AreaShareOffer.objects.get()

        assert drop_offer(by=None, offer=offer, declined=True)
        assert not drop_offer(by=None, offer=offer, declined=True)
        assert Entry.objects.filter(verb="border_declined").count() == 1
