"""An instructor drops pictures, crops one, says who made it and uses it; it is published, and readers see all that."""

import base64
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import Browse
from tests.browser.driver import Visitor, axe, see_whole
from tests.browser.photographs import photograph
from tests.browser.test_publishing import publish, send_to_review
from tests.browser.walks import follow, log_in, path_of
from tests.server import PATIENCE, PortalServer

pytestmark = pytest.mark.browser
LESSON, STUDIO = "/en/courses/evacuation-shelter/building-fire/", "/en/studio/lessons/building-fire/"
ADD = "/en/studio/pictures/add/?lesson=building-fire"
WORDS = {"en": "A street of low houses under a wide sky.", "ar": "شارع بيوته منخفضة تحت سماء واسعة."}
DROP = """
([name, type, base64]) => {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  window.carried ??= new DataTransfer();
  carried.items.add(new File([bytes], name, { type }));
}
"""


@pytest.fixture
def street(tmp_path: Path) -> Path:
    return photograph(tmp_path)


def drop(visitor: Visitor, place: str, *files: tuple[str, str, bytes]) -> None:
    """Let the files fall on a part of the page, as if they were dragged there."""
    page = visitor.page
    page.evaluate("delete window.carried")
    for name, kind, data in files:
        page.evaluate(DROP, [name, kind, base64.b64encode(data).decode()])
    page.dispatch_event(place, "drop", {"dataTransfer": page.evaluate_handle("carried")})


def number(visitor: Visitor, name: str) -> int:
    return int(visitor.page.locator(f"[name={name}]").input_value())


def test_from_the_drop_to_the_reader(browse: Browse, own_server: PortalServer, street: Path) -> None:
    instructor, reviewer, reader = (browse(server=own_server, locale="en", width=1024, height=768) for _ in range(3))
    page = instructor.page
    log_in(instructor, "instructor")
    _drop_and_keep(instructor, street)
    axe(page)
    follow(page, "[data-picture-kept] a")
    _say_who_made_it(instructor)
    _crop(instructor)
    _show_in_the_text(instructor)
    release = send_to_review(instructor, "With a cropped street")
    log_in(reviewer, "reviewer")
    publish(reviewer, release)
    reader.visit(LESSON)
    image = reader.page.locator("figure picture img").first
    assert int(image.get_attribute("width") or 0) < 1400
    credit = reader.page.locator("footer.fine .sources", has_text="Huda al-Amin")
    assert "CC BY-SA 4.0" in credit.inner_text()
    assert "cropped or changed" in credit.inner_text()
    axe(reader.page)


def _drop_and_keep(instructor: Visitor, street: Path) -> None:
    """Two fall on the page at once, of which one is none; the good one is kept."""
    page = instructor.page
    instructor.visit(ADD)
    jpeg = ("street.jpg", "image/jpeg", street.read_bytes())
    drop(instructor, "body", jpeg, ("disguised.png", "image/png", b"PK\x03\x04 a zip"))
    forms = page.locator("[data-picture-form]")
    forms.nth(1).wait_for()
    forms.nth(0).locator("[data-picture-preview]").wait_for()
    assert "2" in page.locator("[data-picture-count]").inner_text()
    for at in (0, 1):
        for language, alt in WORDS.items():
            forms.nth(at).locator(f"[name=picture-alt_{language}]").fill(alt)
    instructor.expect_console("422")
    forms.nth(1).locator("[type=submit]").click()
    page.get_by_text("This file is a zip archive").wait_for()
    axe(page)
    forms.nth(1).locator("[data-picture-drop-form]").click()
    forms.nth(0).locator("[type=submit]").click()
    page.locator("[data-picture-kept]").wait_for(timeout=1000 * PATIENCE)  # its renditions are made


def _say_who_made_it(instructor: Visitor) -> None:
    page = instructor.page
    assert "so it cannot be published" in page.locator("#credit").inner_text()
    page.locator("[name=credit-licence]").select_option("CC-BY-SA-4.0")
    page.locator("[name=credit-author]").fill("Huda al-Amin")
    follow(page, "#credit [type=submit]")
    assert "Where the picture" in page.locator("main").inner_text() or page.locator(".is-invalid").count() == 1
    page.locator("[name=credit-source_url]").fill("https://pictures.example/street")
    follow(page, "#credit [type=submit]")
    assert page.locator("#credit .alert-warning").count() == 0
    axe(page)


def _crop(instructor: Visitor) -> None:
    """With the pointer and with the keyboard, from the page of the lesson."""
    page = instructor.page
    instructor.visit(STUDIO)
    follow(page, "[name=then][value^=crop-]")
    assert "/crop/?lesson=building-fire" in path_of(page)
    whole = (number(instructor, "width"), number(instructor, "height"))
    corner = page.locator("[data-crop-handle=se]").bounding_box()
    assert corner
    page.mouse.move(corner["x"] + 30, corner["y"] + 30)
    page.mouse.down()
    page.mouse.move(corner["x"] - 120, corner["y"] - 60, steps=4)
    page.mouse.up()
    assert (number(instructor, "width"), number(instructor, "height")) < whole
    page.locator("[data-crop-box]").focus()
    left, width = number(instructor, "left"), number(instructor, "width")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowLeft")
    assert (number(instructor, "left") > left, number(instructor, "width") < width) == (True, True)
    axe(page)
    page.locator("[data-crop-shape='1']").click()
    assert number(instructor, "width") == number(instructor, "height")
    follow(page, "form.crop .btn-primary")
    assert "figures/street-crop.webp" in page.locator("#pictures").inner_text()


def _show_in_the_text(instructor: Visitor) -> None:
    page = instructor.page
    for language, alt in WORDS.items():
        field = page.locator(f"[name={language}-markdown]")
        field.fill(f"{field.input_value()}\n\n![{alt}](figures/street-crop.webp)\n")
    follow(page, ".studio-save button")


def test_without_a_script_the_fields_do_the_same(browse: Browse, own_server: PortalServer, street: Path) -> None:
    instructor = browse(server=own_server, locale="en", javascript=False)
    page = instructor.page
    log_in(instructor, "instructor")
    instructor.visit("/en/studio/pictures/add/")
    page.locator("[name=picture-file]").set_input_files(street)
    follow(page, "[data-picture-form] [type=submit]")
    instructor.visit(f"{path_of(page)}crop/")
    for name, value in {"left": 100, "top": 50, "width": 640, "height": 480}.items():
        page.locator(f"[name={name}]").fill(str(value))
    follow(page, "form.crop .btn-primary")
    assert "640 × 480" in page.locator("main").inner_text()
    assert page.get_by_text("The original, from which this was cropped").count() == 1


@pytest.mark.parametrize(("width", "height"), [(360, 740), (768, 1024), (1024, 768)])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_crop_page_fits_every_screen(
    browse: Browse, own_server: PortalServer, street: Path, width: int, height: int, language: str
) -> None:
    instructor = browse(width=width, height=height, server=own_server, locale=language)
    page: Any = instructor.page
    log_in(instructor, "instructor")
    instructor.visit(f"/{language}/studio/pictures/add/")
    page.locator("[name=picture-file]").first.set_input_files(street)
    page.locator("[data-picture-form] [type=submit]").click()
    page.locator("[data-picture-kept] a").wait_for(timeout=1000 * PATIENCE)
    instructor.visit(f"{page.locator('[data-picture-kept] a').get_attribute('href')}crop/")
    box, place = (page.locator(selector).bounding_box() for selector in ("[data-crop-box]", ".crop-place"))
    assert abs(box["width"] - place["width"]) < 5
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    see_whole(page)
    axe(page)
