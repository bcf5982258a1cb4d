"""A theme is read by everybody or refused with a clear list: names, values, contrast of every pair, both schemes."""

import json
import re
from pathlib import Path

import pytest
from django.conf import LazySettings
from hypothesis import given
from hypothesis import strategies as st

from buurt.communities.themes.colours import contrast, mix, tidy_colour, until
from buurt.communities.themes.contrast import EDGES_ON, Pair, pairs_of, problems_of, read_fit_theme
from buurt.communities.themes.sheet import sheet_of
from buurt.communities.themes.shelf import all_shelved, problems_on_shelf, shelved
from buurt.communities.themes.tokens import DARK, LIGHT, Theme, ThemeError, read_theme

ROOT = Path(__file__).resolve().parents[4]
SHIPPED = [Theme("Buurt"), *(each.theme for each in all_shelved())]


def _file(**tokens: str) -> str:
    return json.dumps({"name": "Duinstad", "tokens": tokens})


def _refusals(text: str) -> list[str]:
    with pytest.raises(ThemeError) as refused:
        read_fit_theme(text)
    return refused.value.problems


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert contrast("#0d5c50", "#0d5c50") == 1


def test_the_style_sheet_and_the_list_of_tokens_say_the_same() -> None:
    css = (ROOT / "assets" / "css" / "10-tokens.css").read_text()
    day, night = css.split("@media (prefers-color-scheme: dark)")

    assert _colours(day, {}) == LIGHT
    assert {**LIGHT, **_colours(night, LIGHT)} | {"focus": DARK["focus"]} == DARK
    assert DARK["focus"] == DARK["ink"]


def _colours(css: str, before: dict[str, str]) -> dict[str, str]:
    found = dict(re.findall(r"--buurt-([a-z0-9-]+): (#[0-9a-f]{6}|var\(--buurt-[a-z-]+\));", css))
    known = {**before, **found}
    return {name: re.sub(r"var\(--buurt-([a-z-]+)\)", lambda to: known[to[1]], value) for name, value in found.items()}


@pytest.mark.parametrize("theme", SHIPPED, ids=lambda theme: theme.name)
def test_everybody_can_read_the_themes_that_ship(theme: Theme) -> None:
    assert problems_of(theme) == []


@pytest.mark.parametrize("theme", SHIPPED, ids=lambda theme: theme.name)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_borders_of_fields_and_focus_rings_are_seen(theme: Theme, scheme: str) -> None:
    edges = [pair for pair in pairs_of(theme) if pair.scheme == scheme and pair.front in EDGES_ON and pair.needed == 3]

    assert {(pair.front, pair.ground) for pair in edges} >= {("field", "card"), ("field", "paper"), ("focus", "paper")}
    assert min(pair.ratio for pair in edges) >= 3
    # The ring lies outside the outline: one of the two is seen on anything, a filled button too.
    colours = theme.schemes[scheme]
    for filled in ("brand", "danger", "own"):
        assert (
            max(contrast(colours[ring], colours[filled]) for ring in ("focus", "focus-ring")) >= 3 or scheme == "dark"
        )


def test_a_second_open_theme_ships() -> None:
    found = shelved("ma")

    assert found is not None
    assert found.theme.light["brand"] != LIGHT["brand"]


def test_one_colour_is_enough() -> None:
    theme = read_fit_theme(_file(brand="#004699"))

    assert theme.light["brand"] == "#004699"
    assert theme.light["on-brand"] == "#ffffff"
    assert contrast(theme.dark["brand"], DARK["card"]) > 6
    assert "--buurt-brand:#004699" in sheet_of(theme)


def test_a_pale_colour_is_refused_with_one_that_would_do() -> None:
    problems = _refusals(_file(brand="#ffcc00"))

    assert "de huiskleur (brand) op het papier (paper) haalt 1.4, nodig is 4.5. Dit kan wel: #806600." in problems
    assert read_fit_theme(_file(brand="#806600"))


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("brand", "red", "is geen kleur"),
        ("brand", "#12345", "is geen kleur"),
        ("brand", "#0d5c5080", "is geen kleur"),
        ("brand", "url(https://elsewhere.example/x)", "is geen kleur"),
        ("brand", "#0d5c50;}body{display:none", "is geen kleur"),
        ("font", "Arial;} body {", "namen van lettertypen"),
        ("font", "url(x.woff2)", "namen van lettertypen"),
        ("font", "<b>", "namen van lettertypen"),
        ("radius", "99px", "0 tot 26"),
        ("colour", "#0d5c50", "kennen we niet"),
    ],
)
def test_a_value_that_could_do_more_than_colour_is_refused(name: str, value: str, words: str) -> None:
    (problem,) = _refusals(_file(**{name: value}))

    assert words in problem


@pytest.mark.parametrize("text", ["", "[]", "{", '{"name": "x"}', '{"tokens": []}', '{"tokens": {}, "css": "a{}"}'])
def test_what_is_no_theme_is_refused(text: str) -> None:
    assert _refusals(text)


@given(st.dictionaries(st.sampled_from([*LIGHT, "font", "radius", "x"]), st.text(max_size=40), max_size=4))
def test_no_theme_carries_anything_but_tokens(tokens: dict[str, str]) -> None:
    try:
        sheet = sheet_of(read_theme(json.dumps({"tokens": tokens})))
    except ThemeError:
        return
    assert sheet.count("{") == sheet.count("}") == 3
    assert not re.search(r"url|@import|<|\\|expression", sheet)


@given(st.integers(0, 0xFFFFFF))
def test_a_theme_of_any_colour_is_readable_or_refused_with_help(number: int) -> None:
    brand = f"#{number:06x}"
    try:
        theme = read_fit_theme(_file(brand=brand))
    except ThemeError as refused:
        assert all(re.search(r"#[0-9a-f]{6}", problem) for problem in refused.problems)
        return
    assert all(pair.is_enough for pair in pairs_of(theme))


@given(st.integers(0, 0xFFFFFF), st.integers(0, 0xFFFFFF))
def test_until_reaches_what_it_promises(one: int, other: int) -> None:
    colour, ground = f"#{one:06x}", f"#{other:06x}"

    assert contrast(until(colour, (ground,), 4.5), ground) >= 4.5


def test_colours_are_tidied_and_mixed() -> None:
    assert tidy_colour(" #ABC ") == "#aabbcc"
    assert tidy_colour("rgb(13, 92, 80)") == "#0d5c50"
    assert tidy_colour("rgba(13 92 80 / 1)") == "#0d5c50"
    assert tidy_colour("rgba(13, 92, 80, .5)") is None
    assert mix("#000000", "#ffffff", 0.5) == "#808080"


NLDS_FLAT = {
    "basisColorAction1ColorDefault": "#154273",
    "basisColorDefaultBgDocument": "#ffffff",
    "basisBorderRadiusMd": "4px",
    "amsHeadingColor": "#000000",
}
NLDS_NESTED = {
    "$themes": [],
    "brand": {"huis": {"color": {"blauw": {"$type": "color", "$value": "#154273"}}}},
    "common": {
        "basis": {
            "color": {
                "action-1": {"color-default": {"$type": "color", "$value": "{huis.color.blauw}"}},
                "default": {"bg-document": {"$value": "#ffffff"}},
            },
            "border-radius": {"md": {"$value": "4px"}},
        }
    },
}


@pytest.mark.parametrize("found", [NLDS_FLAT, NLDS_NESTED], ids=["flat", "tokens studio"])
def test_a_file_of_nl_design_system_is_understood(found: dict[str, object]) -> None:
    theme = read_fit_theme(json.dumps(found), name="Duinstad")

    assert theme.name == "Duinstad"
    assert theme.light["brand"] == "#154273"
    assert theme.sizes == {"radius": "4px"}


def test_a_file_in_the_folder_can_be_worn_and_a_bad_one_is_said(settings: LazySettings, tmp_path: Path) -> None:
    (tmp_path / "duinstad.json").write_text(_file(brand="#004699"))
    (tmp_path / "bleek.json").write_text(_file(brand="#ffcc00"))
    (tmp_path / "buurt.json").write_text(_file(brand="#004699"))
    settings.THEME_FOLDERS = [tmp_path]

    assert [each.key for each in all_shelved()] == ["duinstad"]
    assert shelved("bleek") is None
    ((path, problems),) = problems_on_shelf().items()
    assert path.endswith("bleek.json")
    assert "haalt 1.4" in problems[0]


def test_a_changed_file_is_read_again(settings: LazySettings, tmp_path: Path) -> None:
    settings.THEME_FOLDERS = [tmp_path]
    path = tmp_path / "duinstad.json"
    path.write_text(_file(brand="#004699"))
    first = shelved("duinstad")
    path.write_text(_file(brand="#154273"))

    second = shelved("duinstad")

    assert first is not None
    assert second is not None
    assert first.version != second.version


def test_every_pair_has_its_words() -> None:
    for pair in pairs_of(Theme("Buurt")):
        assert "(" in Pair.sentence(pair, "#000000")
