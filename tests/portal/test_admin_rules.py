"""Nothing in the administration breaks the rules: what is published or recorded stays, states are set elsewhere."""

from typing import Any

import pytest
from django.contrib import admin
from django.test import Client

from lessons.admin.careful import LookedAt
from lessons.models import Course, CourseEdition, Lesson, LocalFact, Media, Module, Recording, Revision, State
from portal.accounts.models import AuditEntry
from portal.studio.models import Release
from quizzes.models import (
    Attempt,
    Completion,
    CourseProgress,
    Learner,
    LessonProgress,
    ProgressEvent,
    Question,
    QuestionText,
    QuestionVersion,
    Quiz,
    Response,
)
from tests.factories import UserFactory
from tests.portal.accounts.guests import text_of
from tests.portal.admin_pages import NOTHING_SAVED, page, values_of
from tests.portal.furnished import furnish

pytestmark = pytest.mark.django_db

_CAREFUL = [model for model, of in admin.site._registry.items() if isinstance(of, LookedAt)]
ONLY_LOOKED_AT: list[Any] = sorted(_CAREFUL, key=lambda model: model._meta.label)


def test_what_is_recorded_or_written_in_the_studio_can_only_be_looked_at() -> None:
    recorded = {Attempt, Completion, CourseProgress, Learner, LessonProgress, Media, ProgressEvent, Recording, Response}
    written_in_the_studio = {QuestionText, QuestionVersion, Revision}
    assert set(ONLY_LOOKED_AT) == recorded | written_in_the_studio


def test_a_row_that_is_only_looked_at_takes_no_form(administration: Client) -> None:
    furnish("one")
    for row in (model.objects.first() for model in ONLY_LOOKED_AT):
        before, url = values_of(row), page(type(row), "change", row.pk)
        assert 'name="_save"' not in text_of(administration.get(url))
        response = administration.post(url, {"title": "Changed", "state": "draft", "passed": "9"}, follow=True)
        assert response.status_code == 200
        assert NOTHING_SAVED in text_of(response)
        assert values_of(row) == before


def test_a_row_that_is_only_looked_at_is_neither_made_nor_deleted(administration: Client) -> None:
    furnish("one")
    for row in (model.objects.first() for model in [*ONLY_LOOKED_AT, AuditEntry]):
        model = type(row)
        assert administration.post(page(model, "add"), {}).status_code == 403
        assert administration.post(page(model, "delete", row.pk), {"post": "yes"}).status_code == 403
        deleting = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
        administration.post(page(model, "changelist"), deleting)
        assert model.objects.filter(pk=row.pk).exists()


def test_a_published_edition_takes_no_form(administration: Client, edition: CourseEdition) -> None:
    before, url = values_of(edition), page(CourseEdition, "change", edition.pk)
    assert 'name="_save"' not in text_of(administration.get(url))
    response = administration.post(url, {"label": "9", "minutes": "1", "source_language": "ar"}, follow=True)
    assert NOTHING_SAVED in text_of(response)
    assert values_of(edition) == before


def test_the_modules_of_a_published_edition_take_no_form(administration: Client, edition: CourseEdition) -> None:
    module = edition.modules.get()
    response = administration.post(page(Module, "change", module.pk), {"key": "M9", "position": "9"}, follow=True)
    assert NOTHING_SAVED in text_of(response)
    assert values_of(module)["position"] == 1


def test_an_edition_in_review_takes_no_form(administration: Client, draft: CourseEdition) -> None:
    CourseEdition.objects.filter(pk=draft.pk).update(state=State.IN_REVIEW)
    response = administration.post(page(CourseEdition, "change", draft.pk), {"label": "9"}, follow=True)
    assert NOTHING_SAVED in text_of(response)
    assert values_of(draft)["label"] == "2"


def test_a_published_edition_is_not_deleted(administration: Client, edition: CourseEdition) -> None:
    assert administration.post(page(CourseEdition, "delete", edition.pk), {"post": "yes"}).status_code == 403


def test_the_rules_of_a_published_final_take_no_form(administration: Client, edition: CourseEdition) -> None:
    final = Quiz.objects.get(edition=edition)
    response = administration.post(page(Quiz, "change", final.pk), {"pass_mark": "0.1"}, follow=True)
    assert NOTHING_SAVED in text_of(response)
    assert str(values_of(final)["pass_mark"]) == "0.800"


@pytest.mark.parametrize("model", [Course, Lesson, Question, LocalFact])
def test_what_lessons_and_answers_refer_to_is_not_deleted(administration: Client, model: Any) -> None:
    furnish("one")
    row = model.objects.first()
    assert administration.post(page(model, "delete", row.pk), {"post": "yes"}).status_code == 403


def test_a_release_in_review_takes_no_form(administration: Client) -> None:
    release = Release.objects.create(title="Spring", state=Release.State.IN_REVIEW, author=UserFactory())
    response = administration.post(page(Release, "change", release.pk), {"title": "Autumn"}, follow=True)
    assert NOTHING_SAVED in text_of(response)
    assert values_of(release)["title"] == "Spring"
