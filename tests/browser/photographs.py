"""Photographs of the tests' own, and a lesson that shows them."""

import io
from pathlib import Path

from PIL import Image

from tests.browser.driver import Visitor
from tests.browser.walks import follow

FIGURE = "figures/street.webp"


def photograph(folder: Path) -> Path:
    """A JPEG of 1400 × 900 pixels, with the fine detail that photographs have."""
    light = Image.radial_gradient("L").resize((1400, 900))
    leaves = Image.effect_noise((350, 225), 90).resize((1400, 900), Image.Resampling.BICUBIC)
    out = io.BytesIO()
    Image.merge("RGB", [leaves, light, leaves]).save(out, "JPEG", quality=92)
    path = folder / "street.jpg"
    path.write_bytes(out.getvalue())
    return path


def add_photograph(instructor: Visitor, lesson: str, file: Path) -> None:
    """Upload it on the lesson's page in the studio, with words in both languages, as our own work."""
    page = instructor.page
    instructor.visit(f"/en/studio/lessons/{lesson}/")
    page.locator("[name=picture-file]").set_input_files(file)
    page.locator("[name=picture-alt_en]").fill("A street of low houses under a wide sky.")
    page.locator("[name=picture-alt_ar]").fill("شارع بيوته منخفضة تحت سماء واسعة.")
    page.locator("[name=put-in]").uncheck()
    follow(page, "[data-picture-upload]")
    follow(page, "[name=then][value^=picture-].btn-outline-primary")
    page.locator("[name=credit-licence]").select_option("own")
    follow(page, "#credit button[type=submit]")


def show_photograph(text: str) -> str:
    """The lesson's text with the photograph behind its first block and at its end."""
    line = f"\n\n![A street of low houses.]({FIGURE})\n"
    head, end = text.split("\n:::\n", 1)
    return f"{head}\n:::\n{line}{end}{line}"
