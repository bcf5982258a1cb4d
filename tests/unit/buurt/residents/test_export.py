"""How kept values read on the page of one's data."""

import pytest

from buurt.residents.export import _lines, _spoken


@pytest.mark.parametrize(
    ("value", "spoken"),
    [
        (None, ""),
        (True, "ja"),
        (False, "nee"),
        (3, "3"),
        ("2026-11-24", "24 november 2026"),
        ("2026-11-24T09:30:00Z", "24 november 2026, 10:30"),
        ("2026-11-24T09:30:00", "24 november 2026, 09:30"),
        ("2026-13-45", "2026-13-45"),
        ("Jan-Willem", "Jan-Willem"),
        (
            "een lange zin - met een streepje - die geen datum is",
            "een lange zin - met een streepje - die geen datum is",
        ),
    ],
)
def test_values_read_as_a_person_writes_them(value: object, spoken: str) -> None:
    assert _spoken(value) == spoken


def test_nested_data_becomes_lines_that_say_where_they_stood() -> None:
    nested = {
        "roles": [{"name": "broker"}, {"name": "manager"}],
        "languages": ["nl", "tr"],
        "other_thing": {"at": None},
    }

    assert _lines(nested) == [
        ("rol 1 naam", "broker"),
        ("rol 2 naam", "manager"),
        ("talen", "nl, tr"),
        ("other thing op", ""),
    ]
