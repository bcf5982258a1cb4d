"""Every page as everybody, in every theme, language and width, looked at by axe: `make axe`.

    python -m tools.axe                          the full product (a quarter of an hour or more)
    python -m tools.axe --theme ma --language ar --only /prikbord

Prints a line for each page with findings, progress now and then, and a summary; the exit code is 1 with findings.
"""

import argparse
import sys
import time
from collections import Counter
from itertools import product
from typing import TYPE_CHECKING

from tools.site import Site, browser, context_of, site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.browser.looks import Look

PROGRESS_SECONDS = 20


def main(arguments: list[str] | None = None) -> int:
    """Look at everything asked for; returns 0 when axe finds nothing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--theme", nargs="+", help="buurt, ma (all)")
    parser.add_argument("--language", nargs="+", help="nl, en, ar ... (all)")
    parser.add_argument("--width", nargs="+", type=int, help="320, 1280 (both)")
    parser.add_argument("--only", default="", help="pages whose address holds these letters")
    parser.add_argument("--dark", action="store_true", help="the reader's setting is dark")
    wish = parser.parse_args(arguments)
    with site() as where, browser() as opened:
        return _look_at_all(wish, where, opened)


def _look_at_all(wish: argparse.Namespace, where: Site, opened: "Browser") -> int:
    from tests.browser.looks import LOOKS, THEMES, WIDTHS, all_languages

    looks = [look for look in LOOKS if wish.only in look.path]
    languages = wish.language or all_languages()
    dresses = list(product(wish.theme or THEMES, languages))
    total = len(looks) * len(dresses)
    print(f"{len(looks)} pages x {len(dresses)} themes and languages x {len(wish.width or WIDTHS)} widths", flush=True)
    findings: Counter[str] = Counter()
    started = said = time.monotonic()
    done = 0
    for theme, language in dresses:
        where.dress(theme)
        for look in looks:
            for finding in _look(where, opened, look, language, wish):
                findings[f"{theme} {language} {look}: {finding}"] += 1
                print(f"{theme} {language} {look}: {finding}", flush=True)
            done += 1
            if time.monotonic() - said > PROGRESS_SECONDS:
                said = time.monotonic()
                left = (said - started) / done * (total - done)
                print(f"  {done} of {total}, about {left / 60:.0f} min to go", flush=True)
    seconds = time.monotonic() - started
    print(f"{total} pages at {len(wish.width or WIDTHS)} widths, {len(findings)} findings, {seconds:.0f} s")
    return 1 if findings else 0


def _look(where: Site, opened: "Browser", look: "Look", language: str, wish: argparse.Namespace) -> list[str]:
    """Return what is wrong with one page at each width; a page that does not come is a finding too."""
    from tests.browser.test_pages import OPEN_ALL, fill_and_press, findings_at, let_it_ask, listen, spoken_by

    context = context_of(
        opened,
        where,
        look.who,
        language=language,
        viewport={"width": 320, "height": 800},
        color_scheme="dark" if wish.dark else "light",
    )
    page = context.new_page()
    errors = listen(page)
    try:
        answer = page.goto(look.path.format(**where.names))
        found = [] if answer and answer.status == look.status else [f"status {answer and answer.status}"]
        if spoken_by(page) != look.comes_in(language):
            found.append(f"the page is in {spoken_by(page)}")
        if language == "nl":  # buttons are pressed by their Dutch words
            fill_and_press(page, look)
        page.evaluate(OPEN_ALL)
        let_it_ask(page, look)
        found += [finding for width in wish.width or (320, 1280) for finding in findings_at(page, width)]
        return found + errors
    except Exception as problem:
        return [str(problem).splitlines()[0]]
    finally:
        context.close()


if __name__ == "__main__":
    sys.exit(main())
