"""Messages on a telephone, in a real browser: asked in our words first, shown by the worker, opened by a press."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import LazySettings
from playwright.sync_api import BrowserContext, Page, Worker, expect

from buurt.residents.models import Resident
from notifications.channels.webpush.keys import new_private_key
from notifications.models import PushSubscription
from notifications.services import announce
from tests.browser.conftest import ContextFor, wait_until
from tests.browser.roads import until
from tests.browser.steps import PATIENCE_MS
from tests.factories.matching import make_invitation, make_search, make_wave
from tests.factories.posts import make_post
from tests.push_service import Keys, PushService, running_push_service

# A headless browser has no push service of its own: this stands in for what a telephone's maker runs.
PUSH_MANAGER = """([endpoint, p256dh, auth]) => {
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0)).buffer;
  let made = null;
  const subscription = {
    endpoint, getKey: (name) => bytes(name === "auth" ? auth : p256dh), unsubscribe: async () => { made = null; return true; },
  };
  window.asked = 0;
  Notification.requestPermission = async () => { window.asked += 1; return "granted"; };
  Object.defineProperty(Notification, "permission", { get: () => (made ? "granted" : "default") });
  PushManager.prototype.getSubscription = async () => made;
  PushManager.prototype.subscribe = async (options) => {
    window.keyLength = options.applicationServerKey.length;
    made = subscription;
    return made;
  };
}"""
SHOWN = "() => self.shown || []"
STAND_IN = """() => {
  self.shown = [];
  self.opened = [];
  self.registration.showNotification = async (title, options) => { self.shown.push({ title, ...options }); };
  self.clients.openWindow = async (page) => { self.opened.push(page); };
}"""
PRESS = """([data, action]) => {
  const press = new ExtendableEvent("notificationclick");
  press.notification = { data, close: () => undefined };
  press.action = action;
  self.dispatchEvent(press);
}"""


@pytest.fixture
def service(settings: LazySettings) -> Iterator[PushService]:
    with running_push_service() as service:
        settings.PUSH_KEY = new_private_key()
        settings.PUSH_SERVICES = [service.origin]
        yield service


def _page(context: BrowserContext, path: str, service: PushService, keys: Keys) -> Page:
    arguments = [f"{service.origin}/telefoon", keys.p256dh, keys.auth]
    context.add_init_script(f"({PUSH_MANAGER})({arguments!r})")
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(path)
    return page


def _deliver(page: Page, text: str) -> None:
    """Hand a message to the worker as the browser's own push service would (Chrome DevTools Protocol)."""
    session = page.context.new_cdp_session(page)
    found: list[dict[str, Any]] = []
    session.on("ServiceWorker.workerRegistrationUpdated", lambda event: found.extend(event["registrations"]))
    session.send("ServiceWorker.enable")
    until(page, lambda: bool(found))
    origin = page.evaluate("location.origin")
    session.send(
        "ServiceWorker.deliverPushMessage",
        {"origin": origin, "registrationId": found[-1]["registrationId"], "data": text},
    )


def _soon(page: Page, ask: Callable[[], Any]) -> Any:
    until(page, lambda: bool(ask()))
    return ask()


def _on_telephone(page: Page) -> Worker:
    """Return the worker of the page, as soon as it is there."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    until(page, lambda: bool(page.context.service_workers))
    return page.context.service_workers[0]


@pytest.mark.embedded
def test_helper_hears_on_the_telephone_and_opens_the_question(
    anna: Resident, bilal: Resident, context_for: ContextFor, service: PushService, worker: object
) -> None:
    make_post(author=bilal)  # something to hear of
    keys = Keys()
    page = _page(context_for(bilal, width=320), "/helpen", service, keys)

    offer = page.locator("[data-push=offer]")
    expect(offer).to_contain_text("Er staat alleen in wat voor hulp het is")
    assert page.evaluate("window.asked") == 0, "the browser asks nothing by itself"
    offer.get_by_role("button", name="Ja, laat het me zien").click()
    expect(offer.get_by_role("status")).to_have_text("Gelukt. Op deze telefoon hoor je het nu meteen.")
    assert page.evaluate("[window.asked, window.keyLength]") == [1, 65]
    assert PushSubscription.objects.get().resident == bilal

    ask = make_post(author=anna, title="Wie rijdt mij naar de huisarts?")
    invitation = make_invitation(post=ask, helper=bilal, wave=make_wave(search=make_search(post=ask)))
    announce("invitation", invitation=invitation.pk, round=0)
    wait_until(lambda: bool(service.sent))

    sealed = service.sent[0].body
    assert b"Lift" not in sealed
    on_telephone = _on_telephone(page)
    on_telephone.evaluate(STAND_IN)
    _deliver(page, json.dumps(keys.open(sealed)))
    shown = _soon(page, lambda: on_telephone.evaluate(SHOWN))[0]
    assert (shown["title"], shown["body"], shown["lang"]) == ("Iemand vraagt hulp", "Lift in Krommenie", "nl")
    assert [one["title"] for one in shown["actions"]] == ["Ja, dat doe ik", "Nu niet, vraag me later weer"]

    on_telephone.evaluate(PRESS, [shown["data"], ""])
    opened = _soon(page, lambda: on_telephone.evaluate("() => self.opened"))[0]
    page.goto(opened)
    expect(page.get_by_role("button", name="Ja, dat doe ik")).to_be_visible()

    on_telephone.evaluate(PRESS, [shown["data"], "0"])
    yes = _soon(page, lambda: on_telephone.evaluate("() => self.opened.slice(1)"))[0]
    page.goto(yes)
    expect(page.get_by_role("button", name="Ja, dat doe ik")).to_be_visible()


def test_message_from_elsewhere_opens_no_other_site(
    anna: Resident, context_for: ContextFor, service: PushService
) -> None:
    page = _page(context_for(anna), "/meldingen/instellingen", service, Keys())
    on_telephone = _on_telephone(page)
    on_telephone.evaluate(STAND_IN)

    on_telephone.evaluate(PRESS, [{"open": "https://evil.example/inloggen"}, ""])

    opened = _soon(page, lambda: on_telephone.evaluate("() => self.opened"))[0]
    assert opened == page.evaluate("location.origin") + "/"


def test_settings_switch_this_browser_on_and_off(anna: Resident, context_for: ContextFor, service: PushService) -> None:
    page = _page(context_for(anna), "/meldingen/instellingen", service, Keys())

    page.get_by_role("button", name="Zet berichten hier aan").click()
    expect(page.get_by_text("Gelukt. Op dit toestel hoor je het nu meteen.")).to_be_visible()
    assert PushSubscription.objects.count() == 1
    page.get_by_role("button", name="Zet berichten hier uit").click()
    expect(page.get_by_text("Op dit toestel laten we niets meer zien.")).to_be_visible()
    wait_until(lambda: not PushSubscription.objects.exists())
    expect(page.get_by_role("button", name="Zet berichten hier aan")).to_be_visible()


def test_no_means_no_and_nothing_is_asked_without_a_script(
    anna: Resident, context_for: ContextFor, service: PushService
) -> None:
    post = make_post(author=anna)
    plain = context_for(anna, javascript=False).new_page()
    plain.goto(f"/mijn/{post.public_id}")
    expect(plain.get_by_text("Zullen we het je meteen laten weten?")).to_be_hidden()

    page = _page(context_for(anna), f"/mijn/{post.public_id}", service, Keys())
    page.get_by_role("button", name="Nee, niet meer vragen").click()
    expect(page.get_by_text("Goed, we vragen het niet meer.")).to_be_visible()
    expect(page.locator("[data-push]")).to_have_count(0)
