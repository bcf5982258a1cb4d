"""The street is always the same for a community, shows exactly the windows it should, and stays small."""

import re
from xml.etree import ElementTree

import pytest

from buurt.communities.street import count_windows, draw_street

SLUGS = ["zaanstad", "haarlem", "den-haag", "x", "een-heel-lange-naam-van-een-gemeente", "súdwest-fryslân"]


def windows(svg: str, kind: str) -> list[str]:
    """Return the windows of one kind: "sl" lit, "sd" dark."""
    found = re.search(rf'<path class="{kind}" d="([^"]*)"', svg)
    assert found
    return re.findall(r"M[^M]+", found.group(1))


def test_the_same_slug_draws_the_same_street() -> None:
    assert draw_street("zaanstad", 5) == draw_street("zaanstad", 5)


def test_another_slug_draws_another_street() -> None:
    assert len({draw_street(slug, 0) for slug in SLUGS}) == len(SLUGS)


def test_a_window_that_is_lit_stays_lit_when_more_are() -> None:
    few = windows(draw_street("zaanstad", 3), "sl")
    more = windows(draw_street("zaanstad", 9), "sl")

    assert more[:3] == few


@pytest.mark.parametrize("lit", [0, 1, 7, 40])
def test_exactly_as_many_windows_are_lit_as_asked(lit: int) -> None:
    svg = draw_street("zaanstad", lit)

    assert len(windows(svg, "sl")) == lit
    assert len(windows(svg, "sl")) + len(windows(svg, "sd")) == count_windows("zaanstad")


def test_no_more_windows_are_lit_than_there_are() -> None:
    svg = draw_street("zaanstad", 100_000)

    assert len(windows(svg, "sl")) == count_windows("zaanstad")
    assert windows(svg, "sd") == []


def test_a_negative_count_lights_none() -> None:
    assert windows(draw_street("zaanstad", -1), "sl") == []


@pytest.mark.parametrize("slug", SLUGS)
def test_the_street_is_small_and_well_formed(slug: str) -> None:
    svg = draw_street(slug, 12, title="Een straat")

    assert len(svg.encode()) <= 3_500
    assert ElementTree.fromstring(svg).attrib["viewBox"]


@pytest.mark.parametrize("slug", SLUGS)
def test_houses_fill_the_whole_width_and_stay_on_the_picture(slug: str) -> None:
    svg = draw_street(slug, 0)
    _, _, width, height = (int(number) for number in re.findall(r'viewBox="(.*?)"', svg)[0].split())
    corners = re.findall(r"M(\d+) (\d+)h16", svg)

    assert 'class="s' in svg
    assert all(0 <= int(x) <= width - 16 and 0 <= int(y) <= height - 21 for x, y in corners)


def test_no_inline_style_and_no_fixed_colour() -> None:
    svg = draw_street("zaanstad", 3)

    assert "style=" not in svg
    assert "fill=" not in svg
    assert "#" not in svg


def test_with_a_title_it_is_an_image_that_is_read_aloud() -> None:
    svg = draw_street("zaanstad", 3, title='Een <straat> & "licht"')

    assert 'role="img"' in svg
    assert "<title>Een &lt;straat&gt; &amp; &quot;licht&quot;</title>" in svg
    assert "aria-hidden" not in svg


def test_without_a_title_it_is_decoration() -> None:
    svg = draw_street("zaanstad", 3)

    assert 'aria-hidden="true"' in svg
    assert "<title>" not in svg


def test_fewer_houses_make_a_shorter_street() -> None:
    assert count_windows("zaanstad", houses=5) < count_windows("zaanstad")
    assert len(draw_street("zaanstad", 3, houses=5)) < len(draw_street("zaanstad", 3))
