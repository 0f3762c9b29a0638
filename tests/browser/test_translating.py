"""A translator at work in a portal of four languages: marks of the source, a lesson into Urdu and one into French."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Browse
from tests.browser.driver import Visitor, axe
from tests.browser.walks import follow, log_in, path_of
from tests.server import PortalServer

LESSON = "stay-or-go"
COURSE = "evacuation-shelter"
STUDIO = "/{}/studio/lessons/{}/"
FIRST = {
    "ur": ("کب نکلیں", "::: first\nزلزلے میں ٹھہریں، آگ میں فوراً نکلیں۔ ڈریں نہیں۔\n:::"),
    "fr": (
        "Rester ou partir",
        "::: first\nRestez à l’abri ; en cas d’incendie, sortez aussitôt. Un cœur calme aide.\n:::",
    ),
}


@pytest.fixture(scope="module")
def speaking(tmp_path_factory: pytest.TempPathFactory, furnished: PortalServer) -> Iterator[PortalServer]:
    """A portal whose environment names four languages; nothing else of it was changed."""
    server = PortalServer(tmp_path_factory.mktemp("speaking"), LANGUAGES="ar,en,fr,ur")
    server.furnish_as(furnished)
    server.start()
    yield server
    server.stop()


def translate(instructor: Visitor, language: str, page_language: str = "en") -> None:
    """Title and first block, saved as a draft."""
    page = instructor.page
    title, first = FIRST[language]
    instructor.visit(f"{STUDIO.format(page_language, LESSON)}translate/{language}/")
    page.locator("[name=title]").fill(title)
    page.locator("[name=row-0]").fill(first)
    follow(page, ".studio-save button")


def publish(instructor: Visitor, reviewer: Visitor, language: str) -> None:
    """Everything in the language sent by one press, and published by somebody else."""
    instructor.visit(f"/en/studio/languages/{language}/courses/{COURSE}/")
    follow(instructor.page, ".toolbar form button")
    reviewer.visit(path_of(instructor.page))
    for box in reviewer.page.locator("#publish [type=checkbox]").all():
        box.check()
    follow(reviewer.page, "#publish button")


def is_set_in(reader: Visitor, font: str, letters: str) -> bool:
    """Whether the page has loaded the font, and that has these letters."""
    return bool(
        reader.page.evaluate(
            """async ([font, letters]) => {
                await document.fonts.ready;
                return [...document.fonts].some((face) => face.family.includes(font) && face.status === "loaded")
                    && document.fonts.check(`16px "${font}"`, letters);
            }""",
            [font, letters],
        )
    )


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_change_of_the_source_is_marked_and_said_to_be_still_right(
    browse: Browse, speaking: PortalServer, language: str
) -> None:
    instructor = browse(width=768, height=1024, server=speaking)
    log_in(instructor, "instructor", language)
    page = instructor.page
    instructor.visit(f"/{language}/studio/languages/ar/courses/{COURSE}/")
    follow(page, f".studio-list li:nth-child({2 if language == 'en' else 3}) h2 a")
    where = path_of(page)
    source = where.partition("translate/")[0]
    instructor.visit(source)
    words = page.locator("[name=en-markdown]")
    words.fill(words.input_value() + "\n\nOne sentence more: call 3 neighbours.")
    follow(page, ".studio-save button[type=submit]")

    instructor.visit(where)
    new = page.locator(".translation-new")
    expect(new).to_have_count(1)
    expect(new.locator(".translation-source")).to_contain_text("call 3 neighbours")
    expect(new.locator("textarea")).to_have_attribute("dir", "rtl")
    axe(page)
    new.locator("[type=checkbox]").check()
    follow(page, ".studio-save button")
    assert path_of(page) == where
    expect(page.locator(".translation-new")).to_have_count(0)


@pytest.mark.parametrize(
    ("language", "javascript", "direction", "font", "letters"),
    [("ur", True, "rtl", "Vazirmatn", "ٹڈڑےہھگچپ"), ("fr", False, "ltr", "Readex Pro", "éàçœ")],
    ids=["urdu", "french-no-script"],
)
def test_a_lesson_is_translated_published_and_read(
    browse: Browse,
    speaking: PortalServer,
    language: str,
    javascript: bool,
    direction: str,
    font: str,
    letters: str,
) -> None:
    instructor = browse(width=1024, height=768, server=speaking, javascript=javascript)
    reviewer = browse(server=speaking, javascript=javascript)
    log_in(instructor, "instructor")
    log_in(reviewer, "reviewer")
    translate(instructor, language)
    publish(instructor, reviewer, language)
    reader = browse(width=360, height=740, server=speaking)
    reader.visit(f"/{language}/courses/{COURSE}/{LESSON}/")
    page = reader.page
    expect(page.locator("h1")).to_have_text(FIRST[language][0])
    expect(page.locator("html")).to_have_attribute("dir", direction)
    expect(page.locator("html")).to_have_attribute("lang", language)
    assert is_set_in(reader, font, letters)
    axe(page)


def test_the_ways_to_the_other_languages_are_a_menu_that_a_keyboard_opens(
    browse: Browse, speaking: PortalServer
) -> None:
    reader = browse(width=360, height=740, server=speaking)
    reader.visit(f"/ur/courses/{COURSE}/")
    page = reader.page
    page.locator(".language-menu summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".language-menu a")).to_have_text(["العربيّة", "English", "français"])
    axe(page)
    page.locator(".language-menu a[lang=fr]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/fr/courses/**")
    assert path_of(page) == f"/fr/courses/{COURSE}/"


def test_what_was_typed_into_a_row_outlasts_a_lost_page(browse: Browse, speaking: PortalServer) -> None:
    instructor = browse(server=speaking)
    log_in(instructor, "instructor")
    where = f"{STUDIO.format('en', 'building-fire')}translate/ur/"
    instructor.visit(where)
    page = instructor.page
    page.locator("[name=row-1]").fill("ایک جملہ")
    page.reload()
    page.locator("[data-kept-restore]").click()
    expect(page.locator("[name=row-1]")).to_have_value("ایک جملہ")
