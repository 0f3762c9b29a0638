from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from lessons import stamp
from lessons.models import (
    Course,
    CourseEdition,
    EditionText,
    Lesson,
    LocalFact,
    LocalFactValue,
    Module,
    Placement,
    Topic,
    TopicText,
)
from portal.accounts.models import User
from portal.studio.models import Release
from quizzes.models import Quiz
from tests.factories import RevisionFactory, TopicFactory, check_of, published_course, published_lesson
from tests.portal.accounts.guests import text_of
from tests.portal.admin_pages import page, send, values_of

pytestmark = pytest.mark.django_db


def test_a_draft_edition_is_laid_out(administration: Client, draft: CourseEdition) -> None:
    url = page(CourseEdition, "change", draft.pk)
    module = Module.objects.create(edition=draft, key="M1", position=1)
    changed = {
        "minutes": "25",
        "texts-TOTAL_FORMS": "1",
        "texts-0-language": "en",
        "texts-0-title": "First aid at home",
        "texts-0-summary": "What to do first",
        "placements-TOTAL_FORMS": "1",
        "placements-0-position": "1",
        "placements-0-module": str(module.pk),
        "placements-0-lesson": str(Lesson.objects.get().pk),
    }
    send(administration, url, changed)
    draft.refresh_from_db()
    assert (draft.minutes, draft.state) == (25, "draft")
    assert draft.author == User.objects.get(email="root@example.org")
    assert EditionText.objects.get(edition=draft).title == "First aid at home"
    assert Placement.objects.get(edition=draft).module == module


def test_a_lesson_is_not_placed_in_the_module_of_another_edition(
    administration: Client, edition: CourseEdition, draft: CourseEdition
) -> None:
    url = page(CourseEdition, "change", draft.pk)
    changed = {
        "placements-TOTAL_FORMS": "1",
        "placements-0-position": "1",
        "placements-0-module": str(edition.modules.get().pk),
        "placements-0-lesson": str(Lesson.objects.get().pk),
    }
    assert "Select a valid choice" in text_of(send(administration, url, changed))
    assert not draft.placements.exists()


def test_a_draft_opens_with_as_many_queries_for_more_lessons(
    administration: Client, draft: CourseEdition, django_assert_max_num_queries: Any
) -> None:
    for position in range(1, 9):
        module = Module.objects.create(edition=draft, key=f"M{position}", position=position)
        lesson = published_lesson(f"lesson-{position}")
        Placement.objects.create(edition=draft, module=module, lesson=lesson, position=position)
    with django_assert_max_num_queries(12):
        administration.get(page(CourseEdition, "change", draft.pk))


def test_a_state_is_not_set_by_hand(administration: Client, draft: CourseEdition) -> None:
    url = page(CourseEdition, "change", draft.pk)
    decided = {"state": "published", "published_at_0": "2026-01-01", "published_at_1": "10:00", "number": "7"}
    send(administration, url, decided)
    draft.refresh_from_db()
    assert (draft.state, draft.published_at, draft.number) == ("draft", None, 2)


def test_a_new_edition_is_a_draft_with_the_next_number(administration: Client, edition: CourseEdition) -> None:
    url = page(CourseEdition, "add")
    changed = {"course": str(edition.course_id), "label": "2027", "minutes": "30", "source_language": "en"}
    send(administration, url, changed)
    made = CourseEdition.objects.get(label="2027")
    assert (made.number, made.state, made.author) == (2, "draft", User.objects.get(email="root@example.org"))


def test_what_the_database_refuses_is_a_message(administration: Client, draft: CourseEdition) -> None:
    url = page(CourseEdition, "change", draft.pk)
    response = send(administration, url, {"label": "1"})
    assert response.status_code == 200
    assert "the database does not take this" in text_of(response)
    assert values_of(draft)["label"] == "2"


def test_a_published_edition_gets_no_other_final(administration: Client) -> None:
    edition = published_course("no-final")
    url = page(Quiz, "add")
    rules = {"purpose": "final", "edition": str(edition.pk), "pass_mark": "0.8", "feedback": "at_end"}
    assert "Select a valid choice" in text_of(send(administration, url, rules))
    assert not Quiz.objects.exists()


def test_the_rules_of_a_check_can_be_changed(administration: Client) -> None:
    check = check_of(published_lesson())
    url = page(Quiz, "change", check.pk)
    send(administration, url, {"pass_mark": "0.6"})
    assert str(values_of(check)["pass_mark"]) == "0.600"


def row(**fields: str) -> dict[str, str]:
    """A first row of the draw in the form of a quiz."""
    said = {"position": "1", "count": "1"} | fields
    return {"draw_rows-TOTAL_FORMS": "1"} | {f"draw_rows-0-{name}": value for name, value in said.items()}


def test_a_check_is_given_rows_to_draw_by(administration: Client) -> None:
    check = check_of(published_lesson())
    send(administration, page(Quiz, "change", check.pk), {"draw": "1"} | row(kind="true_false"))
    assert [str(each) for each in check.draw_rows.all()] == ["1 × kind: True or false"]


def test_rows_that_ask_for_more_than_is_drawn_are_refused_beside_them(administration: Client) -> None:
    check = check_of(published_lesson())
    response = send(administration, page(Quiz, "change", check.pk), {"draw": "1"} | row(kind="true_false", count="2"))
    assert "The rows ask for 2 questions, but only 1 are drawn." in text_of(response)
    assert not check.draw_rows.exists()


def test_a_row_that_says_nothing_is_refused_beside_it(administration: Client) -> None:
    check = check_of(published_lesson())
    response = send(administration, page(Quiz, "change", check.pk), {"draw": "1"} | row())
    assert "Say what these questions are" in text_of(response)
    assert not check.draw_rows.exists()


def test_a_row_that_a_check_cannot_fill_is_told_at_once(administration: Client) -> None:
    check = check_of(published_lesson())
    response = send(administration, page(Quiz, "change", check.pk), {"draw": "1"} | row(difficulty="hard"))
    assert "asks for 1 (difficulty: Hard), but there are only 0" in text_of(response)


def test_a_module_of_another_edition_is_refused(administration: Client, draft: CourseEdition) -> None:
    other = Module.objects.create(edition=draft, key="M1", position=1)
    check = check_of(published_lesson("other"))
    response = send(administration, page(Quiz, "change", check.pk), {"draw": "1"} | row(module=str(other.pk)))
    assert "This module is of another edition." in text_of(response)


def test_what_a_quiz_is_of_stays_as_it_was_made(administration: Client) -> None:
    check, other = check_of(published_lesson()), published_lesson("other")
    url = page(Quiz, "change", check.pk)
    send(administration, url, {"lesson": str(other.pk), "purpose": "final"})
    check.refresh_from_db()
    assert (check.purpose, str(check.lesson)) == ("check", "bleeding")


def test_a_permanent_key_stays_as_it_was_made(administration: Client) -> None:
    topic = TopicFactory(key="bleeding")
    url = page(Topic, "change", topic.pk)
    send(administration, url, {"key": "blood", "position": "3"})
    topic.refresh_from_db()
    assert (topic.key, topic.position) == ("bleeding", 3)


def test_a_value_of_a_fact_is_a_draft_until_it_is_released(administration: Client) -> None:
    fact = LocalFact.objects.create(key="emergency-number", kind="phone")
    url = page(LocalFactValue, "add")
    changed = {"fact": str(fact.pk), "value": "112", "state": "published"}
    send(administration, url, changed)
    made = LocalFactValue.objects.get()
    assert (made.value, made.language, made.state, str(made.author)) == ("112", "", "draft", "root@example.org")


def test_a_language_is_written_as_a_code(administration: Client) -> None:
    topic = TopicFactory()
    url = page(Topic, "change", topic.pk)
    words = {"texts-TOTAL_FORMS": "1", "texts-0-language": "Arabic", "texts-0-name": "نزيف"}
    assert "Write the code of the language" in text_of(send(administration, url, words))
    assert not TopicText.objects.exists()


def test_a_course_is_archived_and_brought_back(administration: Client, edition: CourseEdition) -> None:
    url = page(Course, "changelist")
    response = administration.post(url, {"action": "archive", "_selected_action": [edition.course_id]}, follow=True)
    assert "1 was changed." in text_of(response)
    assert Course.objects.get().archived_at is not None
    administration.post(url, {"action": "bring_back", "_selected_action": [edition.course_id]})
    assert Course.objects.get().archived_at is None


def test_the_list_can_be_narrowed_to_what_is_archived(administration: Client, edition: CourseEdition) -> None:
    url = page(Course, "changelist")
    assert len(administration.get(url, {"archived_at__isempty": "1"}).context["cl"].result_list) == 1
    assert len(administration.get(url, {"archived_at__isempty": "0"}).context["cl"].result_list) == 0


def test_a_change_makes_every_public_page_anew(
    administration: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    topic = TopicFactory()
    before, url = stamp.current(), page(Topic, "change", topic.pk)
    changed = {"position": "3"}
    with django_capture_on_commit_callbacks(execute=True):
        send(administration, url, changed)
    assert stamp.current() != before


def test_a_release_is_put_together_of_drafts(administration: Client) -> None:
    revision, url = RevisionFactory(), page(Release, "add")
    changed = {"title": "Spring", "revisions": str(revision.pk)}
    send(administration, url, changed)
    made = Release.objects.get()
    assert (made.state, str(made.author), made.revisions.get()) == ("draft", "root@example.org", revision)


def test_what_is_published_is_put_into_no_release(administration: Client, edition: CourseEdition) -> None:
    url = page(Release, "add")
    changed = {"title": "Spring", "editions": str(edition.pk)}
    assert "Select a valid choice" in text_of(send(administration, url, changed))
    assert not Release.objects.exists()
