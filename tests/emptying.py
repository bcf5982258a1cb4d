"""An empty database after every test that commits, in the time that a test of a socket has for it."""

import time

from django.core.management.color import no_style
from django.db import OperationalError, connection

TRIES = 10
# Django fills these when it migrates, for an admin that we do not have. The command `flush` makes them again each time.
KEPT = frozenset({"django_content_type", "auth_permission"})


def empty_database() -> None:
    """Empty every table, as `flush` does, but for those that migrating filled.

    Tries again when the last request of a page that just closed stood in the way (a deadlock).
    """
    for left in reversed(range(TRIES)):
        try:
            connection.ops.execute_sql_flush(_statements())
        except OperationalError:
            if not left:
                raise
            time.sleep(0.2)
        else:
            return


def _statements() -> list[str]:
    """Return what empties the tables in one transaction.

    PostgreSQL truncates by making files anew, hundreds of them for the few rows that a test leaves: deleting those rows
    takes a tenth of the time. The lock waits for who still writes, as truncating does, so nothing of theirs is left
    behind. Keys between tables are looked at when the transaction ends.
    """
    tables = sorted(set(connection.introspection.django_table_names(only_existing=True, include_views=False)) - KEPT)
    if connection.vendor != "postgresql":
        return list(connection.ops.sql_flush(no_style(), tables))
    names = [connection.ops.quote_name(table) for table in tables]
    lock = f"LOCK TABLE {', '.join(names)} IN SHARE ROW EXCLUSIVE MODE"
    return ["; ".join([lock, *(f"DELETE FROM {name}" for name in names)])]
