"""The loader: everything is text, and everything else is an error with a line."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeys.checker.library import ADOPTED, LISTS
from journeys.fileformat.loader import load_journey, load_list, read_file
from journeys.fileformat.text import FileError
from journeys.fileformat.tree import MAX_BYTES, Mapping, Node, Sequence, parse, read_bytes

SOURCE = (ADOPTED / "geld-en-post.yaml").read_text()


def texts(node: Node) -> Iterator[str]:
    """Every scalar below a node."""
    if isinstance(node, Sequence):
        for item in node.items:
            yield from texts(item)
    elif isinstance(node, Mapping):
        for key, value in node.items:
            yield key
            yield from texts(value)
    else:
        yield node


def test_every_value_is_text_as_written() -> None:
    tree = parse(
        "a: 0800-2000\nb: 113\nc: nee\nd: no\ne: 2026-11-23\nf: 1e3\ng: null\nh: ~\ni: 0x10\nj: 1_000\nk: .5\n"
    )
    written = ["0800-2000", "113", "nee", "no", "2026-11-23", "1e3", "null", "~", "0x10", "1_000", ".5"]
    assert list(texts(tree))[1::2] == written


def test_lines_are_those_of_the_file() -> None:
    journey = load_journey(SOURCE)
    lines = SOURCE.split("\n")
    for answer in journey.answers:
        assert lines[answer.id.line - 1] == f"  - id: {answer.id}"
        assert lines[answer.title.line - 1] == f'    titel: "{answer.title}"'


@pytest.mark.parametrize(
    ("source", "line", "part"),
    [
        ("", 1, "leeg"),
        ("# niets\n", 1, "leeg"),
        ("- een\n", 1, "sleutels"),
        ("tekst", 1, "sleutels"),
        ("a: 1\nb: 2\na: 3\n", 3, "twee keer"),
        ("a: 1\nb: {c: 1, c: 2}\n", 2, "twee keer"),
        ("a: &x 1\n", 1, "ankers"),
        ("b: 1\na: *x\n", 2, "verwijzingen"),
        ("a: !!str 1\n", 1, "tags"),
        ("a: !!python/object/apply:os.system [ls]\n", 1, "tags"),
        ("a: ! 1\n", 1, "tags"),
        ("a: 1\n? [b]\n: 2\n", 2, "sleutel"),
        ("a: 1\n---\nb: 2\n", 2, "document"),
        ("%YAML 1.1\n---\na: 1\n", 1, "%"),
        ("a: 'open\nb: 1\n", 1, "YAML"),
        ("a: b: c\n", 1, "YAML"),
        ("a:\n\t- b\n", 2, "YAML"),
        ('a: "\\x07"\n', 1, "U+0007"),
        ('a: "\\ud800"\n', 1, "U+D800"),
        ('a: "\\Uffffffff"\n', 1, "YAML"),
        ("a: x\x00y\n", 1, "U+0000"),
        ("b: 1\na: x\u202ey\n", 2, "U+202E"),
        ("\ufeffa: 1\n", 1, "U+FEFF"),
        ("a: " + "[" * 50 + "]" * 50, 1, "diep"),
        ("a: [" + "x," * 30_000 + "]", 1, "groot"),
    ],
)
def test_what_is_not_plain_text_is_refused_with_its_line(source: str, line: int, part: str) -> None:
    with pytest.raises(FileError) as caught:
        parse(source)
    assert caught.value.findings[0].code == "E00"
    assert caught.value.findings[0].line == line
    assert part in caught.value.findings[0].text


def test_bytes_that_are_not_utf8_are_refused_with_their_line() -> None:
    with pytest.raises(FileError, match=r"regel 2.*UTF-8"):
        parse(b"a: 1\nb: \xe9\n")


def test_yaml_bomb_is_refused_at_its_first_anchor() -> None:
    bomb = 'a: &a ["x","x"]\n' + "".join(
        f"{b}: &{b} [*{a},*{a},*{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    with pytest.raises(FileError, match=r"regel 1.*ankers"):
        parse(bomb)


def test_ten_megabytes_are_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "groot.yaml"
    path.write_bytes(b"a: " + b"x" * 10_000_000)
    data = read_bytes(path)
    assert len(data) == MAX_BYTES + 1
    with pytest.raises(FileError, match="groter dan 256 kB"):
        parse(data)


def test_missing_file_and_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="bestaat niet"):
        read_bytes(tmp_path / "weg.yaml")
    with pytest.raises(FileError, match="niet te lezen"):
        read_bytes(tmp_path)


def test_load_refuses_what_read_reports() -> None:
    faulty = SOURCE.replace('versie: "2026.3"\n', "kleur: rood\n")
    _, findings = read_file(faulty)
    assert {(finding.code, finding.line) for finding in findings} == {("E01", 1), ("E01", 3)}
    with pytest.raises(FileError) as caught:
        load_journey(faulty)
    assert caught.value.findings == sorted(findings)


def test_a_list_is_not_a_wegwijzer_nor_the_other_way_round() -> None:
    with pytest.raises(FileError):
        load_journey((LISTS / "dagplan.yaml").read_bytes())
    with pytest.raises(FileError):
        load_list(SOURCE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("soort: brief", "soort: gedicht"),
        ("{{naam}}", "{{voornaam}}"),
        ("  - id: kenmerk\n", "  - id: naam\n"),
        ("tekst: |\n  {{naam}}", "teksten: |\n  {{naam}}"),
        ("soort: brief", "soort: afvink"),
        ('bron:\n  - "https://geldfit.nl"', 'bron:\n  - "http://geldfit.nl"'),
        ('waarna: "Beloof', 'waarna: "<script>Beloof'),
    ],
)
def test_faulty_list_is_refused(old: str, new: str) -> None:
    source = (LISTS / "brief-regeling.yaml").read_text()
    assert old in source
    load_list(source)
    with pytest.raises(FileError):
        load_list(source.replace(old, new, 1))


def only_own_error(data: bytes | str) -> None:
    """Reading gives a model or a FileError, whatever comes in."""
    try:
        read_file(data)
    except FileError as error:
        assert error.findings
        assert all(finding.line >= 1 and finding.text for finding in error.findings)


@given(st.binary(max_size=300) | st.text(max_size=300))
@settings(max_examples=300, deadline=None)
def test_anything_gives_a_model_or_the_own_error(data: bytes | str) -> None:
    only_own_error(data)


PIECES = [
    "a: ", "- ", "? ", ": ", "\n", "  ", "\t", "[", "]", "{", "}", ",", "&a", "*a", "!!str ", "!x ", "|", ">", "'", '"',
    "#", "%YAML 9.9", "---", "...", "\\x00", "\\ud800", "<<: ", "@", "`", "wegwijzer: ", "vragen:", "als: ", "\r", "\x85", "é",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@settings(max_examples=400, deadline=None)
def test_yaml_shaped_noise_gives_a_model_or_the_own_error(source: str) -> None:
    only_own_error(source)


@given(st.integers(0, len(SOURCE) - 1), st.integers(0, 40), st.sampled_from(PIECES))
@settings(max_examples=150, deadline=None)
def test_a_damaged_wegwijzer_gives_a_model_or_the_own_error(place: int, cut: int, piece: str) -> None:
    only_own_error(SOURCE[:place] + piece + SOURCE[place + cut :])


shapes = st.recursive(
    st.sampled_from(["ja", "een", "post", "dicht", ""]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "als", "niet", "post"]), inner),
    max_leaves=6,
)
KEYS = [
    "id",
    "als",
    "opties",
    "soort",
    "actie",
    "keerpunt",
    "deel",
    "zet",
    "kiest",
    "krijgt",
    "redactie",
    "herken",
    "bron",
]


@given(st.sampled_from(KEYS), shapes, st.integers(0, 5))
@settings(max_examples=80, deadline=None)
def test_wrong_shape_below_any_key_is_reported_not_raised(key: str, shape: object, skip: int) -> None:
    lines = SOURCE.split("\n")
    places = [number for number, line in enumerate(lines) if line.lstrip(" -").startswith(f"{key}:")]
    place = places[skip % len(places)]
    indent = len(lines[place]) - len(lines[place].lstrip(" "))
    below = place + 1
    while below < len(lines) and (not lines[below] or len(lines[below]) - len(lines[below].lstrip(" ")) > indent):
        if lines[place].lstrip().startswith("- "):
            break  # the rest of the item stands there
        below += 1
    head = lines[place].split(":")[0]
    only_own_error("\n".join([*lines[:place], f"{head}: {shape!r}", *lines[below:]]))
