"""A logo is only a picture: what could act, load or tell is left out, and what is no picture is refused."""

import struct
import zlib

import pytest

from buurt.communities.themes.logo import PNG_SIGN, clean_logo
from buurt.communities.themes.tokens import ThemeError

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 40">%s</svg>'


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _png(width: int = 80, height: int = 40, *extra: bytes) -> bytes:
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    rows = zlib.compress(b"".join(b"\x00" + b"\x80" * width for _row in range(height)))
    return b"".join([PNG_SIGN, head, *extra, _chunk(b"IDAT", rows), _chunk(b"IEND", b"")])


def test_a_png_keeps_its_picture_and_loses_its_words() -> None:
    logo = clean_logo(_png(80, 40, _chunk(b"tEXt", b"Author\x00Fatma")) + b"<script>")

    assert logo.kind == "png"
    assert logo.width == 80
    assert logo.data == _png()


def test_a_drawing_keeps_its_shapes() -> None:
    logo = clean_logo((SVG % '<g fill="#0d5c50"><path d="M0 0h80v40z"/></g>').encode())

    assert logo.kind == "svg"
    assert logo.width == 80
    assert b'<path d="M0 0h80v40z"' in logo.data


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<path onload="alert(1)" d="M0 0"/>',
        '<a href="https://elsewhere.example"><path d="M0 0"/></a>',
        '<image href="https://elsewhere.example/x.png"/>',
        '<use href="https://elsewhere.example/x.svg#a"/>',
        "<style>@import url(https://elsewhere.example)</style>",
        '<path style="background:url(https://elsewhere.example)" d="M0 0"/>',
        '<path fill="url(https://elsewhere.example#a)" d="M0 0"/>',
        "<foreignObject><iframe xmlns='http://www.w3.org/1999/xhtml' src='https://elsewhere.example'/></foreignObject>",
        '<animate attributeName="href" to="javascript:alert(1)"/>',
    ],
)
def test_what_could_act_is_left_out(inside: str) -> None:
    logo = clean_logo((SVG % inside).encode())

    for word in (b"script", b"alert", b"elsewhere", b"iframe", b"style", b"animate"):
        assert word not in logo.data


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "PNG- of SVG"),
        (b"\xff\xd8\xff\xe0 a jpeg", "PNG- of SVG"),
        (b"<html></html>", "geen SVG"),
        (b"<svg></svg>", "geen SVG"),
        ((SVG % "<path").encode(), "PNG- of SVG"),
        (b'<!DOCTYPE svg [<!ENTITY a "aaaa">]>' + (SVG % "&a;").encode(), "DOCTYPE"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "viewBox"),
        ((SVG % ("<g/>" * 3000)).encode(), "te veel"),
        (b"x" * 200_000, "te groot"),
        (_png()[:-20], "stuk"),
        (_png()[:60] + b"x" + _png()[61:], "stuk"),
        (_png(3000, 1), "beeldpunten"),
    ],
)
def test_what_is_no_picture_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(ThemeError) as refused:
        clean_logo(data)

    assert words in str(refused.value)
