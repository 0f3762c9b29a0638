"""`make figures`: all figures of the curriculum on one page and, where there is a Chromium, a picture a module."""

from typing import Any

import drawing
import environment
import suite
from house import VAR, python, surroundings

FOLDER = VAR / "figures"


def figures(_args: list[str]) -> int:
    """Write var/figures/index.html and, with a Chromium, a PNG a module beside it."""
    environment.prepare("requirements-dev.lock")
    code = python("manage.py", "figure_sheet", env=surroundings(DEMO="1"))
    if code == 0 and suite.find_chromium():
        return python(".ci/figures.py")
    return code


def photograph() -> None:
    """A picture of every section of the page, what is folded away left so."""
    for old in FOLDER.glob("*.png"):
        old.unlink()
    with drawing.browser() as chromium:
        page = chromium.new_page(viewport={"width": 1460, "height": 900})
        page.goto((FOLDER / "index.html").as_uri())
        for section in page.locator("section").all():
            print(_saved(section), flush=True)


def _saved(section: Any) -> str:
    """The path of the section's picture."""
    path = FOLDER / f"{section.get_attribute('id')}.png"
    section.screenshot(path=path)
    return str(path)


if __name__ == "__main__":
    photograph()
