"""The catalogues of translations: read from the source, kept up to date, compiled and checked; on Babel alone.

python -m tools.messages update [language ...]   write locale/<language>/LC_MESSAGES/django.po anew
python -m tools.messages extract                 write the bare template to standard output
python -m tools.messages compile                 write the .mo files that are older than their .po
python -m tools.messages check                   every sentence there, no fuzzy ones, placeholders equal
"""

import ast
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import yaml
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tools import formal
from tools.message_checks import forms, problems, same_shape, translated

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "locale"
SOURCES = ("buurt", "config", "matching", "notifications", "requests", "templates")
# What the page /privacy shows of privacy.yml.
PRIVACY, PRIVACY_WORDS = "privacy.yml", ("what", "retention")
# These say everything; other languages may lack a sentence, and show it in Dutch.
COMPLETE = frozenset({"en", formal.FOLDER})
SOURCE_NOTE = "The sentences of Buurt; Dutch is the source. Kept up to date by `make messages`."
# Translated with care, and waiting for a reader who grew up with the language; take it out of this set after that.
UNREAD = frozenset({"tr", "ar", "pl", "uk"})
UNREAD_NOTE = "No native speaker has read these sentences yet."
# Which arguments of a function are the sentence, in Babel's words: "1c" is the context.
KEYWORDS: dict[str, Any] = {
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
# A catalogue's heading has no clock in it: the same source gives the same file.
MADE = datetime(2026, 1, 1, tzinfo=UTC)

Key = tuple[str, str | None]


def source_files() -> Iterator[Path]:
    """Give every file that may hold a sentence, in a fixed order."""
    for folder in SOURCES:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in {".py", ".html", ".txt"} and "migrations" not in path.parts:
                yield path


def messages_in(text: str, *, template: bool) -> Iterator[tuple[str | tuple[str, str], str | None]]:
    """Give the sentences of one source as (msgid or pair, context); templates go through Django's own lexer."""
    keywords = dict(KEYWORDS)
    if template:
        from django.utils.translation.template import templatize

        # In brackets, or the Python that Django makes of a template trips over its own indentation.
        text = f"({templatize(text)})"
        keywords["_"] = None
    else:
        keywords |= _aliases(text)
    found = extract("python", BytesIO(text.encode()), keywords=keywords, options={"encoding": "utf-8"})
    for _line, message, _comments, context in found:
        if isinstance(message, tuple):
            yield (message[0], message[1]), context
        elif message:
            yield message, context


def _aliases(text: str) -> dict[str, Any]:
    """Return the names under which a module knows gettext and its family: `_`, `now_`, gettext_lazy ..."""
    names: dict[str, Any] = {}
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            for each in node.names:
                base = each.name.removesuffix("_lazy")
                if base in KEYWORDS:
                    names[each.asname or each.name] = KEYWORDS[base]
    return names


def source_catalog() -> Catalog:
    """Return all sentences of the source, with the files they stand in."""
    catalog = _heading(None)
    for path in source_files():
        text = path.read_text(encoding="utf-8")
        place = (str(path.relative_to(ROOT)), 0)
        for msgid, context in messages_in(text, template=path.suffix != ".py"):
            catalog.add(msgid, None, [place], context=context)
    for rule in yaml.safe_load((ROOT / PRIVACY).read_text(encoding="utf-8"))["rules"].values():
        for name in PRIVACY_WORDS:
            if rule[name]:
                catalog.add(rule[name], None, [(PRIVACY, 0)])
    return catalog


def language_of(folder: str) -> str:
    """Return the language of a folder under locale/: the plurals of nl_Formal are those of nl."""
    return folder.partition("_")[0]


def _heading(folder: str | None) -> Catalog:
    language = folder and language_of(folder)
    return Catalog(
        locale=language,
        header_comment="\n".join(["# " + SOURCE_NOTE, *([f"# {UNREAD_NOTE}"] if folder in UNREAD else [])]),
        project="Buurt",
        version="1",
        msgid_bugs_address="see README.md",
        last_translator="see the history",
        language_team=language,
        creation_date=MADE,
        revision_date=MADE,
        fuzzy=False,
    )


def read(path: Path) -> Catalog:
    """Return a catalogue from its file; a broken file raises instead of losing sentences."""
    with path.open("rb") as file:
        return read_po(file, locale=language_of(path.parent.parent.name), abort_invalid=True)


def merged(old: Catalog, source: Catalog, language: str) -> Catalog:
    """Return the source's sentences with the old translations; what the source dropped goes."""
    new = _heading(language)
    for message in _said_in(source, language):
        kept = old.get(message.id, message.context)
        string = kept.string if kept is not None and same_shape(kept, message) else ""
        if language == formal.FOLDER and not any(forms(string)):
            string = formal.first_version(message)
        comments = kept.user_comments if kept is not None else ()
        new.add(message.id, string, message.locations, user_comments=comments, context=message.context)
        if kept is not None and kept.fuzzy:
            found = new.get(message.id, message.context)
            if found is not None:
                found.flags.add("fuzzy")
    return new


def _said_in(source: Catalog, folder: str) -> list[Message]:
    """Return the sentences that a catalogue holds: all of them, and with "u" only those that speak to somebody."""
    return [each for each in source if each.id and (folder != formal.FOLDER or formal.is_needed(each))]


def catalogue_paths() -> list[Path]:
    """Return the catalogue of every language that has one."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))


def update(languages: list[str]) -> None:
    """Bring these languages (or all there are) up to date with the source; a new one starts empty."""
    paths = [LOCALE / each / "LC_MESSAGES" / "django.po" for each in languages] or catalogue_paths()
    source = source_catalog()
    for path in paths:
        language = path.parent.parent.name
        new = merged(read(path) if path.exists() else _heading(language), source, language)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, new, width=116, include_lineno=False)
        print(f"{language}: {len(new)} sentences, {sum(not translated(each) for each in new if each.id)} to do")


def compile_all() -> list[Path]:
    """Write the .mo files that are missing or older than their .po; returns those written."""
    written = []
    for path in catalogue_paths():
        target = path.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= path.stat().st_mtime:
            continue
        # Two servers may start at once: a half-written catalogue is never seen.
        half = target.with_suffix(f".{os.getpid()}.tmp")
        with half.open("wb") as file:
            write_mo(file, read(path))
        half.replace(target)
        written.append(target)
    return written


def check() -> int:
    """Print what is wrong with the catalogues; returns the exit code."""
    source = source_catalog()
    wrong = 0
    for path in catalogue_paths():
        language = path.parent.parent.name
        catalog, wanted = read(path), _said_in(source, language)
        found = [*problems(catalog, wanted, complete=language in COMPLETE)]
        for problem in [*found, *(formal.problems(catalog) if language == formal.FOLDER else ())]:
            print(f"{language}: {problem}")
            wrong += 1
    print(f"messages: {len(catalogue_paths())} catalogues, {len(source)} sentences, {wrong} problems")
    return 1 if wrong else 0


def main(arguments: list[str]) -> int:
    """Do what the command line asks."""
    command, *rest = arguments or [""]
    if command == "update":
        update(rest)
    elif command == "extract":
        write_po(sys.stdout.buffer, source_catalog(), width=116, include_lineno=False)
    elif command == "compile":
        compile_all()
    elif command == "check":
        return check()
    else:
        print(__doc__, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
