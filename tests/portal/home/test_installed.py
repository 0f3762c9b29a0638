"""The portal on a home screen: its manifest and its icons."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image, ImageChops

pytestmark = pytest.mark.django_db


def links(html: str, rel: str) -> list[str]:
    return re.findall(rf'<link rel="{rel}"[^>]* href="([^"]+)"', html)


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("en", "ltr")])
def test_the_portal_can_be_installed_in_each_language(language: str, direction: str) -> None:
    (address,) = links(Client().get(f"/{language}/").content.decode(), "manifest")
    response = Client().get(address)
    told = response.json()
    assert response.headers["Content-Type"] == "application/manifest+json"
    assert (told["lang"], told["dir"], told["start_url"]) == (language, direction, f"/{language}/")
    assert told["display"] == "standalone"
    assert Client().get(told["start_url"]).status_code == 200
    assert all(one["url"].startswith(f"/{language}/") for one in told["shortcuts"])


def test_every_icon_is_there_and_as_large_as_it_says() -> None:
    icons = Client().get("/ar/manifest.webmanifest").json()["icons"]
    assert {"192x192", "512x512", "any"} == {icon["sizes"] for icon in icons}
    assert {"any", "maskable"} == {icon["purpose"] for icon in icons}
    for icon in icons:
        file = finders.find(icon["src"].removeprefix("/static/"))
        assert file
        if icon["sizes"] != "any":
            with Image.open(str(file)) as picture:
                assert "x".join(map(str, picture.size)) == icon["sizes"]


def test_all_of_the_mark_lies_where_no_mask_cuts() -> None:
    with Image.open(str(finders.find("icons/icon-maskable-512.png"))) as picture:
        plain = picture.convert("RGB")
    ground = Image.new("RGB", plain.size, plain.getpixel((0, 0)))
    drawn = ImageChops.difference(plain, ground).convert("L").point(lambda value: 255 if value > 24 else 0)
    left, top, right, bottom = drawn.getbbox() or (0, 0, 512, 512)
    farthest = max(256 - left, 256 - top, right - 256, bottom - 256)
    assert farthest <= 0.4 * 512


@pytest.mark.parametrize("path", ["/favicon.ico", "/apple-touch-icon.png"])
def test_what_browsers_ask_for_unasked_is_there(path: str) -> None:
    response = Client().get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("image/")
