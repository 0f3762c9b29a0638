"""Nothing in the administration breaks the rules: what is published or recorded stays, states are set elsewhere."""

from typing import Any

import pytest
from django.contrib import admin
from django.forms import BaseInlineFormSet, Form
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from lessons import stamp
from lessons.admin.careful import AtMost, LookedAt
from lessons.models import (
    Course,
    CourseEdition,
    EditionText,
    Lesson,
    LocalFact,
    LocalFactValue,
    Media,
    Module,
    Placement,
    Revision,
    State,
    Topic,
    TopicText,
)
from portal.accounts.models import AuditEntry, User
from portal.studio.models import Release
from quizzes.models import Completion, Learner, ProgressEvent, Question, QuestionText, QuestionVersion, Quiz, Response
from tests.factories import (
    LearnerFactory,
    RevisionFactory,
    TopicFactory,
    UserFactory,
    check_of,
    published_course,
    published_lesson,
)
from tests.portal.accounts.guests import text_of
from tests.portal.furnished import address, furnish

pytestmark = pytest.mark.django_db

ONLY_LOOKED_AT = sorted(
    (model for model, of in admin.site._registry.items() if isinstance(of, LookedAt)),
    key=lambda model: model._meta.label,
)
NOTHING_SAVED = "Nothing was saved"


def page(model: Any, name: str, *args: Any) -> str:
    """The English page."""
    return address(model, name, *args).replace("/ar/", "/en/", 1)


def values_of(row: Any) -> dict[str, Any]:
    found: dict[str, Any] = type(row)._default_manager.filter(pk=row.pk).values().get()
    return found


def as_sent(browser: Client, url: str) -> dict[str, Any]:
    """What the browser would send if the form were sent back as it came."""
    context = browser.get(url).context
    forms: list[Form] = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        formset: BaseInlineFormSet = inline.formset
        forms += [formset.management_form, *formset.forms]
    fields = [form[name] for form in forms for name in form.fields]
    return {field.html_name: "" if field.value() is None else field.value() for field in fields}


@pytest.fixture
def edition() -> CourseEdition:
    return published_course(lessons=[published_lesson()], final={})


@pytest.fixture
def draft(edition: CourseEdition) -> CourseEdition:
    return CourseEdition.objects.create(course=edition.course, number=2, label="2", minutes=5, source_language="en")


def test_what_may_only_be_looked_at_is_what_is_recorded_or_written_in_the_studio() -> None:
    recorded = {AuditEntry, Completion, Media, ProgressEvent, Response}
    written_in_the_studio = {QuestionText, QuestionVersion, Revision}
    careless = (recorded | written_in_the_studio) - {AuditEntry} - set(ONLY_LOOKED_AT)
    assert not careless


@pytest.mark.parametrize("model", ONLY_LOOKED_AT)
def test_a_row_that_is_only_looked_at_takes_no_form(administration: Client, model: Any) -> None:
    furnish("one")
    row = model.objects.first()
    before, url = values_of(row), page(model, "change", row.pk)
    assert 'name="_save"' not in text_of(administration.get(url))
    response = administration.post(url, {"title": "Changed", "state": "draft", "passed": "9"}, follow=True)
    assert response.status_code == 200
    assert NOTHING_SAVED in text_of(response)
    assert values_of(row) == before


@pytest.mark.parametrize("model", [*ONLY_LOOKED_AT, AuditEntry])
def test_a_row_that_is_only_looked_at_is_neither_made_nor_deleted(administration: Client, model: Any) -> None:
    furnish("one")
    row, many = model.objects.first(), model.objects.count()
    assert administration.post(page(model, "add"), {}).status_code == 403
    assert administration.post(page(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    deleting = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    administration.post(page(model, "changelist"), deleting)
    assert model.objects.count() == many or model is AuditEntry
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


def test_a_draft_edition_is_laid_out(administration: Client, draft: CourseEdition) -> None:
    url = page(CourseEdition, "change", draft.pk)
    module = Module.objects.create(edition=draft, key="M1", position=1)
    sent = as_sent(administration, url) | {
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
    assert administration.post(url, sent).status_code == 302
    draft.refresh_from_db()
    assert (draft.minutes, draft.state) == (25, "draft")
    assert draft.author == User.objects.get(email="root@example.org")
    assert EditionText.objects.get(edition=draft).title == "First aid at home"
    assert Placement.objects.get(edition=draft).module == module


def test_a_lesson_is_not_placed_in_the_module_of_another_edition(
    administration: Client, edition: CourseEdition, draft: CourseEdition
) -> None:
    url = page(CourseEdition, "change", draft.pk)
    sent = as_sent(administration, url) | {
        "placements-TOTAL_FORMS": "1",
        "placements-0-position": "1",
        "placements-0-module": str(edition.modules.get().pk),
        "placements-0-lesson": str(Lesson.objects.get().pk),
    }
    assert "Select a valid choice" in text_of(administration.post(url, sent))
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
    assert administration.post(url, as_sent(administration, url) | decided).status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.published_at, draft.number) == ("draft", None, 2)


def test_a_new_edition_is_a_draft_with_the_next_number(administration: Client, edition: CourseEdition) -> None:
    url = page(CourseEdition, "add")
    sent = as_sent(administration, url)
    sent |= {"course": str(edition.course_id), "label": "2027", "minutes": "30", "source_language": "en"}
    assert administration.post(url, sent).status_code == 302
    made = CourseEdition.objects.get(label="2027")
    assert (made.number, made.state, made.author) == (2, "draft", User.objects.get(email="root@example.org"))


def test_what_the_database_refuses_is_a_message(administration: Client, draft: CourseEdition) -> None:
    url = page(CourseEdition, "change", draft.pk)
    response = administration.post(url, as_sent(administration, url) | {"label": "1"}, follow=True)
    assert response.status_code == 200
    assert "the database does not take this" in text_of(response)
    assert values_of(draft)["label"] == "2"


def test_a_published_edition_gets_no_other_final(administration: Client) -> None:
    edition = published_course("no-final")
    url = page(Quiz, "add")
    rules = {"purpose": "final", "edition": str(edition.pk), "pass_mark": "0.8", "feedback": "at_end"}
    assert "Select a valid choice" in text_of(administration.post(url, as_sent(administration, url) | rules))
    assert not Quiz.objects.exists()


def test_the_rules_of_a_published_final_take_no_form(administration: Client, edition: CourseEdition) -> None:
    final = Quiz.objects.get(edition=edition)
    response = administration.post(page(Quiz, "change", final.pk), {"pass_mark": "0.1"}, follow=True)
    assert NOTHING_SAVED in text_of(response)
    assert str(values_of(final)["pass_mark"]) == "0.800"


def test_the_rules_of_a_check_can_be_changed(administration: Client) -> None:
    check = check_of(published_lesson())
    url = page(Quiz, "change", check.pk)
    assert administration.post(url, as_sent(administration, url) | {"pass_mark": "0.6"}).status_code == 302
    assert str(values_of(check)["pass_mark"]) == "0.600"


def test_what_a_quiz_is_of_stays_as_it_was_made(administration: Client) -> None:
    check, other = check_of(published_lesson()), published_lesson("other")
    url = page(Quiz, "change", check.pk)
    administration.post(url, as_sent(administration, url) | {"lesson": str(other.pk), "purpose": "final"})
    check.refresh_from_db()
    assert (check.purpose, check.lesson.slug) == ("check", "bleeding")


def test_a_permanent_key_stays_as_it_was_made(administration: Client) -> None:
    topic = TopicFactory(key="bleeding")
    url = page(Topic, "change", topic.pk)
    administration.post(url, as_sent(administration, url) | {"key": "blood", "position": "3"})
    topic.refresh_from_db()
    assert (topic.key, topic.position) == ("bleeding", 3)


def test_a_value_of_a_fact_is_a_draft_until_it_is_released(administration: Client) -> None:
    fact = LocalFact.objects.create(key="emergency-number", kind="phone")
    url = page(LocalFactValue, "add")
    sent = as_sent(administration, url) | {"fact": str(fact.pk), "value": "112", "state": "published"}
    assert administration.post(url, sent).status_code == 302
    made = LocalFactValue.objects.get()
    assert (made.value, made.language, made.state, made.author.email) == ("112", "", "draft", "root@example.org")


def test_a_language_is_written_as_a_code(administration: Client) -> None:
    topic = TopicFactory()
    url = page(Topic, "change", topic.pk)
    words = {"texts-TOTAL_FORMS": "1", "texts-0-language": "Arabic", "texts-0-name": "نزيف"}
    assert "Write the code of the language" in text_of(administration.post(url, as_sent(administration, url) | words))
    assert not TopicText.objects.exists()


@pytest.mark.parametrize("model", [Course, Lesson, Question, LocalFact])
def test_what_lessons_and_answers_refer_to_is_not_deleted(administration: Client, model: Any) -> None:
    furnish("one")
    row = model.objects.first()
    assert administration.post(page(model, "delete", row.pk), {"post": "yes"}).status_code == 403


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
    sent = as_sent(administration, url) | {"position": "3"}
    with django_capture_on_commit_callbacks(execute=True):
        administration.post(url, sent)
    assert stamp.current() != before


def test_a_release_is_put_together_of_drafts(administration: Client) -> None:
    revision, url = RevisionFactory(), page(Release, "add")
    sent = as_sent(administration, url) | {"title": "Spring", "revisions": str(revision.pk)}
    assert administration.post(url, sent).status_code == 302
    made = Release.objects.get()
    assert (made.state, made.author.email, made.revisions.get()) == ("draft", "root@example.org", revision)


def test_what_is_published_is_put_into_no_release(administration: Client, edition: CourseEdition) -> None:
    url = page(Release, "add")
    sent = as_sent(administration, url) | {"title": "Spring", "editions": str(edition.pk)}
    assert "Select a valid choice" in text_of(administration.post(url, sent))
    assert not Release.objects.exists()


def test_a_release_in_review_takes_no_form(administration: Client) -> None:
    release = Release.objects.create(title="Spring", state=Release.State.IN_REVIEW, author=UserFactory())
    response = administration.post(page(Release, "change", release.pk), {"title": "Autumn"}, follow=True)
    assert NOTHING_SAVED in text_of(response)
    assert values_of(release)["title"] == "Spring"


def test_a_learner_is_found_by_the_persons_address_and_by_key(administration: Client) -> None:
    learner = LearnerFactory(user=UserFactory(email="salma@example.org"))
    LearnerFactory()
    url = page(Learner, "changelist")
    for words in ("Salma@example.org ", str(learner.pk), learner.pk.hex):
        assert list(administration.get(url, {"q": words}).context["cl"].result_list) == [learner]


def test_an_answer_is_found_by_its_attempt(administration: Client) -> None:
    furnish("one")
    furnish("two")
    response = Response.objects.select_related("item").first()
    found = administration.get(page(Response, "changelist"), {"q": str(response.item.attempt_id)})
    assert {row.item.attempt_id for row in found.context["cl"].result_list} == {response.item.attempt_id}


def test_a_question_is_found_by_its_arabic_words(administration: Client) -> None:
    check_of(published_lesson())
    found = administration.get(page(QuestionText, "changelist"), {"q": "دم يندفع"})
    assert [text.language for text in found.context["cl"].result_list] == ["ar"]


def test_a_large_table_is_counted_no_further_than_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    for _number in range(5):
        LearnerFactory()
    monkeypatch.setattr(AtMost, "MOST", 3)
    assert AtMost(Learner.objects.all(), 2).num_pages == 2
