"""A lesson is given a recorded voice, somebody else listens to it, and citizens hear it."""

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Browse
from tests.browser.driver import QUIETLY, Visitor, axe, find_chromium
from tests.browser.test_first_visit import MOST_BYTES, MOST_REQUESTS, MOST_SCRIPT, first_visit
from tests.browser.test_publishing import publish, send_to_review
from tests.browser.walks import follow, log_in
from tests.server import PATIENCE, PortalServer
from tests.voices import a_voice

LESSON = "courses/evacuation-shelter/{}/"
STUDIO = "/{}/studio/lessons/{}/narration/{}/"
SAID = "أهلًا بكم.\n\nاخرجوا وابقوا في الخارج."


def a_file(seconds: float = 8, tone: int = 450) -> Any:
    return {"name": "mona.ogg", "mimeType": "audio/ogg", "buffer": a_voice("ogg", seconds, tone)}


def give_voice(instructor: Visitor, lesson: str, language: str, said: str = "", tone: int = 450) -> None:
    """Upload a recording for one language; without `said` it reads the text."""
    instructor.visit(STUDIO.format("en", lesson, language))
    page = instructor.page
    page.locator("[name=file]").set_input_files(a_file(tone=tone))
    page.locator("[name=narrator]").fill("Mona Haddad")
    if said:
        page.locator("[name=transcript]").fill(said)
    else:
        page.locator("[name=reads_text]").check()
    follow(page, "form[data-recording] button[type=submit]")


def until(page: Page, holds: str) -> None:
    """Wait until a JavaScript expression holds; the pages' own policy forbids Playwright's way of asking."""
    end = time.monotonic() + PATIENCE
    while not page.evaluate(holds):
        assert time.monotonic() < end, holds
        page.wait_for_timeout(50)


def is_heard(page: Page, audio: str = "audio") -> None:
    """Press play by keyboard, and wait until something is heard."""
    page.locator(audio).first.focus()
    page.keyboard.press("Space")
    until(page, f"document.querySelector({audio!r}).currentTime > 0.3")


@pytest.mark.parametrize(
    ("javascript", "lesson"), [(True, "building-fire"), (False, "stay-or-go")], ids=["script", "no-script"]
)
def test_a_voice_is_uploaded_reviewed_published_and_heard(
    browse: Browse, own_server: PortalServer, javascript: bool, lesson: str
) -> None:
    instructor = browse(server=own_server, javascript=javascript)
    log_in(instructor, "instructor")
    give_voice(instructor, lesson, "ar", SAID)
    assert "The recording is kept with the draft" in instructor.page.locator("body").inner_text()
    assert instructor.page.locator("audio:visible").count() == 1
    release = send_to_review(instructor, f"A voice {javascript}")

    reviewer = browse(server=own_server)
    log_in(reviewer, "reviewer")
    reviewer.visit(release)
    axe(reviewer.page)
    is_heard(reviewer.page)
    publish(reviewer, release)

    citizen = browse(server=own_server, width=360, height=740)
    asked: list[tuple[str, str]] = []
    citizen.context.on("request", lambda request: asked.append((request.url, request.headers.get("range", ""))))
    citizen.visit(f"/ar/{LESSON.format(lesson)}")
    citizen.page.wait_for_load_state("networkidle")
    assert not [url for url, _range in asked if url.endswith(".ogg")]
    is_heard(citizen.page)
    assert next(part for url, part in asked if url.endswith(".ogg")).startswith("bytes=0-")
    citizen.page.locator(".narration summary").press("Enter")
    assert "اخرجوا وابقوا في الخارج." in citizen.page.locator(".narration").inner_text()
    axe(citizen.page)
    citizen.visit(f"/en/{LESSON.format(lesson)}")
    assert not citizen.page.locator("audio").count()


@pytest.fixture(scope="module")
def narrated(chromium: Browser, own_server: PortalServer) -> str:
    """A lesson with a published voice in English; its address without the language."""
    people = {who: Visitor(chromium, own_server.url) for who in ("instructor", "reviewer")}
    for who, visitor in people.items():
        log_in(visitor, who)
    give_voice(people["instructor"], "crowd-safety", "en", tone=600)
    publish(people["reviewer"], send_to_review(people["instructor"], "A voice to listen to"))
    for visitor in people.values():
        visitor.context.close()
    return LESSON.format("crowd-safety")


def test_speed_and_place_are_remembered_on_the_device(browse: Browse, own_server: PortalServer, narrated: str) -> None:
    citizen = browse(server=own_server)
    citizen.visit(f"/en/{narrated}")
    citizen.page.get_by_label("Speed").select_option("1.5")
    is_heard(citizen.page)
    until(citizen.page, "document.querySelector('audio').currentTime > 3")
    citizen.page.evaluate("document.querySelector('audio').pause()")
    citizen.page.reload()
    assert citizen.page.get_by_label("Speed").input_value() == "1.5"
    assert citizen.page.evaluate("document.querySelector('audio').currentTime") > 1
    is_heard(citizen.page)
    assert citizen.page.evaluate("document.querySelector('audio').playbackRate") == 1.5


def test_the_player_jumps_to_what_was_not_loaded(browse: Browse, own_server: PortalServer, narrated: str) -> None:
    citizen = browse(server=own_server)
    citizen.visit(f"/en/{narrated}")
    is_heard(citizen.page)
    citizen.page.evaluate("document.querySelector('audio').currentTime = 7")
    until(citizen.page, "document.querySelector('audio').currentTime > 7.2")


def test_it_can_be_heard_without_a_script(browse: Browse, own_server: PortalServer, narrated: str) -> None:
    citizen = browse(server=own_server, javascript=False)
    citizen.visit(f"/en/{narrated}")
    player = citizen.page.locator(".narration audio")
    assert player.is_visible()
    assert player.get_attribute("preload") == "none"
    assert not citizen.page.get_by_label("Speed").is_visible()
    told = citizen.page.locator(".narration").inner_text()
    assert re.search(r"8 seconds ·\s+0\.1 MB", told)
    assert "Read by Mona Haddad" in told


def test_paper_shows_no_player(browse: Browse, own_server: PortalServer, narrated: str) -> None:
    citizen = browse(server=own_server)
    citizen.visit(f"/en/{narrated}")
    citizen.page.emulate_media(media="print")
    assert not citizen.page.locator(".narration").is_visible()


def test_a_first_visit_to_a_narrated_lesson_is_as_light(
    chromium: Browser, own_server: PortalServer, narrated: str
) -> None:
    counted = first_visit(chromium, f"{own_server.url}/en/{narrated}").counted
    told = "\n".join(f"{size:7d} {kind:10s} {url}" for kind, url, size in counted)
    assert sum(size for _kind, _url, size in counted) <= MOST_BYTES, told
    assert len(counted) <= MOST_REQUESTS, told
    assert sum(size for kind, _url, size in counted if kind == "Script") <= MOST_SCRIPT, told


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("width", [360, 1024])
def test_the_page_with_a_voice_is_without_fault(
    browse: Browse, own_server: PortalServer, narrated: str, language: str, width: int, scheme: str
) -> None:
    instructor = browse(server=own_server, width=width, height=900, color_scheme=scheme)
    instructor.visit(f"/{language}/{narrated}")
    axe(instructor.page)
    log_in(instructor, "instructor")
    instructor.visit(STUDIO.format(language, "crowd-safety", "en"))
    axe(instructor.page)
    instructor.visit(f"/{language}/studio/lessons/crowd-safety/")
    axe(instructor.page)


def test_what_is_missing_is_said_and_the_recording_stays(browse: Browse, own_server: PortalServer) -> None:
    instructor = browse(server=own_server)
    log_in(instructor, "instructor")
    instructor.expect_console("422")
    instructor.visit(STUDIO.format("en", "extinguishers", "en"))
    page = instructor.page
    page.locator("[name=file]").set_input_files(a_file())
    follow(page, "form[data-recording] button[type=submit]")
    assert "Write what is said" in page.locator("main").inner_text()
    axe(page)
    page.locator("[name=reads_text]").check()
    follow(page, "form[data-recording] button[type=submit]")
    is_heard(page)


@pytest.fixture
def at_microphone(chromium: Browser, own_server: PortalServer) -> Iterator[Visitor]:
    """An instructor in a Chromium whose microphone is a machine that beeps."""
    pretended = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    browser = chromium.browser_type.launch(executable_path=find_chromium(), args=[*QUIETLY, *pretended])
    instructor = Visitor(browser, own_server.url)
    log_in(instructor, "instructor")
    yield instructor
    browser.close()
    assert not instructor.unexpected()


def test_a_voice_is_recorded_with_the_microphone(at_microphone: Visitor) -> None:
    at_microphone.visit(STUDIO.format("en", "leaving-home", "en"))
    page = at_microphone.page
    page.get_by_role("button", name="Record with the microphone").press("Enter")
    page.get_by_text("Recording: 0:02").wait_for()
    page.get_by_role("button", name="Stop recording").press("Enter")
    page.get_by_text("Listen to it, then save it.").wait_for()
    is_heard(page, "[data-heard]")
    axe(page)
    page.locator("[name=reads_text]").check()
    follow(page, "form[data-recording] button[type=submit]")
    assert "The recording is kept with the draft" in page.locator("body").inner_text()
    is_heard(page)
    assert str(page.locator("audio").first.get_attribute("src")).endswith(".ogg")


def test_no_other_page_gets_the_microphone(at_microphone: Visitor) -> None:
    at_microphone.expect_console("microphone is not allowed")
    at_microphone.visit("/en/studio/lessons/leaving-home/")
    given = "navigator.mediaDevices.getUserMedia({ audio: true }).then(() => 'given', (fault) => fault.name)"
    assert at_microphone.page.evaluate(given) == "NotAllowedError"
