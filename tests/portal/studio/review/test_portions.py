"""A release of many lessons is read some at a time once it is over."""

import pytest
from django.test import Client
from django.utils import timezone

from portal.studio.models import Release
from portal.studio.review.portions import lessons_in, portion_of
from quizzes.models import Question
from tests.factories import SINGLE, ReleaseFactory, RoleGrantFactory, published_lesson, published_question
from tests.portal.accounts.guests import text_of, with_second_factor

pytestmark = pytest.mark.django_db


def release_of(count: int, state: str = Release.State.PUBLISHED) -> Release:
    """So many lessons with a question each, and a question of no lesson."""
    at = timezone.now() if state == Release.State.PUBLISHED else None
    release: Release = ReleaseFactory(state=state, published_at=at)
    for number in range(count):
        lesson = published_lesson(f"lesson-{number}", f"Lesson {number}")
        version = published_question(lesson, SINGLE)
        release.versions.add(version)
        release.texts.add(*version.texts.all())
        for text in lesson.texts.all():
            release.revisions.add(text.revisions.get())
    return release


@pytest.fixture
def reviewer(client: Client) -> Client:
    user = RoleGrantFactory(role="reviewer").user
    with_second_factor(user)
    client.force_login(user)
    return client


def shown(reviewer: Client, release: Release, page: str = "") -> tuple[set[str], set[str]]:
    """Keys of the lessons whose texts are on the page, and whose questions are."""
    context = reviewer.get(f"/en/studio/releases/{release.pk}/", {"page": page} if page else {}).context
    texts = {text.review.revision.text.lesson.key for text in context["texts"]}
    return texts, {question.review.question.lesson.key for question in context["questions"]}


@pytest.mark.parametrize(
    ("page", "keys"),
    [
        ("", {"lesson-0", "lesson-1", "lesson-2"}),
        ("2", {"lesson-3", "lesson-4", "lesson-5"}),
        ("3", {"lesson-6"}),
        ("99", {"lesson-6"}),
        ("none", {"lesson-0", "lesson-1", "lesson-2"}),
    ],
)
def test_a_page_has_the_texts_and_questions_of_three_lessons(reviewer: Client, page: str, keys: set[str]) -> None:
    assert shown(reviewer, release_of(7), page) == (keys, keys)


def test_the_way_to_the_next_page_keeps_how_the_texts_are_shown(reviewer: Client) -> None:
    release = release_of(7)
    page = text_of(reviewer.get(f"/en/studio/releases/{release.pk}/", {"show": "beside"}))
    assert f'href="/en/studio/releases/{release.pk}/?show=beside&amp;page=2"' in page
    assert "Page 1 of 3" in page


def test_of_few_lessons_everything_is_on_one_page(reviewer: Client) -> None:
    release = release_of(3)
    assert "Page 1 of" not in text_of(reviewer.get(f"/en/studio/releases/{release.pk}/"))


@pytest.mark.parametrize("state", [Release.State.DRAFT, Release.State.IN_REVIEW, Release.State.APPROVED])
def test_what_is_under_way_is_read_whole(state: str) -> None:
    assert portion_of(release_of(7, state), "2").lessons is None


def test_questions_of_no_lesson_have_a_place(reviewer: Client) -> None:
    release = release_of(3)
    version = published_question(published_lesson("other"), SINGLE, key="Q-alone")
    Question.objects.filter(pk=version.question_id).update(lesson=None)
    release.versions.add(version)
    assert None in lessons_in(release)
    pages = [
        reviewer.get(f"/en/studio/releases/{release.pk}/", {"page": str(page)}).context["questions"] for page in (1, 2)
    ]
    assert sorted(question.review.question.key for page in pages for question in page).count("Q-alone") == 1
    assert sum(len(page) for page in pages) == 4
