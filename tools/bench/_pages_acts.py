"""How soon somebody sees that the page heard them: from the finger's lifting to the first change painted.

A telephone with a CPU six times slower, and a network that answers nothing any more from the moment of the press: what
changes comes from the page itself (the line on top, the pressed button, the message on its way, the tick). A change
that goes with the finger (:active) does not count. Floor: a bare page with one button whose script sets one class.
"""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from tools.site import Site, context_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

RUNS = 7
SLOWER = 6
MOST_MS = 100.0
SECONDS = 30_000
ASK = "Kan iemand mij donderdag naar het ziekenhuis rijden? Ik loop met een rollator."
MAIN = "main .utrecht-button--primary-action"
BARE = """<!doctype html><button style="padding:40px">Druk</button>
<script>document.querySelector("button").onclick = (event) => event.target.classList.add("b-pressed");</script>"""
SLOW_LINE = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}

# Everything that an act may change at once; the frame after which it differs is the one that shows it.
WATCH = """() => {
  const count = (what) => document.querySelectorAll(what).length;
  const look = () => [document.documentElement.className, count("[aria-disabled]"), count(".b-pressed"),
                      count(".b-bubble"), count(":checked")].join();
  addEventListener("pointerup", (event) => {
    const before = look();
    const frame = () => look() === before
      ? requestAnimationFrame(frame)
      : setTimeout(() => console.info("shown", performance.now() - event.timeStamp));
    requestAnimationFrame(frame);
  }, { capture: true, once: true });
}"""


@dataclass(frozen=True)
class Act:
    """One thing people do: who, where, what they press, and what they did before."""

    name: str
    who: str
    path: str
    press: str = MAIN
    before: "Callable[[Page], None] | None" = None


def _to_check(page: "Page") -> None:
    page.locator("main textarea[name=text]").fill(ASK)
    for step in range(2):
        if step:
            page.locator("main input[value=soon]").check(force=True)
        with page.expect_navigation():
            page.locator(MAIN).last.click()


def _type_message(page: "Page") -> None:
    page.locator("#bericht-tekst").fill("Ik neem de rollator mee.")


def _type_thanks(page: "Page") -> None:
    if page.locator("#afspraak [value=happened]").count():
        with page.expect_navigation():
            page.locator("#afspraak [value=happened]").click()
    if page.locator("#afspraak details:not([open]):has(textarea)").count():
        page.locator("#afspraak details:has(textarea) > summary").click()
    page.locator("#afspraak textarea").fill("Dank je wel voor de rit.")


def _choose_answer(page: "Page") -> None:
    with page.expect_navigation():
        page.locator("main input[name=zin]").first.check(force=True)
        page.locator(f"{MAIN} >> nth=-1").click()
    page.locator("main input[name=keuze]").last.check(force=True)


ACTS = (
    Act("post an ask", "anna", "/vraag", before=_to_check),
    Act("say yes", "bilal", "/helpen/gevraagd/{invitation}", press="[name=answer][value=yes]"),
    Act("send a message", "anna", "/gesprekken/{talk}", press="[data-composer] button", before=_type_message),
    Act("propose a time", "anna", "/gesprekken/{talk}/afspraak"),
    Act("thank", "anna", "/gesprekken/{over}", press="#afspraak form:has(textarea) button", before=_type_thanks),
    Act("switch a preference", "bilal", "/helpen/instellingen", press="main .b-choice:has(:not(:checked)) >> nth=0"),
    Act("filter the board", "anna", "/prikbord", press=".b-chips__link:not([aria-current]) >> nth=0"),
    Act("search the board", "anna", "/prikbord", press=".b-search button"),
    Act("next question", "visitor", "/wegwijzer/geld-en-post", before=_choose_answer),
)


def measure_acts(opened: "Browser", where: Site) -> list[str]:
    """Print the table; returns the acts that half of the time show nothing within the promised time."""
    print(f"\nfirst sign after a press: at most {MOST_MS:.0f} ms, CPU {SLOWER}x slower, no answers, {RUNS} runs")
    print(f"{'act':<22}{'median':>9}{'worst':>9}")
    over = []
    for act in (None, *ACTS):
        times = [_time(opened, where, act) for _run in range(RUNS)]
        name = act.name if act else "floor: bare page"
        print(f"{name:<22}{median(times):>6.0f} ms{max(times):>6.0f} ms", flush=True)
        if median(times) > MOST_MS:
            over.append(name)
    return over


def _time(opened: "Browser", where: Site, act: Act | None) -> float:
    context = context_of(
        opened, where, act.who if act else "visitor", viewport={"width": 360, "height": 740}, service_workers="block"
    )
    page = context.new_page()
    page.set_default_timeout(SECONDS)
    if act is None:
        page.set_content(BARE)
    else:
        page.goto(act.path.format(**where.names), wait_until="networkidle")
        if act.before:
            act.before(page)
    line = context.new_cdp_session(page)
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW_LINE)
    held: list[Route] = []
    page.route("**/*", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks its listeners
    page.evaluate(WATCH)
    # Said on the console: while a page is on its way, the one that is left answers no questions.
    with page.expect_console_message(lambda message: message.text.startswith("shown ")) as said:
        _press(page, act.press if act else "button")
    shown = float(said.value.text.split()[1])
    for route in held:
        route.abort()
    context.close()
    return shown


def _press(page: "Page", what: str) -> None:
    """Press as a finger does, without waiting for what comes of it."""
    there = page.locator(what).last
    there.scroll_into_view_if_needed()
    box = there.bounding_box()
    if box is None:
        raise RuntimeError(f"nothing to press: {what}")
    bar = page.locator(".b-bar").last.bounding_box() if page.locator(".b-bar").count() else None
    if bar and "composer" not in what and box["y"] + box["height"] > bar["y"]:
        page.evaluate("down => window.scrollBy(0, down)", box["height"] + bar["height"])
        box = there.bounding_box() or box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.up()
