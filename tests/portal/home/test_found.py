"""How public pages are found and shared; how everything else stays out of search engines."""

import re
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from lessons import pages
from lessons.models import Revision, TopicText
from portal.home import sitemap
from tests.factories import TopicFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("course_to_find")]

HOST = "http://testserver"
LESSON = "/en/courses/first-aid/bleeding/"
PUBLIC = ["/en/", "/ar/", "/en/courses/", "/en/courses/first-aid/", LESSON, "/ar/courses/first-aid/bleeding/"]
PRIVATE = ["/en/my-learning/", "/en/account/login/", "/en/account/signup/", "/en/no-such-page/", "/ar/no-such-page/"]
ATOM = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def text_of(url: str, **headers: str) -> str:
    return Client().get(url, headers=headers).content.decode()


def meta(html: str) -> dict[str, str]:
    return dict(re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)"', html))


def links(html: str, rel: str) -> list[str]:
    return re.findall(rf'<link rel="{rel}"[^>]* href="([^"]+)"', html)


def sitemap_of(url: str = "/sitemap.xml") -> ET.Element:
    return ET.fromstring(text_of(url))  # noqa: S314 - our own


@pytest.mark.parametrize("url", PUBLIC)
def test_a_public_page_names_its_one_address(url: str) -> None:
    assert links(text_of(url + "?from=a-message"), "canonical") == [HOST + url]


@pytest.mark.parametrize("url", PUBLIC)
def test_a_public_page_names_itself_in_each_language_and_one_for_everybody_else(url: str) -> None:
    rest = url[3:]
    assert links(text_of(url), "alternate") == [
        HOST + url,
        f"{HOST}/{'ar' if url.startswith('/en') else 'en'}{rest}",
        f"{HOST}/ar{rest}",
    ]


@pytest.mark.parametrize("url", PUBLIC)
def test_a_public_page_is_shared_with_its_words_and_a_picture(url: str) -> None:
    said = meta(text_of(url))
    assert said["og:url"] == HOST + url
    assert said["og:title"]
    assert said["og:description"] == said["description"] or url.count("/") == 2 or url.endswith("/courses/")
    assert said["og:locale"][:2] == url[1:3]
    assert said["og:image:alt"]
    assert said["twitter:card"] == "summary_large_image"


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_picture_is_as_large_as_it_says(language: str) -> None:
    said = meta(text_of(f"/{language}/"))
    file = finders.find(said["og:image"].removeprefix(f"{HOST}/static/"))
    with Image.open(str(file)) as picture:
        assert picture.size == (int(said["og:image:width"]), int(said["og:image:height"]))


@pytest.mark.parametrize("url", PUBLIC)
def test_a_public_page_may_be_found(url: str) -> None:
    assert "robots" not in meta(text_of(url))


@pytest.mark.parametrize("url", PRIVATE)
def test_any_other_page_is_kept_out(url: str) -> None:
    html = text_of(url)
    assert meta(html)["robots"] == "noindex"
    assert not links(html, "canonical")
    assert "og:title" not in meta(html)


def test_a_lesson_that_is_not_translated_sends_search_engines_to_the_one_that_is() -> None:
    Revision.objects.filter(text__language="ar").update(state="superseded")
    html = text_of("/ar/courses/first-aid/bleeding/")
    assert links(html, "canonical") == [HOST + LESSON]
    assert not links(html, "alternate")
    assert not links(text_of(LESSON), "alternate")


def test_the_sitemap_holds_every_public_page_in_each_language() -> None:
    found = {one.text for one in sitemap_of().iter(f"{ATOM}loc")}
    lessons = {"/topics/", "/courses/", "/courses/first-aid/", "/courses/first-aid/bleeding/"}
    both = {"/", "/glossary/", "/statistics/"} | lessons
    assert found == {f"{HOST}/{language}{rest}" for rest in both for language in ("ar", "en")}


def test_every_address_in_the_sitemap_is_a_page_that_names_itself() -> None:
    for one in sitemap_of().iter(f"{ATOM}loc"):
        html = text_of(str(one.text).removeprefix(HOST))
        assert links(html, "canonical") == [one.text]
        assert "robots" not in meta(html)


def test_the_sitemap_names_the_same_page_in_the_other_languages() -> None:
    for url in sitemap_of().iter(f"{ATOM}url"):
        others = {one.get("hreflang"): str(one.get("href")) for one in url.iter(f"{XHTML}link")}
        assert set(others) == {"ar", "en", "x-default"}
        assert url.findtext(f"{ATOM}loc") in others.values()


def test_the_sitemap_names_only_the_languages_that_are_published() -> None:
    Revision.objects.filter(text__language="ar").update(state="superseded")
    urls = [url for url in sitemap_of().iter(f"{ATOM}url") if "bleeding" in str(url.findtext(f"{ATOM}loc"))]
    assert [url.findtext(f"{ATOM}loc") for url in urls] == [HOST + LESSON]
    assert not list(urls[0].iter(f"{XHTML}link"))


def test_the_sitemap_says_since_when_a_lesson_is_as_it_is() -> None:
    changed = {url.findtext(f"{ATOM}loc"): url.findtext(f"{ATOM}lastmod") for url in sitemap_of().iter(f"{ATOM}url")}
    published = Revision.objects.filter(text__language="en").latest("published_at").published_at
    assert published
    assert changed[HOST + LESSON] == f"{published:%Y-%m-%d}"


def test_a_large_sitemap_is_a_list_of_files(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = {one.text for one in sitemap_of().iter(f"{ATOM}loc")}
    pages._pages.clear()
    monkeypatch.setattr(sitemap, "MOST", 3)
    monkeypatch.setattr(pages, "_shared", lambda _key: None)
    files = [str(one.text).removeprefix(HOST) for one in sitemap_of().iter(f"{ATOM}loc")]
    assert files == ["/sitemap-1.xml", "/sitemap-2.xml", "/sitemap-3.xml"]
    assert {one.text for file in files for one in sitemap_of(file).iter(f"{ATOM}loc")} == whole
    assert Client().get("/sitemap-4.xml").status_code == 404
    assert Client().get("/sitemap-0.xml").status_code == 404


def test_a_sitemap_takes_few_queries_and_none_when_it_is_warm() -> None:
    for most in (6, 0):
        with CaptureQueriesContext(connection) as queries:
            assert not Client().get("/sitemap.xml").cookies
        assert len(queries) <= most


def test_robots_are_told_where_the_sitemap_is_and_where_not_to_look() -> None:
    lines = text_of("/robots.txt").splitlines()
    assert f"Sitemap: {HOST}/sitemap.xml" in lines
    for room in ("studio", "reports", "admin", "account", "attempts"):
        assert {f"Disallow: /ar/{room}/", f"Disallow: /en/{room}/"} <= set(lines)


def test_no_public_page_is_closed_to_robots() -> None:
    closed = re.findall(r"Disallow: (\S+)", text_of("/robots.txt"))
    assert not [url for url in PUBLIC for shut in closed if url.startswith(shut)]


def test_a_person_signed_in_gets_the_same_files_as_everybody(client: Client) -> None:
    client.force_login(UserFactory())
    for path in ("/sitemap.xml", "/robots.txt", "/ar/manifest.webmanifest"):
        response = client.get(path)
        assert response.content == Client().get(path).content
        assert response.headers["Cache-Control"].startswith("public")


def test_every_language_of_the_portal_has_a_picture_to_share() -> None:
    assert all(finders.find(f"share/{code}.png") for code, _name in settings.LANGUAGES)


def test_a_topic_is_in_the_sitemap_in_the_languages_it_has_words_in() -> None:
    topic = TopicFactory(slug="cpr")
    TopicText.objects.create(topic=topic, language="en", name="CPR", first_minute="Call.\nPress hard.\nGo on.")
    TopicFactory(slug="empty")
    found = {one.text for one in sitemap_of().iter(f"{ATOM}loc") if "/topics/" in str(one.text)}
    assert found == {f"{HOST}/ar/topics/", f"{HOST}/en/topics/", f"{HOST}/en/topics/cpr/"}
    assert links(text_of("/en/topics/cpr/"), "canonical") == [f"{HOST}/en/topics/cpr/"]
    assert links(text_of("/ar/topics/cpr/"), "canonical") == [f"{HOST}/en/topics/cpr/"]
    assert not links(text_of("/en/topics/cpr/"), "alternate")
