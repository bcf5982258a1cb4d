"""The catalogues: what the extractor finds, what an update keeps, what the check refuses."""

import os
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from django.conf import settings

from tools import message_checks, messages

PYTHON = """
from django.utils.translation import gettext as now_, gettext_lazy as _, ngettext, pgettext_lazy, npgettext as many
from elsewhere import other
LABEL = _("Een " "zin")
def words(n):
    other("Geen zin"), now_("Nu")
    return ngettext("%(n)s buur", "%(n)s buren", n), pgettext_lazy("klok", "uur"), many("in de lijst", "dag", "dagen", n)
"""
TEMPLATE = """{% extends "base.html" %}
  {% block a %}
{% translate "Zoek" %} ( {{ x|default:_("Niets") }} {% include "a.html" with text=_("Kies 'er' een") only %}
    {% blocktranslate trimmed with name=person.name %}
      Dag {{ name }},
      100% welkom
    {% endblocktranslate %}
  {% blocktranslate count n=total %}{{ n }} vraag{% plural %}{{ n }} vragen{% endblocktranslate %}
{% translate "Open" context "stand" %}{% comment %}{% translate "Weg" %}{% endcomment %}
{% endblock %}"""


def catalog(**entries: str | tuple[str, str]) -> Catalog:
    """Make an English catalogue; the sentence "a" asks for "%(a)s en <b>a</b>"."""
    made = Catalog(locale="en", fuzzy=False)
    for name, string in entries.items():
        made.add(f"%({name})s en <b>{name}</b>", string)
    return made


def test_python_is_read_under_any_name_and_joined() -> None:
    found = list(messages.messages_in(PYTHON, template=False))

    assert found == [
        ("Een zin", None),
        ("Nu", None),
        (("%(n)s buur", "%(n)s buren"), None),
        ("uur", "klok"),
        (("dag", "dagen"), "in de lijst"),
    ]


def test_templates_are_read_as_django_reads_them() -> None:
    found = list(messages.messages_in(TEMPLATE, template=True))

    assert found == [
        ("Zoek", None),
        ("Niets", None),
        ("Kies 'er' een", None),
        ("Dag %(name)s, 100%% welkom", None),
        (("%(n)s vraag", "%(n)s vragen"), None),
        ("Open", "stand"),
    ]


def test_an_update_keeps_what_still_stands_and_drops_the_rest() -> None:
    old = catalog(a="%(a)s and <b>a</b>", gone="gone")
    source = catalog(a="", b="")

    new = messages.merged(old, source, "en")

    assert {message.id: message.string for message in new if message.id} == {
        "%(a)s en <b>a</b>": "%(a)s and <b>a</b>",
        "%(b)s en <b>b</b>": "",
    }


@pytest.mark.parametrize(
    ("string", "problem"),
    [
        ("%(a)s and <b>a</b>", ""),
        ("", "not translated"),
        ("a and <b>a</b>", "other placeholders"),
        ("%(b)s and <b>a</b>", "other placeholders"),
        ("%(a)d and <b>a</b>", "other placeholders"),
        ("%(a)s and a", "other tags"),
        ("%(a)s and <b>a</b> ", "space at an edge"),
    ],
)
def test_a_translation_says_the_same(string: str, problem: str) -> None:
    found = list(message_checks.problems(catalog(a=string), catalog(a=""), complete=True))

    assert len(found) == bool(problem)
    assert all(each.startswith(problem) for each in found)


def test_a_language_that_is_not_complete_may_lack_a_sentence_but_must_know_of_it() -> None:
    assert list(message_checks.problems(catalog(a=""), catalog(a=""), complete=False)) == []
    (missing,) = message_checks.problems(catalog(), catalog(a=""), complete=False)
    assert missing.startswith("not in the catalogue")


def test_a_fuzzy_translation_is_refused() -> None:
    fuzzy = catalog(a="%(a)s and <b>a</b>")
    found = fuzzy.get("%(a)s en <b>a</b>")
    assert found is not None
    found.flags.add("fuzzy")

    (problem,) = message_checks.problems(fuzzy, catalog(a=""), complete=True)

    assert problem.startswith("marked fuzzy")


def test_every_plural_form_is_there_and_one_may_leave_the_number_out() -> None:
    source = Catalog(locale="en", fuzzy=False)
    source.add(("een dag", "%(n)s dagen"))
    whole, half = Catalog(locale="en", fuzzy=False), Catalog(locale="en", fuzzy=False)
    whole.add(("een dag", "%(n)s dagen"), ("one day", "%(n)s days"))
    half.add(("een dag", "%(n)s dagen"), ("one day", ""))

    assert list(message_checks.problems(whole, source, complete=True)) == []
    (problem,) = message_checks.problems(half, source, complete=False)
    assert problem.startswith("a plural form is missing")


def test_a_form_for_one_number_only_may_leave_it_out_and_no_other_form() -> None:
    source = Catalog(locale="ar", fuzzy=False)
    source.add(("%(n)s dag", "%(n)s dagen"))
    arabic, ukrainian = Catalog(locale="ar", fuzzy=False), Catalog(locale="uk", fuzzy=False)
    arabic.add(("%(n)s dag", "%(n)s dagen"), ("%(n)s يوم", "يوم", "يومان", "%(n)s أيام", "%(n)s يوم", "%(n)s يومًا"))
    ukrainian.add(("%(n)s dag", "%(n)s dagen"), ("день", "%(n)s дні", "%(n)s днів"))

    assert list(message_checks.problems(arabic, source, complete=True)) == []
    # One, twenty-one, thirty-one.
    (problem,) = message_checks.problems(ukrainian, source, complete=True)
    assert problem.startswith("other placeholders")


def test_a_sentence_left_in_dutch_is_pointed_at_and_a_short_word_is_not() -> None:
    turkish = Catalog(locale="tr", fuzzy=False)
    turkish.add("Wat wil je vandaag doen?", "Wat wil je vandaag doen?")
    turkish.add("Contact", "Contact")

    (problem,) = message_checks.problems(turkish, Catalog(locale="tr", fuzzy=False), complete=False)

    assert problem.startswith("still Dutch")


def test_compiling_writes_what_is_older_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "LOCALE", tmp_path)
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "django.po").open("wb") as file:
        write_po(file, catalog(a="%(a)s and <b>a</b>"))

    assert messages.compile_all() == [folder / "django.mo"]
    assert messages.compile_all() == []
    later = (folder / "django.mo").stat().st_mtime + 10
    os.utime(folder / "django.po", (later, later))
    assert messages.compile_all() == [folder / "django.mo"]
    assert sorted(path.name for path in folder.iterdir()) == ["django.mo", "django.po"]


def test_every_language_that_is_switched_on_is_dutch_or_has_a_catalogue() -> None:
    there = {path.parent.parent.name for path in messages.catalogue_paths()}

    assert {code for code, _name in settings.LANGUAGES} - {"nl"} <= there
    assert settings.LANGUAGE_CODE == "nl"


def test_the_catalogues_of_the_project_are_good(capsys: pytest.CaptureFixture[str]) -> None:
    assert messages.check() == 0, capsys.readouterr().out


def test_a_word_of_two_alphabets_is_refused_and_a_name_in_another_alphabet_is_not() -> None:
    ukrainian = Catalog(locale="uk", fuzzy=False)
    ukrainian.add("Zoek in Buurt", "Шукати в Buurt")
    ukrainian.add("Zoek", "Шуkати")

    (problem,) = message_checks.problems(ukrainian, Catalog(locale="uk", fuzzy=False), complete=False)

    assert "two alphabets in 'Шуkати'" in problem
