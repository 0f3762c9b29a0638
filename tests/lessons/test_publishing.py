"""What is published is checked, rendered once, and replaces the former one; what is not ready says why."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from lessons.models import (
    Course,
    CourseEdition,
    EditionText,
    Lesson,
    LocalFactValue,
    Module,
    ModuleText,
    Placement,
    Revision,
    RevisionMedia,
    State,
)
from lessons.publishing import (
    NotReady,
    publish_edition,
    publish_fact_value,
    publish_revision,
    publish_revisions,
    reasons_against_edition,
    reasons_against_revisions,
)
from tests.factories import (
    LessonFactory,
    LessonTextFactory,
    LocalFactFactory,
    MediaFactory,
    RevisionFactory,
    published_course,
    published_lesson,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 1, 8, tzinfo=UTC)
LATER = datetime(2026, 6, 1, 8, tzinfo=UTC)


def draft(markdown: str = "Press hard.", **fields: object) -> Revision:
    revision: Revision = RevisionFactory(markdown=f"::: first\nCall.\n:::\n\n{markdown}\n", **fields)
    return revision


def reasons(revision: Revision) -> list[tuple[int | None, str]]:
    with override("en"), pytest.raises(NotReady) as error:
        publish_revision(revision, NOW)
    revision.refresh_from_db()
    assert revision.state != State.PUBLISHED
    return [(reason.line, reason.message) for reason in error.value.reasons]


def test_publishing_renders_the_text_in_its_language() -> None:
    text = LessonTextFactory(language="en")
    revision = draft("**5–6 cm** deep", text=text)
    with override("ar"):
        publish_revision(revision, NOW)
    stored = Revision.objects.get()
    assert stored.html == (
        '<div class="first"><p class="block-title">Do this first</p><p>Call.</p></div>\n'
        "<p><strong><bdi>5–6</bdi> cm</strong> deep</p>"
    )
    assert (stored.state, stored.published_at) == (State.PUBLISHED, NOW)


def test_the_callers_object_shows_what_happened() -> None:
    revision = draft()
    publish_revision(revision, NOW)
    assert (revision.state, revision.published_at, revision.html[:4]) == (State.PUBLISHED, NOW, "<div")


def test_the_former_revision_is_superseded_and_kept() -> None:
    first = draft(number=1)
    publish_revision(first, NOW)
    publish_revision(draft("Press harder.", text=first.text, number=2), LATER)
    states = Revision.objects.order_by("number").values_list("state", "published_at", "superseded_at")
    assert list(states) == [(State.SUPERSEDED, NOW, LATER), (State.PUBLISHED, LATER, None)]


def test_other_languages_stay_as_they_are() -> None:
    lesson = published_lesson()
    publish_revision(draft(text=lesson.texts.get(language="en"), number=2), LATER)
    assert lesson.texts.get(language="ar").revisions.get().state == State.PUBLISHED


def test_a_published_revision_refuses_raw_sql_afterwards() -> None:
    publish_revision(draft(), NOW)
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE lessons_revision SET html = 'changed'")
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Revision.objects.update(markdown="changed")
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Revision.objects.all()._raw_delete("default")


def test_publishing_twice_is_refused() -> None:
    revision = draft()
    publish_revision(revision, NOW)
    with override("en"), pytest.raises(NotReady, match="What is published never changes"):
        publish_revision(revision, LATER)
    assert Revision.objects.get().published_at == NOW


def test_a_draft_that_was_overtaken_is_refused() -> None:
    old = draft(number=1)
    publish_revision(draft(text=old.text, number=2), NOW)
    assert reasons(old) == [(None, "Something newer was published since. Take your changes over to a new draft of it.")]


def test_two_drafts_of_one_text_cannot_go_out_together() -> None:
    first = draft(number=1)
    second = draft(text=first.text, number=2)
    with override("en"), pytest.raises(NotReady, match="Two drafts of the same thing"):
        publish_revisions([first, second], NOW)


def test_faults_of_the_text_come_with_their_lines() -> None:
    assert reasons(draft("# A\n\n<b>")) == [
        (5, "Headings begin at “##”: the title of the lesson stands above them."),
        (7, "HTML is not allowed: “<b>”. Write it in Markdown."),
    ]


def test_a_picture_without_alternative_text_is_not_ready() -> None:
    revision = draft("![](hands.webp)")
    RevisionMedia.objects.create(revision=revision, media=MediaFactory(), name="hands.webp", alt="Two hands.")
    [(line, message)] = reasons(revision)
    assert (line, message[:51]) == (5, "The picture “hands.webp” has no alternative text. S")


def test_a_title_a_fact_and_a_linked_lesson_must_be_there() -> None:
    assert reasons(draft("Call {fact:number}. [x](lesson:NO-1)", title=" ")) == [
        (None, "The title is missing. Write it."),
        (None, "There is no local fact “number”. Add it, or correct its name."),
        (None, "There is no lesson “NO-1” to link to. Correct the key."),
    ]


def test_a_known_fact_and_lesson_are_fine() -> None:
    LocalFactFactory(key="number")
    LessonFactory(key="ES-1")
    publish_revision(draft("Call {fact:number}. [x](lesson:ES-1)"), NOW)
    assert "{fact:number}" in Revision.objects.get().html


def test_pictures_are_kept_as_the_text_shows_them() -> None:
    revision = draft('![Feet.](feet.webp)\n\n![Hands.](hands.webp "Press.")')
    for position, name in enumerate(["hands.webp", "feet.webp", "unused.webp"]):
        RevisionMedia.objects.create(revision=revision, media=MediaFactory(), name=name, alt="old", position=position)
    publish_revision(revision, NOW)
    rows = RevisionMedia.objects.values_list("name", "alt", "caption", "position")
    assert list(rows) == [("feet.webp", "Feet.", "", 0), ("hands.webp", "Hands.", "Press.", 1)]


def test_several_revisions_go_out_in_as_many_queries_as_one() -> None:
    def cost(count: int) -> int:
        revisions = [draft("![Hands.](a.webp)") for _ in range(count)]
        for revision in revisions:
            RevisionMedia.objects.create(revision=revision, media=MediaFactory(), name="a.webp")
        with CaptureQueriesContext(connection) as queries:
            publish_revisions(revisions, NOW)
        return len(queries)

    assert cost(1) == cost(6)


def test_nothing_to_publish_is_nothing_to_do() -> None:
    publish_revisions([], NOW)


def test_reasons_can_be_asked_for_without_publishing() -> None:
    revision = draft("# A")
    assert [reason.subject for reason in reasons_against_revisions([revision])] == [revision]
    assert Revision.objects.get().state == State.DRAFT


def edition_of(course: Course, number: int = 2, *, titled: bool = True) -> CourseEdition:
    edition = CourseEdition.objects.create(
        course=course, number=number, label=str(number), minutes=9, source_language="en"
    )
    module = Module.objects.create(edition=edition, key="M1", position=1)
    if titled:
        EditionText.objects.create(edition=edition, language="en", title="First aid", summary="")
        ModuleText.objects.create(module=module, language="en", title="Begin")
    return edition


def place(edition: CourseEdition, lesson: Lesson, position: int = 1) -> None:
    Placement.objects.create(edition=edition, module=edition.modules.get(), lesson=lesson, position=position)


def test_a_new_edition_replaces_the_former_one() -> None:
    former = published_course(lessons=[published_lesson()])
    edition = edition_of(former.course)
    place(edition, published_lesson("burns"))
    publish_edition(edition, LATER)
    former.refresh_from_db()
    assert (former.state, former.superseded_at, edition.state) == (State.SUPERSEDED, LATER, State.PUBLISHED)


def test_an_edition_without_words_or_lessons_is_not_ready() -> None:
    edition = edition_of(Course.objects.create(key="LS", slug="ls"), titled=False)
    with override("en"):
        assert [reason.message for reason in reasons_against_edition(edition)] == [
            "The course has no title in its source language. Write it.",
            "A module has no title in the source language of the course. Write it.",
            "The course has no lesson yet. Add one.",
        ]


def test_a_lesson_that_nobody_can_read_keeps_an_edition_back() -> None:
    edition = edition_of(Course.objects.create(key="LS", slug="ls"))
    unread = LessonFactory(key="LS-9")
    place(edition, unread)
    with override("en"), pytest.raises(NotReady, match="The lesson “LS-9” has no published text"):
        publish_edition(edition, NOW)
    assert reasons_against_edition(edition, coming={unread.pk}) == []


def test_a_value_of_a_local_fact_replaces_the_former_one_in_its_language() -> None:
    fact = LocalFactFactory()
    for language, value in (("", "112"), ("ar", "١١٢"), ("", "911")):
        publish_fact_value(LocalFactValue.objects.create(fact=fact, language=language, value=value), NOW)
    states = LocalFactValue.objects.order_by("pk").values_list("value", "state")
    assert list(states) == [("112", State.SUPERSEDED), ("١١٢", State.PUBLISHED), ("911", State.PUBLISHED)]


def test_an_empty_value_is_not_ready() -> None:
    with override("en"), pytest.raises(NotReady, match="The value is empty"):
        publish_fact_value(LocalFactValue.objects.create(fact=LocalFactFactory(), value=" "), NOW)


def test_a_reason_names_its_draft_and_line() -> None:
    revision = draft("# A", title="Burns", number=3, review_due=date(2027, 1, 1))
    with override("en"):
        [reason] = reasons_against_revisions([revision])
        assert str(reason) == "Burns (3): line 5: Headings begin at “##”: the title of the lesson stands above them."
