"""Pictures of the main pages, to lay beside the design: an own server, the demo's neighbours, any theme and language.

python -m tools.screenshots                                      the twelve main pages at 320 and 1280 px
python -m tools.screenshots front board --width 390 --language ar --theme ma
python -m tools.screenshots --path /mij --as anna                any page, as anybody of the cast
python -m tools.screenshots --no-js --dark --text 200 --print    the other worlds
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from tools.site import Site, browser, context_of, site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FOLDER = Path("build/screenshots")
SECONDS = 30_000


@dataclass(frozen=True)
class Shot:
    """One page: what it is called, who looks, where, and what they do first (words to type, buttons to press)."""

    name: str
    who: str
    path: str
    type: str = ""
    press: int = 0


# Buttons are pressed by their place, not their words: the words differ by language.
ASK = "Kan iemand mij donderdag naar het ziekenhuis rijden? Ik loop met een rollator."
MAIN = (
    Shot("front", "anna", "/"),
    Shot("board", "anna", "/prikbord"),
    Shot("ask-1", "anna", "/vraag"),
    Shot("ask-2", "anna", "/vraag", type=ASK, press=1),
    Shot("ask-3", "anna", "/vraag", type=ASK, press=2),
    Shot("status", "anna", "/mijn/{ask}"),
    Shot("invitation", "bilal", "/helpen/gevraagd/{invitation}"),
    Shot("conversation", "anna", "/gesprekken/{talk}"),
    Shot("helping", "bilal", "/helpen"),
    Shot("preferences", "bilal", "/helpen/instellingen"),
    Shot("journey", "visitor", "journey"),
    Shot("desk", "fatma", "/makelaar"),
)


def main(arguments: list[str] | None = None) -> int:
    """Make the pictures and print where they are; the exit code is 1 when a page did not come."""
    wish = _parser().parse_args(arguments)
    shots = [Shot(wish.path.strip("/").replace("/", "-") or "front", wish.who, wish.path)] if wish.path else list(MAIN)
    unknown = set(wish.pages) - {shot.name for shot in shots}
    if unknown:
        print(f"no page {', '.join(sorted(unknown))}; there are: {', '.join(shot.name for shot in MAIN)}")
        return 2
    wanted = [shot for shot in shots if not wish.pages or shot.name in wish.pages]
    folder = Path(wish.out)
    folder.mkdir(parents=True, exist_ok=True)
    failed = 0
    with site(demo=True) as where, browser() as opened:
        for picture in _pictures(wish, where, opened, wanted, folder):
            failed += picture is None
    return 1 if failed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="*", help=f"which of {', '.join(shot.name for shot in MAIN)} (all)")
    parser.add_argument("--theme", nargs="+", default=["buurt"], help="buurt, or the name of another theme")
    parser.add_argument("--language", nargs="+", default=["nl"])
    parser.add_argument("--width", nargs="+", type=int, default=[320, 1280])
    parser.add_argument("--path", default="", help="another page than the main ones")
    parser.add_argument("--as", dest="who", default="anna", help="who looks: visitor, anna, bilal, fatma, dirk, new")
    parser.add_argument("--out", default=str(FOLDER))
    parser.add_argument("--no-js", action="store_true", help="without JavaScript")
    parser.add_argument("--dark", action="store_true", help="the reader's setting is dark")
    parser.add_argument("--contrast", action="store_true", help="high contrast (forced colours)")
    parser.add_argument("--print", dest="paper", action="store_true", help="as on paper")
    parser.add_argument("--fold", action="store_true", help="only what one sees first, 720 px high")
    parser.add_argument("--text", type=int, default=100, help="size of the letters, in per cent")
    return parser


def _pictures(
    wish: argparse.Namespace, where: Site, opened: "Browser", shots: list[Shot], folder: Path
) -> Iterator[Path | None]:
    """Take every picture wished for; a page that does not come is said and given as None."""
    extras = [
        *(["nojs"] if wish.no_js else []),
        *(["dark"] if wish.dark else []),
        *(["contrast"] if wish.contrast else []),
        *(["print"] if wish.paper else []),
        *([f"text{wish.text}"] if wish.text != 100 else []),
    ]
    for theme, language in product(wish.theme, wish.language):
        where.dress(theme)
        for shot, width in product(shots, wish.width):
            words = [shot.name, *([theme] if theme != "buurt" else []), *([language] if language != "nl" else [])]
            target = folder / f"{'-'.join([*words, *extras, str(width)])}.png"
            context = context_of(
                opened,
                where,
                shot.who,
                language=language,
                viewport={"width": width, "height": 720},
                java_script_enabled=not wish.no_js,
                color_scheme="dark" if wish.dark else "light",
                forced_colors="active" if wish.contrast else "none",
                reduced_motion="reduce",
            )
            try:
                _take(context.new_page(), where, shot, wish, target)
            except Exception as problem:
                print(f"{target.name}: {str(problem).splitlines()[0]}", file=sys.stderr)
                yield None
            else:
                print(target, flush=True)
                yield target
            finally:
                context.close()


def _take(page: "Page", where: Site, shot: Shot, wish: argparse.Namespace, target: Path) -> None:
    page.set_default_timeout(SECONDS)
    if shot.path == "journey":
        walk_to_result(page)
    else:
        page.goto(shot.path.format(**where.names))
    if shot.type:
        page.locator("main textarea[name=text]").fill(shot.type)
    for press in range(shot.press):
        if press and (choice := page.locator("main input[type=radio][value=soon]")).count():
            choice.check(force=True)
        with page.expect_navigation():
            page.locator("main form[method=post] .utrecht-button--primary-action").last.click()
    if wish.paper:
        page.emulate_media(media="print")
    if wish.text != 100:
        page.evaluate("size => { document.documentElement.style.fontSize = size }", f"{1.125 * wish.text}%")
    page.wait_for_timeout(150)
    page.screenshot(path=target, full_page=not wish.fold)


def walk_to_result(page: "Page") -> None:
    """Walk the wegwijzer about money and post to its answers: the first sentence, the last answer each time."""
    page.goto("/wegwijzer/geld-en-post")
    for _step in range(20):
        if page.url.endswith("/uitkomst"):
            return
        form = page.locator("main form.b-form")
        choices = form.locator("input[name=keuze], input[name=zin]")
        if choices.count():
            (choices.first if "zin" in (choices.first.get_attribute("name") or "") else choices.last).check(force=True)
        with page.expect_navigation():
            form.locator(".utrecht-button--primary-action").click()


if __name__ == "__main__":
    sys.exit(main())
