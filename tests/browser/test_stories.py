"""The main job, whole: a resident asks, a neighbour hears of it, they talk, and it happens.

Told three times: live, with JavaScript switched off, and (marked `embedded`) on SQLite without Redis.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import expect

from buurt.communities.models import Community
from buurt.residents.models import Resident
from config.embedded import EmbeddedWorker
from tests.browser import steps
from tests.browser.conftest import ContextFor, MailSink, links_in
from tests.browser.roads import opened, until
from tests.browser.steps import Neighbour
from tests.factories.residents import make_helper

HELLO = "Dag Anna, ik heb een ruime auto. Je rollator past erin."
THANKS_FOR_OFFER = "Wat fijn! Ik sta om half tien klaar, huisnummer veertien."
NOTE = "Bij de groene deur"
THANK_YOU = "Zonder jou was ik er niet gekomen, dank je wel."
SECRETS = (HELLO, THANKS_FOR_OFFER, NOTE, THANK_YOU, "huisnummer veertien", "groene deur")


@dataclass(frozen=True)
class Street:
    """Everybody in the story."""

    anna: Neighbour
    bilal: Neighbour
    carla: Neighbour
    els: Resident
    # What came over Anna's WebSocket.
    frames: list[str | bytes]


@pytest.fixture(params=[True, False], ids=["live", "without_javascript"])
def street(
    request: pytest.FixtureRequest, zaanstad: Community, bilal: Resident, carla: Resident, context_for: ContextFor
) -> Street:
    """Anna is new here, on a telephone; Bilal at a desk, logged out; Carla lives elsewhere; Els helps as well."""
    live: bool = request.param
    phone = context_for(width=390, javascript=live).new_page()
    phone.set_default_timeout(steps.PATIENCE_MS)
    phone.set_viewport_size({"width": 390, "height": 844})
    frames: list[str | bytes] = []
    phone.on("websocket", lambda opened: opened.on("framereceived", lambda frame: frames.append(frame)))  # noqa: PLW0108 - Playwright marks its listeners, a builtin takes no mark
    return Street(
        anna=Neighbour("Anna", "anna.bakker@example.org", phone, live),
        bilal=Neighbour("Bilal", bilal.email, context_for(javascript=live).new_page(), live),
        carla=Neighbour("Carla", carla.email, context_for(carla, javascript=live).new_page(), live),
        els=make_helper(community=zaanstad, name="Els", postcode="1562"),
        frames=frames,
    )


@pytest.mark.embedded
@pytest.mark.slow
def test_anna_gets_a_lift(street: Street, mail_sink: MailSink, worker: EmbeddedWorker) -> None:
    status = _anna_asks(street.anna, mail_sink)
    conversation = _bilal_says_yes(street.bilal, mail_sink)
    _anna_sees_it(street.anna, status, mail_sink)
    _els_hears_kindly(street, mail_sink)
    _they_talk(street)
    _they_agree(street)
    _carla_sees_nothing(street.carla, urlsplit(status).path, conversation)
    with time_machine.travel(_after_the_hospital(), tick=True):
        _it_happened(street, mail_sink)

    assert steps.readable_in_database(steps.LIFT) == ["posts_post.text"]  # what neighbours may read; so it does look
    for words in SECRETS:
        assert steps.readable_in_database(words) == []


def _anna_asks(anna: Neighbour, mail_sink: MailSink) -> str:
    steps.ask_on_the_front_page(anna)
    steps.choose_thursday(anna)
    anna.presses("Zet mijn vraag erop")
    steps.log_in_by_code(anna, mail_sink)
    steps.get_acquainted(anna, postcode="1561 AB")
    expect(anna.page.get_by_role("heading", level=1)).to_have_text("Klopt het zo?")
    anna.sees(steps.LIFT)
    return steps.send_ask(anna)


def _bilal_says_yes(bilal: Neighbour, mail_sink: MailSink) -> str:
    link = steps.link_for("yes", bilal, mail_sink)
    sent = len(mail_sink.messages)
    bilal.opens(link)
    bilal.sees(steps.LIFT)
    bilal.presses("Ja, dat doe ik")
    steps.type_code(bilal, mail_sink, after=sent)
    expect(bilal.page.get_by_role("heading", level=1)).to_have_text("Anna")
    return urlsplit(bilal.page.url).path


def _anna_sees_it(anna: Neighbour, status: str, mail_sink: MailSink) -> None:
    mail_sink.wait_for(anna.email, "Bilal zei ja")
    anna.opens(status)
    anna.sees("Bilal zei ja")
    anna.sees("gevonden")
    anna.opens("/meldingen")
    anna.sees("Bilal zei ja")
    anna.follows("Naar het gesprek")
    expect(anna.page.get_by_role("heading", level=1)).to_have_text("Bilal")


def _els_hears_kindly(street: Street, mail_sink: MailSink) -> None:
    mail_sink.wait_for(street.els.email, "Er is al een buur gevonden. Je hoeft niets te doen.")


def _they_talk(street: Street) -> None:
    anna, bilal = street.anna, street.bilal
    if anna.live:
        opened(anna.page)
    steps.write(bilal, HELLO)
    anna.hears(steps.bubble(anna, HELLO))
    if anna.live:
        until(anna.page, lambda: HELLO in str(street.frames))
    else:
        assert street.frames == []
    steps.write(anna, THANKS_FOR_OFFER)
    bilal.hears(steps.bubble(bilal, THANKS_FOR_OFFER))


def _they_agree(street: Street) -> None:
    anna, bilal = street.anna, street.bilal
    bilal.follows("Stel een moment voor")
    expect(bilal.page.get_by_label("Welke dag?")).to_have_value(steps.coming_thursday().isoformat())
    expect(bilal.page.get_by_label("Hoe laat?")).to_have_value("10:00")
    bilal.page.get_by_label("Wil je er iets bij zeggen?").fill(NOTE)
    bilal.presses("Stuur mijn voorstel")
    bilal.sees("Jouw voorstel. Anna heeft nog niet geantwoord.")

    anna.hears(steps.button(anna, "Dat spreken we af"))
    anna.sees(NOTE)
    anna.presses("Dat spreken we af")
    agreed = "Jullie afspraak"
    expect(anna.page.get_by_label(agreed)).to_contain_text(NOTE)
    bilal.hears(bilal.page.get_by_label(agreed))
    expect(bilal.page.get_by_label(agreed)).to_contain_text("Deurwoord")


def _carla_sees_nothing(carla: Neighbour, status: str, conversation: str) -> None:
    public_id = status.rsplit("/", 1)[-1]
    carla.is_refused(f"/prikbord/{public_id}")
    carla.is_refused(status)
    carla.is_refused(conversation)
    carla.is_refused(f"{conversation}/nieuw?after=0")
    carla.opens("/gesprekken")
    carla.sees("Nog geen gesprekken")
    carla.opens("/prikbord")
    carla.sees_not("ziekenhuis")


def _after_the_hospital() -> datetime:
    """Return Thursday at four: they said ten, for two hours, and two hours later both are asked how it went."""
    return timezone.make_aware(datetime.combine(steps.coming_thursday(), time(16, 0))) + timedelta(minutes=5)


def _it_happened(street: Street, mail_sink: MailSink) -> None:
    anna, bilal = street.anna, street.bilal
    for person in (bilal, anna):
        mail = mail_sink.wait_for(person.email, "Hoe ging het")
        person.opens(links_in(mail)[0])
        person.presses("Het is gelukt")
        person.sees("Fijn dat het gelukt is.")
        person.follows("Naar het gesprek")

    anna.page.get_by_text("Stuur Bilal een bedankje").click()
    anna.page.get_by_label("Je bedankje").fill(THANK_YOU)
    anna.presses("Stuur mijn bedankje")
    anna.sees("Je bedankje is verstuurd.")
    bilal.page.reload()
    bilal.sees(THANK_YOU)
