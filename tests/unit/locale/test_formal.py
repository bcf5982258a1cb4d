"""The Dutch with "u": what the rules make of a sentence, and what the check refuses."""

import pytest
from babel.messages.catalog import Catalog

from tools import formal, messages


@pytest.mark.parametrize(
    ("je", "u"),
    [
        ("Waar kun je hulp bij gebruiken?", "Waar kunt u hulp bij gebruiken?"),
        ("Je hulp is welkom.", "Uw hulp is welkom."),
        ("Wat wil jij doen?", "Wat wilt u doen?"),
        ("Heb je iets nodig? Vraag je buren.", "Hebt u iets nodig? Vraag uw buren."),
        ("We vragen je later. Jouw plek blijft van jou.", "We vragen u later. Uw plek blijft van u."),
        ("Wat zei je? Was jij het?", "Wat zei u? Was u het?"),
        ("Vertel iets over jezelf.", "Vertel iets over uzelf."),
        ("%(name)s ziet je naam, en jullie adres.", "%(name)s ziet uw naam, en jullie adres."),
        ("Je, <b>je</b> en je", "U, <b>u</b> en u"),
        ("Bedenk je je?", "Bedenkt u zich?"),
        ("Hoi %(name)s,", "Beste %(name)s,"),
        ("Een jekker op het prikbord", "Een jekker op het prikbord"),
    ],
)
def test_rules(je: str, u: str) -> None:
    assert formal.to_formal(je) == u


def test_an_update_takes_only_what_says_je_and_keeps_what_a_person_wrote() -> None:
    source, old = Catalog(locale="nl", fuzzy=False), Catalog(locale="nl", fuzzy=False)
    for sentence in ("Zoek", "Geef nooit je pas.", "Ben je er?", ("je vraag", "je vragen")):
        source.add(sentence)
    old.add("Geef nooit je pas.", "Geef nooit uw pas.")

    new = messages.merged(old, source, formal.FOLDER)

    assert [(each.id, each.string) for each in new if each.id] == [
        ("Geef nooit je pas.", "Geef nooit uw pas."),
        ("Ben je er?", "Bent u er?"),
        (("je vraag", "je vragen"), ("uw vraag", "uw vragen")),
    ]
    assert list(formal.problems(new)) == []


def test_a_sentence_that_still_says_je_is_refused() -> None:
    catalog = Catalog(locale="nl", fuzzy=False)
    catalog.add("Ben je er? Heb je tijd?", "Bent u er? Heb je tijd?")

    (problem,) = formal.problems(catalog)

    assert "Heb je tijd" in problem
