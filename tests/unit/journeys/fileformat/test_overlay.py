"""Other words over a wegwijzer or a list: read, laid over, written back."""

from pathlib import Path

import pytest

from journeys.checker.library import ADOPTED, DATA, LISTS, overlays
from journeys.fileformat.evaluate import outcome, visible_questions
from journeys.fileformat.loader import load_journey, load_list, read_file
from journeys.fileformat.overlaid import laid_over, list_laid_over, texts_of
from journeys.fileformat.overlay import Overlay
from journeys.fileformat.overlay_writer import write_overlay

HEAD = """lokaal: "1"
wegwijzer: geld-en-post
versie: "2026.3"
taal: nl
gemeente: zaanstad
redactie:
  eigenaar: "Zaanstad"
  nagekeken_door: "het buurtteam"
  nagekeken_op: "2026-11-25"
  opnieuw_voor: "2027-05-23"
"""


def overlay(source: str) -> Overlay:
    made, findings = read_file(HEAD + source)
    assert findings == []
    assert isinstance(made, Overlay)
    return made


@pytest.mark.parametrize("path", overlays(), ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_adopted_overlay_comes_back_byte_for_byte(path: Path) -> None:
    made, findings = read_file(path.read_bytes())
    assert findings == []
    assert isinstance(made, Overlay)
    assert write_overlay(made).encode() == path.read_bytes()


@pytest.mark.parametrize("path", sorted(ADOPTED.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_translation_changes_words_and_nothing_else(path: Path) -> None:
    core = load_journey(path.read_bytes())
    made, _ = read_file((DATA / "en" / "wegwijzers" / path.name).read_bytes())
    assert isinstance(made, Overlay)
    english = laid_over(core, made)

    assert english.language == "en"
    # Names of organisations stay as they are.
    said = {path: text for path, text in texts_of(core).items() if " " in text and path[-1] != "naam"}
    assert [path for path, text in said.items() if texts_of(english)[path] == text] == []
    for example in core.examples:
        before, after = outcome(core, example.choices), outcome(english, example.choices)
        assert [card.answer.id for card in before.cards] == [card.answer.id for card in after.cards]
        assert before.no_neighbour == after.no_neighbour
        assert [q.id for q in visible_questions(core, example.choices)] == [
            q.id for q in visible_questions(english, example.choices)
        ]


def test_every_list_is_translated_and_a_letter_to_send_stays_dutch() -> None:
    for path in sorted(LISTS.glob("*.yaml")):
        core = load_list(path.read_bytes())
        made, _ = read_file((DATA / "en" / "lijsten" / path.name).read_bytes())
        assert isinstance(made, Overlay)
        english = list_laid_over(core, made)
        assert texts_of(english).keys() == texts_of(core).keys() == made.texts.keys()
        assert english.text == core.text
        assert english.title != core.title


def test_a_municipality_replaces_hides_and_adds() -> None:
    core = load_journey((ADOPTED / "geld-en-post.yaml").read_bytes())
    made = overlay(
        """antwoorden:
  bieb:
    titel: "Loop binnen bij De Bieb"
verberg:
  - antwoord: eten
    omdat: "Hier is geen voedselbank."
erbij:
  - id: inloop-geld
    soort: initiatief
    leefgebied: geld
    zwaarte: "1"
    titel: "De geldinloop"
    tekst: "Elke week is er iemand."
    actie:
      initiatief: buurthuis
    keerpunt:
      tekst: "Kom je er niet uit? Bel Geldfit."
      naar: geldfit
"""
    )

    here = laid_over(core, made)

    library = here.answer("bieb")
    assert library is not None
    assert library.title == "Loop binnen bij De Bieb"
    assert library.condition == core.answer("bieb").condition  # type: ignore[union-attr]
    assert here.answer("eten") is None
    assert here.answers[-1].id == "inloop-geld"
    assert load_overlay_again(made) == made


def load_overlay_again(made: Overlay) -> object:
    return read_file(write_overlay(made))[0]


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        ('kleur: "rood"\n', 11, "`kleur` bestaat niet"),
        ("vragen:\n  - een\n  - [twee]\n", 12, ""),
        ('antwoorden:\n  bieb:\n    titel: ""\n', 13, "leeg"),
        ('antwoorden:\n  bieb:\n    titel: "<b>dik</b>"\n', 13, "HTML"),
        ("verberg:\n  - antwoord: eten\n", 12, "`omdat` ontbreekt"),
        ("verberg: eten\n", 11, "lijst"),
    ],
)
def test_a_fault_of_shape_is_named(source: str, line: int, words: str) -> None:
    findings = read_file(HEAD + source)[1]
    if words:
        assert [finding.line for finding in findings] == [line]
        assert words in findings[0].text
        assert findings[0].code == "E01"


def test_a_translation_hides_nothing() -> None:
    source = HEAD.replace("gemeente: zaanstad\n", "") + 'verberg:\n  - antwoord: eten\n    omdat: "x"\n'
    assert [finding.code for finding in read_file(source)[1]] == ["E01"]
