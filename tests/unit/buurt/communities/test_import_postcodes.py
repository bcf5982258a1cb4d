"""`manage.py import_postcodes`: the whole list, twice, and files that are broken."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from buurt.communities import access
from buurt.communities.models import Postcode

HEADING = "postcode4,place,municipality,province,lat,lon,kind"
GOOD = "1561,Krommenie,Zaanstad,Noord-Holland,52.49737,4.76781,address"


def _import(tmp_path: Path, *lines: str) -> tuple[str, str]:
    file = tmp_path / "codes.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    out, err = StringIO(), StringIO()
    call_command("import_postcodes", str(file), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


@pytest.mark.slow
@pytest.mark.django_db
def test_whole_list_comes_in_and_may_come_twice() -> None:
    for _ in range(2):
        out, err = StringIO(), StringIO()
        call_command("import_postcodes", stdout=out, stderr=err)

        assert Postcode.objects.count() == 4696
        assert out.getvalue().splitlines()[-1] == "4696 postcodes, 3 regels overgeslagen."
        assert "500 ..." in out.getvalue()
        assert err.getvalue().splitlines() == [
            f"Regel {line}: de gemeente ontbreekt; overgeslagen." for line in (1680, 2200, 3381)
        ]
    zaanstad = Postcode.objects.filter(municipality="Zaanstad", province="Noord-Holland")
    assert zaanstad.count() == 22
    assert zaanstad.filter(kind=Postcode.Kind.POBOX).count() == 4
    assert Postcode.objects.get(digits="5671").municipality == "Nuenen, Gerwen en Nederwetten"
    with pytest.raises(access.PoBoxError):
        access.community_of_postcode("1560")


@pytest.mark.django_db
def test_second_import_corrects(tmp_path: Path) -> None:
    _import(tmp_path, HEADING, GOOD)

    _import(tmp_path, HEADING, GOOD.replace("Krommenie", "Krommeniedijk"))

    assert Postcode.objects.get(digits="1561").place == "Krommeniedijk"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("156,Krommenie,Zaanstad,Noord-Holland,52.4,4.7,address", "'156' is geen postcode van vier cijfers"),
        ("1562,,Zaanstad,Noord-Holland,52.4,4.7,address", "de plaats ontbreekt"),
        ("1562,Krommenie,,Noord-Holland,52.4,4.7,address", "de gemeente ontbreekt"),
        ("1562,Krommenie,Zaanstad,,52.4,4.7,address", "de provincie ontbreekt"),
        (f"1562,{'x' * 81},Zaanstad,Noord-Holland,52.4,4.7,address", "de plaats is te lang"),
        ("1562,Krommenie,Zaanstad,Noord-Holland,noord,4.7,address", "geen getal"),
        ("1562,Krommenie,Zaanstad,Noord-Holland,nan,4.7,address", "niet in Nederland"),
        ("1562,Krommenie,Zaanstad,Noord-Holland,48.8,2.3,address", "niet in Nederland"),
        ("1562,Krommenie,Zaanstad,Noord-Holland,52.4,4.7,kasteel", "de soort is niet"),
        ("1562,Krommenie", "de soort is niet"),
        (GOOD, "postcode 1561 staat er twee keer"),
    ],
)
def test_broken_line_is_named_and_the_rest_comes_in(tmp_path: Path, line: str, reason: str) -> None:
    out, err = _import(tmp_path, HEADING, GOOD, line)

    assert err.startswith("Regel 3: ")
    assert reason in err
    assert out.splitlines()[-1] == "1 postcodes, 1 regel overgeslagen."
    assert list(Postcode.objects.values_list("digits", flat=True)) == ["1561"]


@pytest.mark.django_db
def test_file_without_the_columns_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"deze kolommen ontbreken: .*lat"):
        _import(tmp_path, "postcode4,place", "1561,Krommenie")


@pytest.mark.django_db
def test_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="niet te lezen"):
        call_command("import_postcodes", str(tmp_path / "nergens.csv"))


@pytest.mark.django_db
def test_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "codes.csv"
    file.write_bytes(b"\xff\xfe\x00\xd8")

    with pytest.raises(CommandError, match="geen tekst"):
        call_command("import_postcodes", str(file))
