"""The starter curriculum with what lies beyond it (`wider.yaml`), published and indexed as publishing does."""

from pathlib import Path
from typing import Any

import yaml

from lessons.models import Course, Topic
from lessons.search.indexing import rebuild
from portal.exchange.reading import read_package
from tests.browser.curriculum import CURRICULUM
from tests.factories import LONG_AGO, LessonFactory, LessonTextFactory, RevisionFactory, published_course

FILE = Path(__file__).with_name("wider.yaml")


def publish_everything() -> None:
    read_package(CURRICULUM)
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    lessons = [_lesson(*row) for row in data["lessons"]]
    edition = published_course("wider", lessons, title="Beyond")
    Course.objects.filter(pk=edition.course_id).update(position=9)
    rebuild()


def _lesson(key: str, slug: str, topics: list[str], *told: str) -> Any:
    lesson = LessonFactory(key=key, slug=f"on-{slug}")
    lesson.topics.set(Topic.objects.filter(key__in=topics))
    for language, title, first in (("en", *told[:2]), ("ar", *told[2:])):
        text = LessonTextFactory(lesson=lesson, language=language)
        html = f'<div class="first"><p class="block-title">Do this first</p><p>{first}</p></div>'
        RevisionFactory(text=text, number=1, title=title, html=html, state="published", published_at=LONG_AGO)
    return lesson
