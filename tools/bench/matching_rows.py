"""What it costs to fill the engine's columns from the database, beside the floor: the same rows, only fetched.

Production keeps no columns between plans: a plan reads whom an ask can reach, a sweep of many asks reads a community
once (matching/columns.py). So these figures belong to every plan, not to the start of a process.
"""

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

SIZES = (10_000, 100_000)
RUNS = 3


def main() -> int:
    """Print the table for 10,000 and 100,000 helpers; on PostgreSQL when DATABASE_URL names one, else on SQLite."""
    folder = tempfile.TemporaryDirectory()
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{Path(folder.name) / 'bench.sqlite3'}")
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings_test"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    print(f"\n{connection.vendor}, median of {RUNS}, milliseconds of processor time (of PostgreSQL: on the wall)")
    heads = ("helpers", "in reach", "fetch only", "fill all", "ratio", "fill reach", "a wave")
    print(" ".join(f"{head:>10}" for head in heads))
    for size in SIZES:
        print(_line(size))
    folder.cleanup()
    return 0


def _line(size: int) -> str:
    from django.db import connection, transaction
    from django.utils import timezone

    from matching.choice import choose
    from matching.columns import _around, _rows, load_people
    from matching.services import start_search
    from matching.views_of import ask_view, free_slots
    from tests.factories.communities import ZAANSTAD, make_community
    from tests.factories.many import make_many_helpers
    from tests.factories.posts import make_post
    from tests.factories.residents import make_resident

    with transaction.atomic():
        zaanstad = make_community(areas=ZAANSTAD)
        codes = [code for area in ZAANSTAD.values() for code in area]
        for code in codes:
            make_many_helpers(community=zaanstad, count=size // len(codes), postcode=code)
        post = make_post(author=make_resident(community=zaanstad, postcode="1541"))
        search = start_search(post=post)
        if search is None:
            raise RuntimeError("the ask is not open")
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        now = timezone.now()
        view = ask_view(post, free_slots(post, now=now))
        near = load_people(community_id=zaanstad.pk, origin=post.cell, now=now, near=view)
        floor = _median(lambda: list(_rows(_around(zaanstad.pk, None), now)))
        whole = _median(lambda: load_people(community_id=zaanstad.pk, origin=post.cell, now=now))
        reach = _median(lambda: load_people(community_id=zaanstad.pk, origin=post.cell, now=now, near=view))
        wave = _median(lambda: choose(post, search, now=now))
        transaction.set_rollback(True)
    figures = f"{floor:>10.0f} {whole:>10.0f} {whole / floor:>10.2f} {reach:>10.0f} {wave:>10.0f}"
    return f"{size:>10,} {len(near.columns):>10,} {figures}"


def _median(act: Callable[[], object]) -> float:
    from django.db import connection

    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    times = []
    for _run in range(RUNS):
        start = clock()
        act()
        times.append((clock() - start) * 1000)
    return statistics.median(times)
