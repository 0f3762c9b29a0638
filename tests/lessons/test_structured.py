"""What search engines are told of courses and lessons."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from lessons import pages
from lessons.models import TopicText
from lessons.structured import duration
from lessons.templatetags.structured import ld_json
from tests.factories import TopicFactory, published_course, published_lesson

pytestmark = pytest.mark.django_db
HOST = "http://testserver"
LESSON = "/en/courses/first-aid/bleeding/"


@pytest.fixture(autouse=True)
def course() -> Any:
    pages._pages.clear()
    return published_course(lessons=[published_lesson()], final={})


@pytest.mark.parametrize(("minutes", "written"), [(0, "PT0M"), (5, "PT5M"), (60, "PT1H"), (75, "PT1H15M")])
def test_minutes_are_written_as_iso_8601_has_them(minutes: int, written: str) -> None:
    assert duration(minutes) == written


def structured(url: str) -> dict[str, Any]:
    (block,) = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', Client().get(url).content.decode(), re.DOTALL
    )
    told = json.loads(block)
    assert told["@context"] == "https://schema.org"
    return {one["@type"]: one for one in told["@graph"]}


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_course_says_of_itself_what_search_engines_require(language: str) -> None:
    course = structured(f"/{language}/courses/first-aid/")["Course"]
    assert course["name"]
    assert course["description"]
    assert course["provider"]["name"]
    assert course["offers"]["category"] == "Free"
    assert course["isAccessibleForFree"] is True
    assert course["inLanguage"] == language
    assert course["hasCourseInstance"]["courseMode"] == "Online"
    assert re.fullmatch(r"PT(\d+H)?(\d+M)?", course["hasCourseInstance"]["courseWorkload"])
    assert course["url"] == f"{HOST}/{language}/courses/first-aid/"


def test_a_lesson_says_which_course_it_belongs_to() -> None:
    lesson = structured(LESSON)["LearningResource"]
    assert lesson["name"] == "Severe bleeding"
    assert lesson["timeRequired"] == "PT4M"
    assert lesson["isPartOf"]["@id"] == f"{HOST}/en/courses/first-aid/"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", lesson["datePublished"])


@pytest.mark.parametrize(("url", "steps"), [("/en/courses/first-aid/", 2), (LESSON, 3)])
def test_a_page_names_the_way_to_itself(url: str, steps: int) -> None:
    way = structured(url)["BreadcrumbList"]["itemListElement"]
    assert [step["position"] for step in way] == list(range(1, steps + 1))
    assert way[-1]["item"] == HOST + url
    assert all(step["name"] and step["item"].startswith(HOST) for step in way)


def test_no_text_ends_the_block_of_data() -> None:
    evil = "</script><script>alert(1)</script><!-- & \u2028"
    block = str(ld_json({"name": evil}))
    inside = block.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not set("<>&\u2028") & set(inside)
    assert json.loads(inside) == {"name": evil}


def test_a_topics_card_is_told_as_steps() -> None:
    topic = TopicFactory(slug="cpr")
    TopicText.objects.create(topic=topic, language="en", name="CPR", first_minute="Call.\nPress hard & fast.\nGo on.")
    card = structured("/en/topics/cpr/")["HowTo"]
    assert card["name"] == "CPR"
    assert [step["text"] for step in card["step"]] == ["Call.", "Press hard & fast.", "Go on."]
