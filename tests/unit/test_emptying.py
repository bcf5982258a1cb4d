"""The database after a test: nothing of it is left, also of what another connection was still writing."""

import threading

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.db import connection, transaction

from buurt.communities.models import Community
from buurt.residents.models import Resident
from tests.browser.scene import set_scene
from tests.emptying import KEPT, empty_database
from tests.factories.communities import ZAANSTAD, make_community

pytestmark = pytest.mark.django_db(transaction=True)


def _filled() -> list[str]:
    models = apps.get_models(include_auto_created=True)
    return sorted(model._meta.db_table for model in models if model._base_manager.exists())


def test_nothing_is_left_of_a_street_in_the_middle_of_its_life(
    zaanstad: Community, anna: Resident, bilal: Resident, dirk: Resident
) -> None:
    set_scene(zaanstad=zaanstad, anna=anna, bilal=bilal, dirk=dirk)
    assert len(_filled()) > 15

    empty_database()

    assert set(_filled()) == KEPT
    assert Permission.objects.filter(codename="add_resident").exists()


def test_who_still_writes_is_waited_for() -> None:
    written, may_commit = threading.Event(), threading.Event()

    def write() -> None:
        try:
            with transaction.atomic():
                make_community(slug="laat", name="Laat", hosts=("laat.example",), areas=ZAANSTAD)
                written.set()
                may_commit.wait(30)
        finally:
            connection.close()

    late = threading.Thread(target=write)
    late.start()
    written.wait(30)
    threading.Timer(0.3, may_commit.set).start()

    empty_database()

    late.join()
    assert set(_filled()) == KEPT
