"""Publishing while the server runs, the database away, the server killed."""

import re
import shutil
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.curriculum import CURRICULUM
from tests.browser.driver import Visitor
from tests.browser.walks import answer_question, log_in, path_of
from tests.server import PortalServer, ThrowawayPostgres

LESSON = "/en/courses/life-saving/adult-cpr/"


def status(server: PortalServer, path: str, cookie: str = "") -> int:
    request = urllib.request.Request(server.url + path, headers={"Cookie": cookie} if cookie else {})
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


@pytest.mark.postgres
def test_a_lesson_read_before_is_still_read_while_postgresql_is_stopped(
    tmp_path: Path, throwaway_postgres: ThrowawayPostgres, chromium: Browser
) -> None:
    server = PortalServer(tmp_path, DATABASE_URL=throwaway_postgres.url)
    server.furnish()
    server.start()
    try:
        visitor = Visitor(chromium, server.url)
        log_in(visitor, "citizen")
        visitor.visit(LESSON)
        cookie = "; ".join(f"{one['name']}={one['value']}" for one in visitor.context.cookies())
        visitor.context.close()
        assert [status(server, LESSON), status(server, LESSON, cookie)] == [200, 200]
        throwaway_postgres.stop()
        assert [status(server, LESSON) for _again in range(6)] == [200] * 6
        assert [status(server, LESSON, cookie) for _again in range(6)] == [200] * 6
        assert status(server, "/healthz") == 503
        throwaway_postgres.start()
        assert status(server, "/healthz") == 200
        assert status(server, "/en/my-learning/", cookie) == 200
    finally:
        server.stop()


def read(server: PortalServer, path: str) -> str:
    with urllib.request.urlopen(server.url + path, timeout=20) as answer:
        return str(answer.read().decode())


def test_what_another_process_publishes_is_seen_at_once(own_server: PortalServer, tmp_path: Path) -> None:
    for _each_worker in range(8):
        assert "A title from another process" not in read(own_server, LESSON)
    changed = tmp_path / "curriculum"
    shutil.copytree(CURRICULUM, changed)
    lesson = changed / "life-saving" / "adult-cpr" / "lesson.en.md"
    title = re.compile(r"^title: .*$", re.MULTILINE)
    lesson.write_text(title.sub("title: A title from another process", lesson.read_text("utf-8"), count=1), "utf-8")
    own_server.manage("read_package", str(changed))
    for _each_worker in range(8):
        assert "A title from another process" in read(own_server, LESSON)


def test_an_acknowledged_answer_is_there_after_a_power_cut(own_server: PortalServer, chromium: Browser) -> None:
    visitor = Visitor(chromium, own_server.url)
    visitor.visit("/en/courses/alerts-warnings/first-five-minutes/quiz/")
    answer_question(visitor.page)
    feedback = path_of(visitor.page)
    own_server.kill()
    own_server.start()
    assert visitor.visit(feedback).status == 200
    assert not visitor.page.locator("input[name=submission_id]").count()
    visitor.context.close()
