"""What is written or deleted in the administration is at once what search finds."""

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils.translation import override

from lessons.models import LocalFact, SearchDocument, SearchWord, Topic
from lessons.search.indexing import rebuild
from lessons.search.searching import search
from tests.factories import published_course, published_lesson, topic_with_card
from tests.portal.admin_pages import page, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic() -> Topic:
    """A topic with a card, above a published lesson."""
    LocalFact.objects.create(key="emergency-number", kind="phone")
    topic, lesson = topic_with_card(), published_lesson("tourniquet")
    lesson.topics.add(topic)
    published_course(lessons=[lesson])
    rebuild()
    return topic


def indexed() -> tuple[list[Any], list[Any]]:
    words = SearchWord.objects.order_by("language", "word").values_list("language", "word", "documents")
    return list(SearchDocument.objects.order_by("pk").values()), list(words)


def test_the_index_is_whole_after_a_topic_was_renamed_in_a_line(administration: Client, topic: Topic) -> None:
    with override("en"):
        send(administration, page(Topic, "change", topic.pk), {"texts-0-name": "Xylophone wounds"})
    grown = indexed()
    assert [row.key for row in search("xylophone", "en").results][:1] == [topic.key]
    call_command("rebuild_search", verbosity=0)
    assert indexed() == grown


def test_the_index_is_whole_after_a_topic_was_deleted(administration: Client, topic: Topic) -> None:
    assert topic.key in [row.key for row in search("bleeding", "en").results]
    administration.post(page(Topic, "delete", topic.pk), {"post": "yes"})
    assert not Topic.objects.exists()
    grown = indexed()
    assert topic.key not in [row.key for row in search("bleeding", "en").results]
    call_command("rebuild_search", verbosity=0)
    assert indexed() == grown
