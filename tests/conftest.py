"""The cast and the ground that all tests stand on.

Anna asks, Bilal helps, Carla lives elsewhere, Dirk moderates, Fatma is the broker, Mila the manager.
"""

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from pathlib import Path

import pytest
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import connections
from django.http import HttpRequest
from django.test import Client, TransactionTestCase
from hypothesis import settings as hypothesis_settings

from buurt.communities.categories import Category
from buurt.communities.models import Community
from buurt.residents.models import Resident, Role
from buurt.residents.services import enrol_totp
from chat import pace
from tests.emptying import empty_database
from tests.factories.communities import HAARLEM, ZAANSTAD, make_community
from tests.factories.residents import make_help_preferences, make_resident, make_role
from tools.messages import compile_all

Login = Callable[[Client, Resident], Client]
ClientFor = Callable[[Resident], Client]
AfterCommit = Callable[[], AbstractContextManager[list[Callable[[], object]]]]
RunJobs = Callable[..., int]

# A slow machine is not a failed property; no examples are kept between runs.
# The same examples every time, so that a change is judged by what it changed; BUURT_EXPLORE=1 looks further.
hypothesis_settings.register_profile(
    "buurt", deadline=None, database=None, max_examples=50, derandomize=not os.environ.get("BUURT_EXPLORE")
)
hypothesis_settings.load_profile("buurt")


DATABASE_FIXTURES = frozenset({"db", "transactional_db", "django_db_setup"})


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --servers-only: what the second run, on PostgreSQL and Redis, leaves out was proven by the first."""
    parser.addoption("--servers-only", action="store_true", help="leave out tests that touch no database or Redis")


def pytest_configure() -> None:
    """Compile the translations that changed, for who runs pytest without `make`."""
    compile_all()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With --servers-only keep what uses the database, and what skips itself where there are no servers."""
    if not config.getoption("--servers-only"):
        return
    left_out = [item for item in items if not _uses_servers(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if _uses_servers(item)]


def _uses_servers(item: pytest.Item) -> bool:
    fixtures = frozenset(getattr(item, "fixturenames", ()))
    marked = item.get_closest_marker("django_db") or item.get_closest_marker("skipif")
    return marked is not None or bool(fixtures & DATABASE_FIXTURES)


@pytest.fixture(scope="session", autouse=True)
def quick_and_patient_end() -> Iterator[None]:
    """Empty the database after a test that committed: without Django's detours, and again when something stood in the way."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: empty_database())
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Give SQLite a file of this run alone: a file because threads share it, alone because runs may overlap."""
    for database in connections.databases.values():
        if database["ENGINE"].endswith("sqlite3"):
            database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Start every test with an empty cache: rate limits and sessions of the last one are gone."""
    cache.clear()
    pace.forget()


class _Failures(logging.Handler):
    def __init__(self) -> None:
        super().__init__(level=logging.ERROR)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        formatter = logging.Formatter()
        self.texts.append(formatter.format(record))


@contextmanager
def failing_listeners_noticed() -> Iterator[None]:
    """Fail the test when a listener of an event raised in here: send_robust only logs it."""
    failures = _Failures()
    logger = logging.getLogger("django.dispatch")
    logger.addHandler(failures)
    try:
        yield
    finally:
        logger.removeHandler(failures)
    if failures.texts:
        pytest.fail("a listener of an event failed:\n" + "\n".join(failures.texts))


@pytest.fixture(autouse=True)
def _listeners_do_not_fail(request: pytest.FixtureRequest) -> Iterator[None]:
    """Hold every test to listeners that work, unless it is marked as being about one that does not."""
    about_failing = request.node.get_closest_marker("failing_listener") is not None
    with nullcontext() if about_failing else failing_listeners_noticed():
        yield


@pytest.fixture
def zaanstad(db: None) -> Community:
    """Return Zaanstad with its areas and postcodes; visitors without a host of their own land here."""
    return make_community(hosts=("testserver", "localhost", "127.0.0.1", "zaanstad.example"), areas=ZAANSTAD)


@pytest.fixture
def haarlem(db: None) -> Community:
    """Return the other community of this installation."""
    return make_community(slug="haarlem", name="Haarlem", hosts=("haarlem.example",), areas=HAARLEM)


@pytest.fixture
def anna(zaanstad: Community) -> Resident:
    """Return the one who asks; she lives in Krommenie."""
    return make_resident(community=zaanstad, name="Anna", email="anna@example.org", postcode="1561")


@pytest.fixture
def bilal(zaanstad: Community) -> Resident:
    """Return the one who helps, round the corner from Anna: lifts, shopping and odd jobs."""
    resident = make_resident(community=zaanstad, name="Bilal", email="bilal@example.org", postcode="1562")
    make_help_preferences(
        resident=resident, kinds=(Category.TRANSPORT, Category.GROCERIES, Category.REPAIRS), asks_a_month=5
    )
    return resident


@pytest.fixture
def carla(haarlem: Community) -> Resident:
    """Return the one who lives in another community and has no business here."""
    resident = make_resident(community=haarlem, name="Carla", email="carla@example.org", postcode="2011")
    make_help_preferences(resident=resident, kinds=(Category.TRANSPORT,))
    return resident


@pytest.fixture
def dirk(zaanstad: Community) -> Resident:
    """Return the moderator, with a second factor."""
    resident = make_resident(community=zaanstad, name="Dirk", email="dirk@example.org", postcode="1506")
    make_role(resident=resident, name=Role.Name.MODERATOR)
    _enrol_second_factor(resident)
    return resident


@pytest.fixture
def fatma(zaanstad: Community) -> Resident:
    """Return the broker (sociaal makelaar), with a second factor."""
    resident = make_resident(community=zaanstad, name="Fatma", email="fatma@example.org", postcode="1541")
    make_role(resident=resident, name=Role.Name.BROKER)
    _enrol_second_factor(resident)
    return resident


@pytest.fixture
def mila(zaanstad: Community) -> Resident:
    """Return the community manager (beheerder), with a second factor."""
    resident = make_resident(community=zaanstad, name="Mila", email="mila@example.org", postcode="1506")
    make_role(resident=resident, name=Role.Name.MANAGER)
    _enrol_second_factor(resident)
    return resident


def _enrol_second_factor(resident: Resident) -> None:
    # Through the service: the secret is sealed at rest, a plain one could not be opened.
    enrol_totp(resident)


@pytest.fixture
def login() -> Login:
    """Return a function that logs a resident in on a client (staff with their second factor) and returns it."""

    def login_on(client: Client, resident: Resident) -> Client:
        client.force_login(resident)
        request = HttpRequest()
        request.session = client.session
        record_authentication(request, resident, method="code", email=resident.email)
        if Authenticator.objects.filter(user=resident).exists():
            record_authentication(request, resident, method="mfa", type="totp")
        request.session.save()
        return client

    return login_on


@pytest.fixture
def client_for(login: Login) -> ClientFor:
    """Return a function that gives a resident a client of their own, logged in."""
    return lambda resident: login(Client(), resident)


@pytest.fixture
def after_commit(
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[list[Callable[[], object]]]],
) -> AfterCommit:
    """Return a context manager that plays the commit: events sent inside it reach their listeners at its end."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def run_jobs(after_commit: AfterCommit) -> RunJobs:
    """Return a function that runs due jobs, and the jobs these leave behind, until none is left; it counts them."""
    from buurt.ledger import services

    def run(*, now: datetime | None = None) -> int:
        total = 0
        for _ in range(20):
            with after_commit():
                ran = services.run_due(now=now)
            if not ran:
                return total
            total += ran
        pytest.fail("jobs keep making jobs")

    return run


@pytest.fixture(scope="session")
def project() -> Path:
    """Return the project's own folder."""
    return Path(__file__).resolve().parent.parent
