"""The picture for a home screen: a PNG of the size asked for, in the theme's colours, whole when it is cut round."""

import struct
import zlib

import numpy as np
import pytest

from buurt.communities.app_icon import COLOURS, app_icon, theme_colours
from buurt.communities.house_style import keep_own_theme
from tests.factories.communities import make_community


def _pixels(png: bytes) -> "np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]":
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">2I", png[16:24])
    start = png.index(b"IDAT") + 4
    length = struct.unpack(">I", png[start - 8 : start - 4])[0]
    rows = np.frombuffer(zlib.decompress(png[start : start + length]), dtype=np.uint8).reshape(height, 1 + 3 * width)
    return rows[:, 1:].reshape(height, width, 3)


def _rgb(name: str) -> list[int]:
    return list(bytes.fromhex(COLOURS[name][1:]))


@pytest.mark.parametrize("size", [180, 192])
def test_icon_has_its_size_and_every_colour(size: int) -> None:
    pixels = _pixels(app_icon(COLOURS, size, masked=False))

    assert pixels.shape == (size, size, 3)
    found = {tuple(pixel) for pixel in pixels.reshape(-1, 3).tolist()}
    assert {tuple(_rgb(name)) for name in COLOURS} <= found
    assert pixels[0, 0].tolist() == _rgb("paper")


def test_masked_icon_keeps_the_houses_inside_the_circle_that_a_telephone_cuts() -> None:
    size = 192
    pixels = _pixels(app_icon(COLOURS, size, masked=True))
    y, x = np.indices((size, size)) - (size - 1) / 2
    outside = np.hypot(x, y) > 0.4 * size

    assert (pixels[outside] == _rgb("paper")).all()
    assert (pixels != _rgb("paper")).any()


@pytest.mark.django_db
def test_icon_wears_the_theme_of_its_community() -> None:
    community = make_community()
    assert theme_colours(None) == theme_colours(community) == COLOURS

    keep_own_theme(by=None, community=community, text='{"name": "Duinstad", "tokens": {"brand": "#004699"}}')
    assert theme_colours(community)["brand"] == "#004699"
    community.theme = "bestaat-niet"
    assert theme_colours(community) == COLOURS
