"""What stories about the line share: a page whose roads to the server can be closed, and the box to write in."""

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, WebSocketRoute, expect

from tests.browser.conftest import PATIENCE


def box(page: Page) -> Locator:
    """Return the box to write in."""
    return page.get_by_label("Schrijf een bericht")


def bubble(page: Page, text: str) -> Locator:
    """Return the message with these words."""
    return page.locator("[data-list] .b-bubble", has_text=text)


def until(page: Page, true: Callable[[], bool]) -> None:
    """Wait for something, and let the page's roads (which run in this thread) go on meanwhile."""
    deadline = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > deadline:
            pytest.fail("it did not happen in time")
        page.wait_for_timeout(50)


def opened(page: Page) -> None:
    """Wait until the page has its line."""
    until(page, lambda: _has_line(page))


def _has_line(page: Page) -> bool:
    return bool(page.evaluate("Boolean(window.buurt && window.buurt.line && window.buurt.line.isOpen())"))


def stored(page: Page, text: str) -> None:
    """Wait until the server has this message: "verstuurd" alone is also in "wordt verstuurd"."""
    expect(bubble(page, text)).to_have_attribute("data-seq", re.compile(r"\d"))


def write(page: Page, text: str) -> None:
    """Write and send."""
    box(page).fill(text)
    page.get_by_role("button", name="Stuur bericht").click()


class Roads:
    """Both roads of one page to the server, which a test can close and open."""

    def __init__(self, page: Page) -> None:
        self.are_open = True
        self.turned_back = 0
        self._lines: list[WebSocketRoute] = []
        self._page = page
        page.route_web_socket("**/ws", self._line)
        page.route(re.compile("/gesprekken/"), lambda route: route.continue_() if self.are_open else self._no(route))

    def _no(self, route: object) -> None:
        if route.request.is_navigation_request() and route.request.method == "GET":  # type: ignore[attr-defined]
            route.continue_()  # type: ignore[attr-defined]
        else:
            self.turned_back += 1
            route.abort()  # type: ignore[attr-defined]

    def _line(self, line: WebSocketRoute) -> None:
        if not self.are_open:
            line.close(code=1001)
            return
        line.connect_to_server()
        self._lines.append(line)

    def shut(self) -> None:
        """Close both roads, until the page knows. A page still loads, as one from the browser's own memory would."""
        self.are_open = False
        for line in self._lines:
            line.close(code=1001)
        self._lines.clear()
        until(self._page, lambda: not _has_line(self._page))

    def open(self) -> None:
        """Open them again; the page finds out by itself."""
        self.are_open = True
