"""Thousands of rows at once, copied inside the database from one that a factory made."""

from django.db import connection
from django.db.models import Model

from buurt.communities.models import Community
from buurt.residents.models import HelpKind, HelpPreferences, Resident
from tests.factories.residents import make_help_preferences, make_resident


def make_many_helpers(
    *, community: Community, count: int, postcode: str = "1561", kinds: tuple[str, ...] = ("transport",)
) -> None:
    """Make so many helpers at one postcode who want to be asked for these kinds, any time, three times a month."""
    first = make_resident(community=community, postcode=postcode, email=f"veel-{postcode}@example.org")
    preferences = make_help_preferences(resident=first, kinds=kinds)
    mark = f"veel-{postcode}-"
    numbers = (
        f"(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count - 1}) SELECT i FROM n) x"
    )
    new = {"email": f"'{mark}' || x.i || '@example.org'", "public_id": f"'{postcode}' || x.i"}
    _copy(Resident, new, f"{numbers} WHERE o.id = {first.pk}")
    _copy(
        HelpPreferences,
        {"resident_id": "r.id"},
        f"residents_resident r WHERE r.email LIKE '{mark}%%' AND o.id = {preferences.pk}",
    )
    own = f"residents_helppreferences p JOIN residents_resident r ON r.id = p.resident_id WHERE r.email LIKE '{mark}%%'"
    _copy(HelpKind, {"preferences_id": "p.id"}, f"{own} AND o.preferences_id = {preferences.pk}")


def _copy(model: type[Model], new: dict[str, str], rows: str) -> None:
    table = model._meta.db_table
    columns = [str(field.column) for field in model._meta.concrete_fields if not field.primary_key]
    values = ", ".join(new.get(column, f'o."{column}"') for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} o, {rows}", [])
