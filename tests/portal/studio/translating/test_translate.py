"""A translator works on a lesson row by row beside its source."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from lessons.models import Lesson, Revision
from portal.accounts.models import User
from portal.studio.models import TranslationBasis
from portal.studio.standing import is_stale, stale_published, standings_of
from tests.factories import UserFactory
from tests.portal.studio.people import lesson_fields, text_of
from tests.portal.studio.translating.sheets import (
    ARABIC,
    SOURCE,
    draft_in,
    fields_of,
    rows_of,
    translate,
    translated_lesson,
    url,
    waiting,
    write_source,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson() -> Lesson:
    return translated_lesson()


def is_behind(lesson: Lesson, language: str = "ar") -> bool:
    texts = standings_of(lesson, ["en", language])
    return is_stale(texts[language], texts["en"])


def test_every_block_of_the_source_stands_beside_its_translation(writing: Client, lesson: Lesson) -> None:
    page = writing.get(url(lesson))
    beside = [(row.source, row.words.value()) for row in page.context["rows"]]
    assert ("Press with both hands for 10 minutes.", "اضغطوا بكلتا اليدين ١٠ دقائق.") in beside
    assert ("Press hard", "اضغطوا بقوة") in beside
    assert set(rows_of(page).values()) == {"same"}


def test_the_field_runs_in_the_direction_of_its_language(writing: Client, lesson: Lesson) -> None:
    html = text_of(writing.get(url(lesson)))
    assert 'name="row-1"' in html
    assert 'lang="ar" dir="rtl"' in html
    assert 'class="translation-source" lang="en" dir="ltr"' in html


def test_saving_makes_a_draft_that_differs_in_that_row_alone(writing: Client, instructor: User, lesson: Lesson) -> None:
    response = translate(writing, lesson, row_1="اضغطوا بقوة ١٠ دقائق.")
    assert response.headers["Location"] == url(lesson)
    draft = draft_in(lesson)
    assert draft.markdown == ARABIC.replace("اضغطوا بكلتا اليدين ١٠ دقائق.", "اضغطوا بقوة ١٠ دقائق.")
    assert (draft.author, draft.title) == (instructor, "اضغطوا بقوة")


def test_nothing_changed_saves_nothing(writing: Client, lesson: Lesson) -> None:
    response = translate(writing, lesson)
    assert not Revision.objects.filter(state="draft").exists()
    assert "Nothing had changed" in text_of(writing.get(response.headers["Location"]))


def test_lines_as_a_browser_ends_them_change_nothing(writing: Client, lesson: Lesson) -> None:
    translate(writing, lesson, row_3="- شاش\r\n- قماش")
    assert not Revision.objects.filter(state="draft").exists()


def test_a_change_in_the_source_is_marked_word_by_word_on_its_row(
    writing: Client, instructor: User, lesson: Lesson
) -> None:
    write_source(lesson, instructor, "10 minutes", "15 minutes")
    page = writing.get(url(lesson))
    assert waiting(page) == ["row-1"]
    html = text_of(page)
    assert "<del>" in html.replace('<del><span class="visually-hidden">removed: </span>', "<del>")
    assert "10 " in html
    assert "15 " in html


def test_a_row_that_was_reworded_no_longer_waits(writing: Client, instructor: User, lesson: Lesson) -> None:
    write_source(lesson, instructor, "10 minutes", "15 minutes")
    translate(writing, lesson, row_1="اضغطوا بكلتا اليدين ١٥ دقيقة.")
    assert waiting(writing.get(url(lesson))) == []
    assert not is_behind(lesson)


def test_a_row_can_be_said_to_be_still_right(writing: Client, instructor: User, lesson: Lesson) -> None:
    write_source(lesson, instructor, "Press with", "Press down with")
    translate(writing, lesson, row_1_same="on")
    assert draft_in(lesson).markdown == ARABIC
    assert waiting(writing.get(url(lesson))) == []
    assert not is_behind(lesson)


def test_what_was_not_compared_yet_stays_marked_and_the_translation_behind(
    writing: Client, instructor: User, lesson: Lesson
) -> None:
    write_source(lesson, instructor, "10 minutes", "15 minutes", title="Press very hard")
    response = translate(writing, lesson, row_1_same="on")
    page = writing.get(response.headers["Location"])
    assert waiting(page) == ["title"]
    assert "1 row is left to compare." in text_of(page)
    assert is_behind(lesson)


def test_marks_outlast_several_savings_and_later_changes_of_the_source(
    writing: Client, instructor: User, lesson: Lesson
) -> None:
    write_source(lesson, instructor, "10 minutes", "15 minutes")
    translate(writing, lesson, title="اضغطوا بشدة")
    write_source(lesson, instructor, "- gauze", "- bandage")
    page = writing.get(url(lesson))
    assert waiting(page) == ["row-1", "row-3"]
    translate(writing, lesson, row_3_same="on")
    assert waiting(writing.get(url(lesson))) == ["row-1"]


def test_all_can_be_said_to_be_compared_at_once(writing: Client, instructor: User, lesson: Lesson) -> None:
    write_source(lesson, instructor, "10 minutes", "15 minutes", title="Press very hard")
    translate(writing, lesson, compared="on")
    assert waiting(writing.get(url(lesson))) == []
    assert not is_behind(lesson)


def test_a_draft_of_the_source_that_changes_in_its_place_is_seen_too(
    writing: Client, instructor: User, lesson: Lesson
) -> None:
    write_source(lesson, instructor, "10 minutes", "15 minutes")
    translate(writing, lesson, compared="on")
    write_source(lesson, instructor, "15 minutes", "20 minutes")
    page = writing.get(url(lesson))
    assert waiting(page) == ["row-1"]
    assert "15 minutes" in next(row for row in page.context["rows"] if row.id == "row-1").part.before


def test_a_new_block_has_an_empty_field_in_its_place(writing: Client, instructor: User, lesson: Lesson) -> None:
    write_source(lesson, instructor, "Call ", "Lie down.\n\nCall ")
    page = writing.get(url(lesson))
    assert rows_of(page)["row-2"] == "new"
    translate(writing, lesson, row_2="استلقوا.")
    assert draft_in(lesson).markdown == ARABIC.replace("اتصلوا", "استلقوا.\n\nاتصلوا")


def test_a_new_block_can_be_left_out_on_purpose(writing: Client, instructor: User, lesson: Lesson) -> None:
    write_source(lesson, instructor, "Call ", "Lie down.\n\nCall ")
    translate(writing, lesson, row_2_same="on")
    page = writing.get(url(lesson))
    assert waiting(page) == []
    assert rows_of(page)["row-2"] == "missing"


def test_what_is_gone_from_the_source_stays_until_somebody_drops_it(
    writing: Client, instructor: User, lesson: Lesson
) -> None:
    write_source(lesson, instructor, "Call {fact:emergency-number}.\n\n", "")
    page = writing.get(url(lesson))
    assert rows_of(page)["row-2"] == "removed"
    translate(writing, lesson, title="اضغطوا")
    assert "اتصلوا" in draft_in(lesson).markdown
    translate(writing, lesson, row_2_drop="on")
    assert draft_in(lesson).markdown == ARABIC.replace("اتصلوا على {fact:emergency-number}.\n\n", "")
    assert not is_behind(lesson)


def test_what_is_gone_from_the_source_can_be_kept(writing: Client, instructor: User, lesson: Lesson) -> None:
    write_source(lesson, instructor, "Call {fact:emergency-number}.\n\n", "")
    translate(writing, lesson, row_2_same="on")
    page = writing.get(url(lesson))
    assert "اتصلوا" in draft_in(lesson).markdown
    assert waiting(page) == []
    assert rows_of(page)["row-2"] == "extra"


def test_a_row_is_dropped_or_kept_and_not_both(writing: Client, instructor: User, lesson: Lesson) -> None:
    write_source(lesson, instructor, "Call {fact:emergency-number}.\n\n", "")
    response = translate(writing, lesson, row_2_drop="on", row_2_same="on", title="عنوان")
    assert response.status_code == 422
    assert "one of the two" in text_of(response)
    assert 'value="عنوان"' in text_of(response)


def test_a_language_without_a_word_begins_empty_and_is_saved_as_far_as_it_is(
    writing: Client, lesson: Lesson, settings: Any
) -> None:
    settings.LANGUAGES = [*settings.LANGUAGES, ("fr", "French")]
    page = writing.get(url(lesson, "fr"))
    assert rows_of(page)["row-1"] == "missing"
    translate(writing, lesson, "fr", title="Appuyez fort", row_0="## Appuyer")
    draft = draft_in(lesson, "fr")
    assert (draft.title, draft.markdown, draft.made_from) == (
        "Appuyez fort",
        "## Appuyer",
        Revision.objects.get(text__lesson=lesson, text__language="en"),
    )


def test_a_title_at_least_is_asked_for_and_nothing_typed_is_lost(
    writing: Client, lesson: Lesson, settings: Any
) -> None:
    settings.LANGUAGES = [*settings.LANGUAGES, ("fr", "French")]
    response = translate(writing, lesson, "fr", row_0="## Appuyer")
    assert response.status_code == 422
    assert "Write a title at least" in text_of(response)
    assert "## Appuyer" in text_of(response)


def test_two_who_translate_at_once_lose_nothing(writing: Client, lesson: Lesson) -> None:
    fields = fields_of(writing.get(url(lesson)))
    translate(writing, lesson, row_1="الأول.")
    response = writing.post(url(lesson), fields | {"row-3": "- ضماد"})
    assert response.status_code == 409
    html = text_of(response)
    assert "Nothing was saved, and nothing was overwritten" in html
    assert "- ضماد" in html
    assert "الأول." in html
    assert "الأول." in draft_in(lesson).markdown
    again = writing.post(url(lesson), fields_of(response))
    assert again.status_code == 302
    assert draft_in(lesson).markdown == ARABIC.replace("- شاش\n- قماش", "- ضماد")


def test_a_source_that_changes_while_somebody_translates_is_marked_and_nothing_refused(
    writing: Client, instructor: User, lesson: Lesson
) -> None:
    fields = fields_of(writing.get(url(lesson)))
    write_source(lesson, instructor, "- gauze", "- bandage")
    response = writing.post(url(lesson), fields | {"row-1": "اضغطوا ١٠ دقائق."})
    assert response.status_code == 302
    assert waiting(writing.get(url(lesson))) == ["row-3"]
    assert is_behind(lesson)


def test_a_form_whose_sheet_cannot_be_read_is_laid_out_anew(writing: Client, lesson: Lesson) -> None:
    fields = fields_of(writing.get(url(lesson))) | {"sheet-id": "forged", "row-1": "كلام جديد."}
    response = writing.post(url(lesson), fields)
    assert response.status_code == 409
    assert "كلام جديد." in text_of(response)
    assert not Revision.objects.filter(state="draft").exists()


def test_a_translation_of_unknown_origin_says_so_and_asks_for_all_of_it(
    writing: Client, instructor: User, lesson: Lesson
) -> None:
    draft = write_source(lesson, instructor, "10 minutes", "15 minutes")
    translate(writing, lesson, compared="on")
    TranslationBasis.objects.update(markdown="", title="", summary="", rows_left=1)
    page = writing.get(url(lesson))
    assert "What it said before was not kept" in text_of(page)
    translate(writing, lesson, title="اضغطوا بشدة")
    assert is_behind(lesson)
    translate(writing, lesson, compared="on")
    assert not is_behind(lesson)
    assert draft_in(lesson).made_from == draft


def test_a_published_translation_with_rows_left_is_listed_as_behind(
    writing: Client, instructor: User, lesson: Lesson
) -> None:
    source = write_source(lesson, instructor, "10 minutes", "15 minutes", title="Press very hard")
    translate(writing, lesson, row_1_same="on")
    for revision in (source, draft_in(lesson)):
        Revision.objects.filter(text=revision.text, state="published").update(state="superseded")
        Revision.objects.filter(pk=revision.pk).update(state="published", published_at=revision.created_at)
    assert [row.text.language for row in stale_published()] == ["ar"]


def test_what_a_published_translation_was_compared_with_never_changes(
    writing: Client, instructor: User, lesson: Lesson
) -> None:
    write_source(lesson, instructor, "10 minutes", "15 minutes")
    translate(writing, lesson, compared="on")
    draft = draft_in(lesson)
    Revision.objects.filter(text=draft.text, state="published").update(state="superseded")
    Revision.objects.filter(pk=draft.pk).update(state="published", published_at=draft.created_at)
    with pytest.raises(IntegrityError), transaction.atomic():
        TranslationBasis.objects.filter(revision=draft).update(rows_left=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        TranslationBasis.objects.filter(revision=draft).delete()


def test_saving_side_by_side_counts_as_compared_with_all_of_it(
    writing: Client, instructor: User, lesson: Lesson
) -> None:
    write_source(lesson, instructor, "10 minutes", "15 minutes")
    side_by_side = f"/en/studio/lessons/{lesson.slug}/"
    writing.post(side_by_side, lesson_fields(writing.get(side_by_side)) | {"ar-title": "عنوان"})
    assert waiting(writing.get(url(lesson))) == []


def test_what_is_in_review_is_shown_and_not_changed(writing: Client, lesson: Lesson) -> None:
    fields = fields_of(writing.get(url(lesson)))
    translate(writing, lesson, row_1="كلام.")
    Revision.objects.filter(state="draft").update(state="in_review")
    assert "readonly" in text_of(writing.get(url(lesson)))
    response = writing.post(url(lesson), fields | {"row-1": "غيره."})
    assert response.status_code == 409
    assert "غيره." in text_of(response)


def test_the_source_is_not_translated_into_itself_nor_into_what_the_portal_does_not_speak(
    writing: Client, lesson: Lesson
) -> None:
    assert [writing.get(url(lesson, language)).status_code for language in ("en", "fr")] == [404, 404]


def test_the_page_costs_as_many_queries_for_many_blocks_as_for_few(
    writing: Client, instructor: User, django_assert_max_num_queries: Any
) -> None:
    lesson = translated_lesson("long")
    write_source(lesson, instructor, SOURCE, "\n\n".join([SOURCE] * 8))
    writing.get(url(lesson))
    with django_assert_max_num_queries(12):
        page = writing.get(url(lesson))
    assert len(page.context["rows"]) > 30


@pytest.mark.parametrize("role", [None, "reviewer"])
def test_only_who_writes_translates(role: str | None, reviewing: Client, client: Client, lesson: Lesson) -> None:
    client.force_login(UserFactory())
    assert (reviewing if role else client).get(url(lesson)).status_code == 403
