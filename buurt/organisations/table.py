"""Reads the table of counters and initiatives that a community keeps: CSV as a spreadsheet saves it, or YAML.

Columns: loket, naam, telefoon, open, adres, website, buurt, nagekeken_op. Only loket and naam must be filled.
Nothing in here touches the database.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import yaml

COLUMNS = ("loket", "naam", "telefoon", "open", "adres", "website", "buurt", "nagekeken_op")
LONGEST = {"naam": 120, "telefoon": 20, "open": 120, "adres": 160, "website": 200}
MAX_BYTES = 1024 * 1024
TELEPHONE = re.compile(r"[0-9+(][0-9 ()-]*[0-9]")
ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(?:[/?#][^\s\"'<>]*)?")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table, tidied; `area` is a name or slug as typed, "" for the whole community."""

    line: int
    slot: str
    name: str
    phone: str = ""
    hours: str = ""
    address: str = ""
    website: str = ""
    area: str = ""
    checked_on: date | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that cannot be stored, and why."""

    line: int
    reason: str


class WrongTableError(Exception):
    """This is no table of organisations at all; the text says why."""


def read_table(data: bytes, *, slots: Collection[str], today: date) -> Iterator[Row | Problem]:
    """Yield every row of a table, or what is wrong with it; WrongTableError when it is no such table.

    `slots` are the counters and initiatives that wegwijzers know.
    """
    if len(data) > MAX_BYTES:
        raise WrongTableError("Het bestand is te groot.")
    try:
        source = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WrongTableError("Het bestand is geen tekst in UTF-8.") from error
    seen: set[tuple[str, str, str]] = set()
    for line, values in _from_yaml(source) if _is_yaml(source) else _from_csv(source):
        try:
            row = _row(line, values, slots, today)
        except ValueError as error:
            yield Problem(line, str(error))
            continue
        key = (row.slot, row.area.casefold(), row.name.casefold())
        if key in seen:
            yield Problem(line, f"deze regel staat er al: {row.name}")
            continue
        seen.add(key)
        yield row


def _is_yaml(source: str) -> bool:
    return source.lstrip().startswith(("-", "#", "["))


def _from_csv(source: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield the rows of a CSV file with their line; with semicolons, as Dutch spreadsheets write, or commas."""
    first = source.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(source, newline=""), delimiter=";" if ";" in first else ",", strict=True)
    try:
        header = [name.strip().lower() for name in next(reader, [])]
        _check_header(header)
        for values in reader:
            if any(value.strip() for value in values):
                if len(values) > len(header):
                    raise WrongTableError(f"Regel {reader.line_num} heeft te veel kolommen.")
                yield reader.line_num, dict(zip(header, values, strict=False))
    except csv.Error as error:
        raise WrongTableError(f"Dit is geen geldige CSV: {error}") from error


def _check_header(header: list[str]) -> None:
    strange = [name for name in header if name not in COLUMNS]
    missing = [name for name in COLUMNS[:2] if name not in header]
    if strange or missing or len(set(header)) < len(header):
        columns = ", ".join(COLUMNS)
        raise WrongTableError(f"De eerste regel noemt de kolommen, elk één keer: {columns}.")


def _from_yaml(source: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield the maps of a YAML list with the line they start on; every value is the text as written."""
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(source, Loader=yaml.SafeLoader)):
            raise WrongTableError("Verwijzingen (*) mogen niet.")
        tree = yaml.compose(source, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise WrongTableError("Dit is geen geldige YAML.") from error
    if not isinstance(tree, yaml.SequenceNode):
        raise WrongTableError("Het bestand is geen lijst.")
    for item in tree.value:
        line = item.start_mark.line + 1
        pairs = item.value if isinstance(item, yaml.MappingNode) else []
        if not pairs or not all(isinstance(part, yaml.ScalarNode) for pair in pairs for part in pair):
            raise WrongTableError(f"Regel {line}: hier horen naam en loket te staan.")
        names = [key.value for key, _value in pairs]
        if len(set(names)) < len(names) or not set(names) <= set(COLUMNS):
            raise WrongTableError(f"Regel {line}: deze kolommen bestaan niet of staan er twee keer.")
        yield line, {key.value: value.value for key, value in pairs}


def _row(line: int, values: Mapping[str, str], slots: Collection[str], today: date) -> Row:
    """Return a row, or raise ValueError with what is wrong."""
    said = {name: " ".join((values.get(name) or "").split()) for name in COLUMNS}
    for name, value in said.items():
        if CONTROL.search(value):
            raise ValueError(f"{name}: een teken dat hier niet mag")
        if len(value) > LONGEST.get(name, 120):
            raise ValueError(f"{name}: hoogstens {LONGEST.get(name, 120)} tekens")
    if not said["naam"]:
        raise ValueError("naam: vul de naam in")
    if said["loket"] not in slots:
        raise ValueError(f"loket: “{said['loket']}” kennen de wegwijzers niet")
    if said["telefoon"] and not TELEPHONE.fullmatch(said["telefoon"]):
        raise ValueError(f"telefoon: “{said['telefoon']}” is geen nummer")
    if said["website"] and not ADDRESS.fullmatch(said["website"]):
        raise ValueError("website: begin met https://")
    return Row(
        line,
        said["loket"],
        said["naam"],
        said["telefoon"],
        said["open"],
        said["adres"],
        said["website"],
        said["buurt"],
        _checked_on(said["nagekeken_op"], today),
    )


def _checked_on(value: str, today: date) -> date | None:
    """Return the day somebody last checked it; it may be empty, and not lie ahead."""
    if not value:
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError as error:
        raise ValueError("nagekeken_op: schrijf de dag als 2026-11-25") from error
    if day > today:
        raise ValueError("nagekeken_op: die dag is nog niet geweest")
    return day
