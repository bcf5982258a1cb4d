"""The table of counters and initiatives: what is read, what is refused and on which line."""

from datetime import date

import pytest

from buurt.communities.models import Community
from buurt.ledger.models import Entry
from buurt.organisations.models import Organisation
from buurt.organisations.services import Stored, TableError, store_table
from buurt.organisations.table import MAX_BYTES, Problem, Row, WrongTableError, read_table

TODAY = date(2026, 11, 25)
SLOTS = frozenset({"schuldhulp", "taalhuis", "sociaal-team"})
HEAD = "loket;naam;telefoon;open;adres;website;buurt;nagekeken_op\n"
LINE = "schuldhulp;Schuldhulp;075 123 45 67;op werkdagen;Stadhuis;https://zaanstad.example/hulp;;2026-11-01\n"


def read(source: str | bytes) -> list[Row | Problem]:
    data = source if isinstance(source, bytes) else source.encode()
    return list(read_table(data, slots=SLOTS, today=TODAY))


def test_a_whole_line_is_read() -> None:
    assert read(HEAD + LINE) == [
        Row(
            line=2,
            slot="schuldhulp",
            name="Schuldhulp",
            phone="075 123 45 67",
            hours="op werkdagen",
            address="Stadhuis",
            website="https://zaanstad.example/hulp",
            checked_on=date(2026, 11, 1),
        )
    ]


@pytest.mark.parametrize(
    "source",
    [
        "loket;naam\nschuldhulp;Hulp\n",
        "naam,loket\nHulp,schuldhulp\n",
        "\ufeffLoket;Naam\r\nschuldhulp;Hulp\r\n\r\n",
        'loket,naam\nschuldhulp,"Hulp"\n',
        "- loket: schuldhulp\n  naam: Hulp\n",
        "# onze loketten\n- {loket: schuldhulp, naam: Hulp}\n",
    ],
)
def test_csv_and_yaml_say_the_same(source: str) -> None:
    (row,) = read(source)
    assert isinstance(row, Row)
    assert (row.slot, row.name, row.phone) == ("schuldhulp", "Hulp", "")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (";Hulp;;;;;;", "loket"),
        ("schulden;Hulp;;;;;;", "“schulden”"),
        ("schuldhulp;;;;;;;", "naam"),
        ("schuldhulp;Hulp;bel ons;;;;;", "telefoon"),
        ("schuldhulp;Hulp;;;;javascript:alert(1);;", "website"),
        ("schuldhulp;Hulp;;;;;;gisteren", "2026-11-25"),
        ("schuldhulp;Hulp;;;;;;2026-11-26", "nog niet geweest"),
        (f"schuldhulp;{'x' * 121};;;;;;", "120"),
        ("schuldhulp;Hulp\x07;;;;;;", "teken"),
        ("schuldhulp;Schuldhulp;;;;;;", "staat er al"),
    ],
)
def test_a_faulty_line_is_named(line: str, words: str) -> None:
    found = read(HEAD + LINE + line + "\n")

    (problem,) = [each for each in found if isinstance(each, Problem)]
    assert problem.line == 3
    assert words in problem.reason
    assert len(found) == 2


@pytest.mark.parametrize(
    "source",
    [
        "",
        "zomaar een tekst",
        "loket;naam;kleur\nschuldhulp;Hulp;rood\n",
        "loket;naam;naam\nschuldhulp;Hulp;Hulp\n",
        "loket;naam\nschuldhulp;Hulp;nog iets\n",
        'loket;naam\nschuldhulp;"Hulp\n',
        "- loket\n- naam\n",
        "- loket: [schuldhulp]\n  naam: Hulp\n",
        "- loket: schuldhulp\n  loket: taalhuis\n  naam: Hulp\n",
        "- &a {loket: schuldhulp, naam: Hulp}\n- *a\n",
        "- {loket: schuldhulp\n",
        b"\xff\xfe\x00",
        b"x" * (MAX_BYTES + 1),
    ],
)
def test_what_is_no_table_is_refused(source: str | bytes) -> None:
    with pytest.raises(WrongTableError):
        read(source)


# -- Storing --------------------------------------------------------------------------------------------------------

ROWS = [Row(2, "schuldhulp", "Hulp", "14 075"), Row(3, "taalhuis", "Taalhuis", area="krommenie")]


def _store(community: Community, rows: list[Row], *, replace: bool = False) -> Stored:
    return store_table(by=None, community=community, rows=rows, initiatives=frozenset({"taalhuis"}), replace=replace)


def test_storing_twice_changes_nothing(zaanstad: Community) -> None:
    assert _store(zaanstad, ROWS) == Stored(2, 0, 0)
    assert _store(zaanstad, ROWS) == Stored(0, 0, 0)

    house = Organisation.objects.get(slot="taalhuis")
    assert house.kind == Organisation.Kind.INITIATIVE
    assert house.area is not None
    assert house.area.name == "Krommenie"
    assert Entry.objects.filter(verb="organisations_stored").count() == 1


def test_changed_rows_change_and_replace_takes_away(zaanstad: Community) -> None:
    _store(zaanstad, ROWS)
    own = Organisation.objects.create(community=zaanstad, kind="initiative", name="De Moestuin")

    assert _store(zaanstad, [Row(2, "schuldhulp", "Hulp", "14 076")]) == Stored(0, 1, 0)
    assert _store(zaanstad, [Row(2, "schuldhulp", "Hulp", "14 076")], replace=True) == Stored(0, 0, 1)

    assert set(Organisation.objects.values_list("name", flat=True)) == {"Hulp", own.name}


def test_unknown_area_stores_nothing(zaanstad: Community) -> None:
    with pytest.raises(TableError) as refused:
        _store(zaanstad, [*ROWS, Row(4, "schuldhulp", "Elders", area="Atlantis")])

    assert [problem.line for problem in refused.value.problems] == [4]
    assert not Organisation.objects.exists()


def test_another_community_keeps_its_rows(zaanstad: Community, haarlem: Community) -> None:
    _store(haarlem, ROWS[:1])
    _store(zaanstad, ROWS[:1], replace=True)
    _store(zaanstad, [], replace=True)

    assert list(Organisation.objects.values_list("community__slug", flat=True)) == ["haarlem"]
