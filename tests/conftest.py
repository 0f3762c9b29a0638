"""What every test may ask for, which database it runs on, and what happens to tests that were skipped."""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import configuration, settings

from lessons import pages
from lessons.immutability import triggers_dropped
from tests import migrated
from tests.server import PortalServer, ThrowawayPostgres, find_postgres_binaries

ROOT = Path(__file__).resolve().parent.parent
configuration.set_hypothesis_home_dir(ROOT / "var" / "caches" / "hypothesis")
settings.register_profile("portal", deadline=None, max_examples=60, derandomize=os.environ.get("CI") == "true")
settings.load_profile("portal")

ON_POSTGRES = os.environ.get("DATABASE_URL", "").startswith("postgres")
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_serialized_rollback"}
ALL_REQUIRED = os.environ.get("REQUIRE_ALL") == "1"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Function]) -> None:
    """SQLite runs everything but `postgres` tests; PostgreSQL those and again whatever uses the tests' database."""
    misplaced = [item for item in items if _is_misplaced(item)]
    config.hook.pytest_deselected(items=misplaced)
    items[:] = [item for item in items if item not in set(misplaced)]


def _is_misplaced(item: pytest.Function) -> bool:
    if item.get_closest_marker("postgres"):
        return not ON_POSTGRES
    uses_database = item.get_closest_marker("django_db") or DATABASE_FIXTURES.intersection(item.fixturenames)
    return ON_POSTGRES and not uses_database


SKIPPED: list[str] = []


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remember what was skipped; an expected failure is not a skip."""
    if report.skipped and not hasattr(report, "wasxfail"):
        _remember_skipped(report)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    """Remember files that were skipped whole."""
    if report.skipped:
        _remember_skipped(report)


def _remember_skipped(report: pytest.TestReport | pytest.CollectReport) -> None:
    SKIPPED.append(f"{report.nodeid}: {report.longrepr[2] if isinstance(report.longrepr, tuple) else 'skipped'}")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """REQUIRE_ALL=1: a test that was skipped is a test that failed."""
    if ALL_REQUIRED and SKIPPED and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which skips made the run fail."""
    if ALL_REQUIRED and SKIPPED:
        terminalreporter.section("REQUIRE_ALL=1: these were skipped, so the run fails")
        for line in SKIPPED:
            terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The tests' SQLite file, in a folder of its own that goes when they end, may be there already."""
    return not ON_POSTGRES


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """On SQLite a run begins from a kept copy of the migrated database, if there is one."""
    if not ON_POSTGRES:
        migrated.begin()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """Keep the migrated database for the next run, before any test has touched it."""
    if not ON_POSTGRES:
        migrated.keep()


_flush = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]


def _flush_without_triggers(case: TransactionTestCase) -> None:
    """What is published refuses DELETE, also the one that empties the database after a transactional test."""
    with triggers_dropped(connection):
        _flush(case)


TransactionTestCase._fixture_teardown = _flush_without_triggers  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def _fresh_caches() -> Iterator[None]:
    """Neither pages nor rate limits of one test are met by the next.

    All caches are emptied, whether this test has opened them or not: another setting of them forgets that it had.
    """
    yield
    for cache in caches.all():
        cache.clear()
    pages._pages.clear()


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """A request leaves its language behind in the thread: every test begins in English, whatever ran before it."""
    with translation.override("en"):
        yield


@pytest.fixture
def cold_pages(tmp_path: Path, settings: Any) -> Path:
    """Pages are kept in a folder of this test, on disk, and none of another test is left; the folder."""
    settings.STAMP_FILE = tmp_path / "stamp"
    files = {"BACKEND": "portal.file_cache.FileCache", "LOCATION": tmp_path / "pages"}
    settings.CACHES = settings.CACHES | {"pages": files}
    pages._pages.clear()
    return tmp_path / "pages"


@pytest.fixture(scope="session")
def redis_url() -> str:
    """The address of a Redis database that the test may empty."""
    url = os.environ.get("TEST_REDIS_URL")
    if not url:
        pytest.skip("no Redis: start one and set TEST_REDIS_URL=redis://host:6379/15")
    return url


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """The address of a PostgreSQL on which the test may create databases."""
    url = os.environ.get("TEST_POSTGRES_URL")
    if not url:
        pytest.skip("no PostgreSQL: start one and set TEST_POSTGRES_URL=postgresql://user@host/name")
    return url


@pytest.fixture(scope="module")
def throwaway_postgres() -> Iterator[ThrowawayPostgres]:
    """A PostgreSQL server of this module's own, which its tests may stop and start."""
    if not find_postgres_binaries():
        pytest.skip("no PostgreSQL server binaries: install the package postgresql")
    # Not pytest's folder: that one is closed to the user PostgreSQL runs as.
    with tempfile.TemporaryDirectory(prefix="portal-postgres-", ignore_cleanup_errors=True) as folder:
        server = ThrowawayPostgres(Path(folder))
        server.start()
        yield server
        server.stop()


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> PortalServer:
    """A portal on SQLite as `make run` lays it, which is never started: others are made of its files.

    Where several processes run the tests, the first that needs it makes it and the others wait.
    """
    own = tmp_path_factory.getbasetemp()
    shared = own if worker_id == "master" else own.parent
    server = PortalServer(shared / "furnished")
    with (shared / "furnished.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not server.var.exists():
            making = PortalServer(shared / "furnishing")
            making.var.mkdir(exist_ok=True)
            making.furnish()
            making.var.rename(server.var)
    return server


@pytest.fixture(scope="session")
def portal_server(tmp_path_factory: pytest.TempPathFactory, furnished: PortalServer) -> Iterator[PortalServer]:
    """The portal as `make run` serves it: the starter curriculum, the demo people, gunicorn on a free port."""
    server = PortalServer(tmp_path_factory.mktemp("portal"))
    server.furnish_as(furnished)
    server.start()
    yield server
    server.stop()
