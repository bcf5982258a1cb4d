"""The canonical writer: the same bytes back for every adopted file, and nothing lost for any other."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeys.checker.library import adopted, everything
from journeys.fileformat.loader import load_journey, load_list, read_file
from journeys.fileformat.model import Journey, ListFile
from journeys.fileformat.text import Text
from journeys.fileformat.tree import parse
from journeys.fileformat.writer import prose, quoted, write_journey, write_list

# Everything the loader accepts in a text.
accepted_text = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp", "Cn"]) | st.sampled_from("\n\t \"\\#:{}'")
)


@pytest.mark.parametrize("path", everything(), ids=lambda path: path.stem)
def test_adopted_file_comes_back_byte_for_byte(path: Path) -> None:
    data = path.read_bytes()
    made, findings = read_file(data)
    assert not findings
    assert isinstance(made, Journey | ListFile)
    written = write_journey(made) if isinstance(made, Journey) else write_list(made)
    assert written.encode() == data


@pytest.mark.parametrize("path", adopted(), ids=lambda path: path.stem)
def test_writing_does_not_depend_on_how_it_was_written(path: Path) -> None:
    source = path.read_text()
    loose = source.replace("    actie:\n", "    actie:    # wat te doen\n").replace('zwaarte: "1"', "zwaarte: 1")
    loose = loose.replace("\n", "\r\n").replace("gevoelig: ja", 'gevoelig: "ja"')
    assert loose != source
    assert write_journey(load_journey(loose)) == source


@given(accepted_text)
@settings(max_examples=300, deadline=None)
def test_any_text_survives_writing(text: str) -> None:
    assert parse(f"a: {quoted(text)}\n").get("a") == text
    lines = "\n".join(prose("a", text)) + "\nb: x\n"
    assert parse(lines).get("a") == text
    assert parse(lines).get("b") == "x"


@given(
    accepted_text.filter(
        lambda text: bool(text.strip()) and "<" not in text and "&" not in text and "{" not in text and "}" not in text
    )
)
@settings(max_examples=30, deadline=None)
def test_a_changed_text_is_the_only_change(text: str) -> None:

    journey = load_journey(adopted()[0].read_bytes())
    changed = replace(journey, intro=Text(text), title=Text(text))
    again = load_journey(write_journey(changed))
    assert again == changed
    assert replace(again, intro=journey.intro, title=journey.title) == journey


def test_faulty_model_is_not_written_as_something_else() -> None:
    journey = load_journey(adopted()[0].read_bytes())

    odd = replace(journey, id=Text("x: y\nz: {"))
    assert parse(write_journey(odd)).get("id") == "x: y\nz: {"


def test_list_without_sources_says_so() -> None:
    path = next(path for path in everything() if path.stem == "dagplan")

    without = replace(load_list(path.read_bytes()), sources=())
    assert "\nbron: []\n" in write_list(without)
    assert load_list(write_list(without)) == without
