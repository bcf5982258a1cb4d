"""What a first view of the main pages costs: bytes, requests, and the first words on a slow telephone; and how soon a
press is seen to be heard.

Weight is what a browser with an empty memory fetches, each text compressed as gzip does at level 6 (a server in front
does it, or does better). First contentful paint is measured at 360 px with a CPU six times slower, beside the floor of
the same run: the same HTML without style sheets and scripts. Medians; on a busy machine the ratio counts.
"""

import gzip
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from tools.bench._pages_acts import measure_acts
from tools.site import Site, browser, context_of, site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Response, Route

PAGES = (
    ("front page", "visitor", "/"),
    ("board", "anna", "/prikbord"),
    ("ask form", "anna", "/vraag"),
    ("conversation", "anna", "/gesprekken/{talk}"),
)
RUNS = 7
SLOWER = 6
MOST_KB, MOST_REQUESTS, MOST_OWN_KB = 60.0, 8, 35.0
TEXTS = ("text/", "javascript", "json", "svg")
DRESS = re.compile(rb"<link[^>]+stylesheet[^>]*>|<script\b.*?</script>", re.S)
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"


@dataclass(frozen=True)
class Weight:
    """What came over the line for one page."""

    requests: int
    kilobytes: float
    own: float  # our style sheets and scripts
    page: float  # the HTML


def main() -> int:
    """Print the tables; returns 1 when a page is over its budget, or an act shows nothing in time."""
    over = []
    print(f"first view: at most {MOST_KB:.0f} kB in {MOST_REQUESTS} requests, own CSS and JS {MOST_OWN_KB:.0f} kB")
    print(f"first words: CPU {SLOWER}x slower, 360 px, median of {RUNS}; floor: the same HTML without CSS and JS\n")
    print(f"{'page':<14}{'requests':>9}{'kB':>8}{'CSS+JS':>8}{'HTML':>7}{'first words':>13}{'floor':>9}{'ratio':>7}")
    with site(demo=True) as where, browser() as opened:
        for name, who, path in PAGES:
            weight = _weigh(opened, where, who, path)
            dressed, bare = _paint(opened, where, who, path)
            print(
                f"{name:<14}{weight.requests:>9}{weight.kilobytes:>8.1f}{weight.own:>8.1f}{weight.page:>7.1f}"
                f"{dressed:>10.0f} ms{bare:>6.0f} ms{dressed / bare:>7.2f}",
                flush=True,
            )
            if weight.requests > MOST_REQUESTS or weight.kilobytes > MOST_KB or weight.own > MOST_OWN_KB:
                over.append(name)
        over += measure_acts(opened, where)
    if over:
        print(f"over budget: {', '.join(over)}")
    return 1 if over else 0


def _weigh(opened: "Browser", where: Site, who: str, path: str) -> Weight:
    """Load the page with nothing remembered, and add up what came."""
    context = context_of(opened, where, who, viewport={"width": 360, "height": 740}, service_workers="block")
    page = context.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - Playwright marks its listeners
    page.goto(path.format(**where.names), wait_until="networkidle")
    sizes = [(answer.headers.get("content-type", ""), _size(answer)) for answer in answers if answer.status == 200]
    context.close()
    return Weight(
        requests=len(sizes),
        kilobytes=sum(size for _kind, size in sizes) / 1000,
        own=sum(size for kind, size in sizes if "css" in kind or "javascript" in kind) / 1000,
        page=sum(size for kind, size in sizes if "html" in kind) / 1000,
    )


def _size(answer: "Response") -> int:
    body = answer.body()
    is_text = any(kind in answer.headers.get("content-type", "") for kind in TEXTS)
    return len(gzip.compress(body, 6)) if is_text else len(body)


def _paint(opened: "Browser", where: Site, who: str, path: str) -> tuple[float, float]:
    """Return milliseconds to the first words, dressed and bare, by turns so that both meet the same noise."""
    dressed: list[float] = []
    bare: list[float] = []
    for _run in range(RUNS):
        for times, strip in ((dressed, None), (bare, _undress)):
            times.append(_first_words(opened, where, who, path, strip))
    return median(dressed), median(bare)


def _undress(route: "Route") -> None:
    if route.request.resource_type != "document":
        route.continue_()
        return
    answer = route.fetch()
    route.fulfill(response=answer, body=DRESS.sub(b"", answer.body()))


def _first_words(opened: "Browser", where: Site, who: str, path: str, strip: "Callable[[Route], None] | None") -> float:
    context = context_of(opened, where, who, viewport={"width": 360, "height": 740}, service_workers="block")
    page = context.new_page()
    if strip:
        page.route("**/*", strip)
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(path.format(**where.names))
    page.wait_for_function(f"({PAINT}) !== null", timeout=20_000)
    painted = float(page.evaluate(PAINT)) - _server_ms(page)
    context.close()
    return painted


def _server_ms(page: "Page") -> float:
    """Return when the HTML began to come: the server's part, and that of a route in between, is not the page's."""
    return float(page.evaluate("performance.getEntriesByType('navigation')[0].responseStart"))


if __name__ == "__main__":
    sys.exit(main())
