"""`make icons`: the icons, and the pictures shown where a page is shared, drawn by Chromium from static/icons/src.

They are committed, so nobody needs this to run or test the portal. Letters are shaped by the browser, with our type.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import suite
from house import ROOT

STATIC = ROOT / "static"
SOURCES = STATIC / "icons" / "src"
SIGNS = ("heart", "drop", "fire", "quake", "flood", "siren", "exit", "burn", "choke")
# File, side in pixels, how large the mark stands on its ground, and how round the corners are (of 16).
ICONS: tuple[tuple[str, int, float, float], ...] = (
    ("icons/icon-192.png", 192, 1, 7),
    ("icons/icon-512.png", 512, 1, 7),
    ("icons/icon-maskable-512.png", 512, 0.72, 0),  # all of the mark lies in the circle that every mask leaves
    ("root/apple-touch-icon.png", 180, 0.85, 0),
)
FAVICON = (16, 32, 48)
WORDS: dict[str, dict[str, str]] = {
    "ar": {
        "DIRECTION": "rtl",
        "NAME": "بوابة الدفاع المدني",
        "PROMISE": "اعرفوا اليوم ما تفعلونه ساعة الخطر",
        "MORE": "دروس قصيرة في الإسعافات الأولية والإخلاء والاستجابة للإنذارات. مجانًا ومن دون حساب",
    },
    "en": {
        "DIRECTION": "ltr",
        "NAME": "Civil Defense Portal",
        "PROMISE": "Know what to do before it happens",
        "MORE": "Short lessons on first aid, evacuation and alert response. Free, without an account",
    },
}


def draw() -> None:
    """Write every icon and both pictures; those who run it need a Chromium."""
    with browser() as chromium:
        for name, side, scale, roundness in ICONS:
            save(mark(chromium, side, scale, roundness), STATIC / name)
        favicon([mark(chromium, side, 1, 7) for side in FAVICON])
        for language, words in WORDS.items():
            save(share_picture(chromium, language, words), STATIC / "share" / f"{language}.png", colours=64)


@contextmanager
def browser() -> Iterator[Any]:
    """The system's Chromium, without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=suite.find_chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        yield chromium
        chromium.close()


def mark(chromium: Any, side: int, scale: float, roundness: float) -> bytes:
    """The mark on its ground as a PNG of that side."""
    svg = (SOURCES / "mark.svg").read_text(encoding="utf-8")
    for place, value in {"SIDE": side, "ROUND": roundness, "SCALE": scale}.items():
        svg = svg.replace(place, str(value))
    page = chromium.new_page(viewport={"width": side, "height": side})
    page.set_content(f"<style>body{{margin:0}}svg{{display:block}}</style>{svg}")
    picture: bytes = page.screenshot(omit_background=True)
    page.close()
    return picture


def share_picture(chromium: Any, language: str, words: dict[str, str]) -> bytes:
    """The picture for one language: 1200 by 630."""
    html = (SOURCES / "share.html").read_text(encoding="utf-8")
    for place, text in {**words, "LANGUAGE": language, "SIGNS": "".join(signs())}.items():
        html = html.replace(place, text)
    written = SOURCES / f".share.{language}.html"  # beside its style sheet and the type
    written.write_text(html, encoding="utf-8")
    page = chromium.new_page(viewport={"width": 1200, "height": 630})
    page.goto(written.as_uri())
    page.evaluate("document.fonts.ready")
    picture: bytes = page.screenshot()
    page.close()
    written.unlink()
    return picture


def signs() -> Iterator[str]:
    """Pictograms of the sprite."""
    sprite = (STATIC / "icons" / "sprite.svg").read_text(encoding="utf-8")
    for name in SIGNS:
        found = re.search(rf'<symbol id="{name}" viewBox="0 0 32 32">(.*?)</symbol>', sprite)
        if found:
            yield f'<li><svg viewBox="0 0 32 32" width="56" height="56">{found[1]}</svg></li>'


def save(picture: bytes, path: Path, colours: int = 0) -> None:
    """Write a PNG as small as it gets; with few `colours` where it has no see-through edges."""
    from PIL import Image

    image = Image.open(BytesIO(picture))
    few = image.convert("RGB").quantize(colours, dither=Image.Dither.NONE) if colours else image
    few.save(path, optimize=True)


def favicon(pictures: list[bytes]) -> None:
    """One .ico of several sizes, for browsers and robots that ask for nothing else."""
    from PIL import Image

    images = [Image.open(BytesIO(one)) for one in pictures]
    images[-1].save(
        STATIC / "root" / "favicon.ico", sizes=[(side, side) for side in FAVICON], append_images=images[:-1]
    )


if __name__ == "__main__":
    draw()
