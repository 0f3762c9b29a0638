"""The portal as `docs/deploying/compose.yaml` lays it, without containers: PostgreSQL, Redis, two web processes that
share nothing else but the pictures, a worker, and the proxy before them."""

import re
import shutil
import ssl
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.curriculum import CURRICULUM, lessons_of
from tests.browser.driver import Visitor
from tests.browser.walks import ask_for_code, sign_up, take_check, take_final, wait_for_letter
from tests.server import PortalServer, Proxy, ThrowawayPostgres, Worker

ALERTS = "courses/alerts-warnings"
LESSON = f"/en/{ALERTS}/first-five-minutes/"
PRODUCTION = {
    "ALLOWED_HOSTS": "localhost",
    "DEMO": "0",
    "PROXIES": "1",
    "SECRET_KEY": "a-key-of-fifty-characters-that-protects-nothing-but-the-tests",
    "WORKER": "1",
}
pytestmark = pytest.mark.postgres


@dataclass
class Portal:
    """What is running, for the tests to look at and to break."""

    machines: list[PortalServer]
    worker: Worker
    proxy: Proxy


@pytest.fixture(scope="module")
def portal(
    tmp_path_factory: pytest.TempPathFactory, throwaway_postgres: ThrowawayPostgres, redis_url: str
) -> Iterator[Portal]:
    if not shutil.which("nginx", path="/usr/sbin:/usr/bin"):
        pytest.skip("no nginx: install the package nginx-light")
    folder = tmp_path_factory.mktemp("machines")
    places = {"DATABASE_URL": throwaway_postgres.url, "REDIS_URL": redis_url}
    (folder / "proxy").mkdir()
    proxy = Proxy(folder / "proxy")
    *machines, third = [
        PortalServer(_machine(folder, number), **PRODUCTION, **places, ORIGIN=proxy.url) for number in (1, 2, 3)
    ]
    machines[0].manage("migrate", "--no-input")
    machines[0].manage("read_package", "lessons/curriculum")
    for machine in machines:
        machine.manage("collectstatic", "--no-input")
        machine.start()
    running = Portal(machines, Worker(third), proxy)
    running.worker.start()
    running.proxy.start(*machines)
    yield running
    running.proxy.stop()
    running.worker.stop()
    for machine in machines:
        machine.stop()


def _machine(folder: Path, number: int) -> Path:
    """A folder of one machine's own, but for the pictures."""
    var, media = folder / f"machine-{number}", folder / "media"
    var.mkdir()
    media.mkdir(exist_ok=True)
    (var / "media").symlink_to(media)
    return var


@pytest.fixture
def visitor(chromium: Browser, portal: Portal) -> Iterator[Visitor]:
    somebody = Visitor(chromium, portal.proxy.url, ignore_https_errors=True)
    somebody.letters = portal.worker.server.var / "mail"
    yield somebody
    assert not somebody.unexpected()
    somebody.context.close()


def ask(origin: str, path: str, cookie: str = "") -> tuple[int, str]:
    """Status and text of a page, asked for as a browser behind the proxy's certificate would."""
    request = urllib.request.Request(origin + path, headers={"Cookie": cookie, "X-Forwarded-Proto": "https"})
    trusting = ssl._create_unverified_context()  # noqa: S323 - the certificate is the test's own
    try:
        with urllib.request.urlopen(request, timeout=20, context=trusting) as answer:
            return int(answer.status), str(answer.read().decode())
    except urllib.error.HTTPError as error:
        return error.code, ""


def test_a_citizen_walks_from_lesson_to_completion_across_both(portal: Portal, visitor: Visitor) -> None:
    for lesson in lessons_of("alerts-warnings"):
        take_check(visitor, f"/en/{ALERTS}/{lesson}/")
    sign_up(visitor, f"{uuid.uuid4().hex}@example.org")
    take_final(visitor, f"/en/{ALERTS}/")
    assert visitor.page.locator(".state-good h2").count() == 1
    answers = [line for line in portal.proxy.served() if line[1] == "POST"]
    assert {line[0] for line in answers} == {f"127.0.0.1:{machine.port}" for machine in portal.machines}


def test_a_letter_that_a_web_process_asks_for_is_sent_by_the_worker(portal: Portal, visitor: Visitor) -> None:
    email = f"{uuid.uuid4().hex}@example.org"
    ask_for_code(visitor, "login", email)
    assert wait_for_letter(email, visitor.letters)
    assert not any((machine.var / "mail").exists() for machine in portal.machines)


def test_a_person_who_logged_in_on_one_is_known_on_the_other(portal: Portal, visitor: Visitor) -> None:
    email = f"{uuid.uuid4().hex}@example.org"
    sign_up(visitor, email)
    cookie = "; ".join(f"{one['name']}={one['value']}" for one in visitor.context.cookies())
    for machine in portal.machines:
        status, page = ask(machine.url, "/en/account/", cookie)
        assert (status, email in page) == (200, True)


def test_a_guests_page_comes_from_the_proxys_cache_and_a_persons_never(portal: Portal, visitor: Visitor) -> None:
    path = f"/en/{ALERTS}/how-alerts-reach-you/"
    ask(portal.proxy.url, path)
    ask(portal.proxy.url, path)
    assert portal.proxy.served()[-1][4] == "HIT"
    take_check(visitor, LESSON)
    visitor.visit(path)
    assert [line[4] for line in portal.proxy.served() if line[2] == path][-1] == "BYPASS"


def test_what_is_published_on_one_is_seen_at_once_on_the_other(portal: Portal, tmp_path: Path) -> None:
    assert all("A title from elsewhere" not in ask(machine.url, LESSON)[1] for machine in portal.machines)
    changed = tmp_path / "curriculum"
    shutil.copytree(CURRICULUM, changed)
    lesson = changed / "alerts-warnings" / "first-five-minutes" / "lesson.en.md"
    title = re.compile(r"^title: .*$", re.MULTILINE)
    lesson.write_text(title.sub("title: A title from elsewhere", lesson.read_text("utf-8"), count=1), "utf-8")
    portal.machines[0].manage("read_package", str(changed))
    assert all("A title from elsewhere" in ask(machine.url, LESSON)[1] for machine in portal.machines)


def test_plain_http_is_sent_to_https(portal: Portal) -> None:
    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_args: object) -> None:
            return None

    with pytest.raises(urllib.error.HTTPError) as answered:
        urllib.request.build_opener(Stay).open(f"http://localhost:{portal.proxy.http_port}/en/", timeout=20)
    assert (answered.value.code, answered.value.headers["Location"]) == (308, "https://localhost/en/")


def test_when_one_machine_ends_people_go_on_with_the_other(portal: Portal, visitor: Visitor) -> None:
    sign_up(visitor, f"{uuid.uuid4().hex}@example.org")
    portal.machines[1].stop()
    try:
        take_check(visitor, LESSON)
        assert visitor.visit("/en/my-learning/").status == 200
    finally:
        portal.machines[1].start()
