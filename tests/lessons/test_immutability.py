"""What is published, and every event, refuses to be changed: by the ORM and by raw SQL, on both databases."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from lessons.immutability import frozen_models, install, standing
from lessons.models import (
    CourseEdition,
    EditionText,
    Media,
    Module,
    ModuleText,
    Narration,
    Placement,
    Recording,
    Revision,
    RevisionSource,
    Source,
)
from portal.accounts.models import AuditEntry
from quizzes.models import Completion, Learner, ProgressEvent, QuestionText, QuestionVersion, Quiz, Response
from tests.factories import (
    LearnerFactory,
    RevisionFactory,
    UserFactory,
    a_recording,
    check_of,
    published_course,
    published_lesson,
    read_aloud,
)
from tests.quizzes.sitting import sit

pytestmark = pytest.mark.django_db

FROZEN: list[tuple[type[models.Model], str, Any]] = [
    (Revision, "title", "changed"),
    (Revision, "html", "changed"),
    (QuestionVersion, "critical", True),
    (QuestionText, "language", "fr"),
    (CourseEdition, "valid_months", 99),
    (EditionText, "title", "changed"),
    (Module, "key", "changed"),
    (ModuleText, "title", "changed"),
    (Placement, "position", 99),
    (Quiz, "pass_mark", "0.1"),
    (Response, "fraction", "0.5"),
    (ProgressEvent, "verb", "completed"),
    (ProgressEvent, "day", "2020-01-01"),
    (Completion, "expires_on", "2099-01-01"),
    (Media, "mime", "text/html"),
    (AuditEntry, "deed", "changed"),
    (Narration, "narrator", "changed"),
    (Narration, "transcript", "changed"),
    (Recording, "mime", "text/html"),
]


@pytest.fixture
def history() -> None:
    """One published course, sat to its end."""
    lesson = published_lesson(voices={"en": {}})
    edition = published_course(lessons=[lesson], final={})
    check, learner = check_of(lesson), LearnerFactory()
    sit(learner, check, edition.pk)
    sit(learner, Quiz.objects.get(edition=edition), edition.pk)
    Media.objects.create(sha256="0" * 64, mime="image/webp", file="x", size=1, width=1, height=1)
    AuditEntry.objects.create(deed="release.published")


def frozen_row(model: type[models.Model]) -> models.QuerySet[models.Model]:
    """The row of a published thing; a quiz only as an edition's final."""
    rows = model._default_manager.all()
    return rows.filter(purpose="final") if model is Quiz else rows


def refused(deed: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():
            deed()
    except IntegrityError as error:
        return "never changed" in str(error)
    return False


@pytest.mark.usefixtures("history")
@pytest.mark.parametrize(("model", "field", "value"), FROZEN, ids=lambda part: getattr(part, "__name__", str(part)))
def test_update_is_refused(model: type[models.Model], field: str, value: Any) -> None:
    assert refused(lambda: frozen_row(model).update(**{field: value}))


@pytest.mark.usefixtures("history")
@pytest.mark.parametrize("model", sorted({model for model, _f, _v in FROZEN}, key=str))
def test_delete_is_refused_by_raw_sql(model: type[models.Model]) -> None:
    row = frozen_row(model).first()
    assert row is not None

    def delete() -> None:
        with connection.cursor() as cursor:
            cursor.execute(f'DELETE FROM "{model._meta.db_table}" WHERE id = %s', [row.pk])

    assert refused(delete)


@pytest.mark.usefixtures("history")
@pytest.mark.parametrize(("model", "field", "value"), FROZEN, ids=lambda part: getattr(part, "__name__", str(part)))
def test_update_is_refused_by_raw_sql(model: type[models.Model], field: str, value: Any) -> None:
    row = frozen_row(model).first()
    assert row is not None

    def update() -> None:
        with connection.cursor() as cursor:
            column = model._meta.get_field(field).column  # type: ignore[union-attr]
            cursor.execute(f'UPDATE "{model._meta.db_table}" SET "{column}" = %s WHERE id = %s', [value, row.pk])

    assert refused(update)


@pytest.mark.usefixtures("history")
def test_delete_is_refused_by_the_queryset() -> None:
    assert refused(lambda: ProgressEvent.objects.all()._raw_delete("default"))


def test_a_published_revision_may_be_superseded() -> None:
    published_lesson()
    Revision.objects.update(state="superseded", superseded_at=timezone.now())
    assert not Revision.objects.exclude(state="superseded").exists()


@pytest.mark.parametrize("state", ["draft", "in_review"])
def test_a_published_revision_never_becomes_a_draft_again(state: str) -> None:
    published_lesson()
    assert refused(lambda: Revision.objects.update(state=state))


def test_a_superseded_revision_is_not_published_again() -> None:
    published_lesson()
    Revision.objects.update(state="superseded")
    assert refused(lambda: Revision.objects.update(state="published"))


def test_a_draft_may_be_changed_and_deleted() -> None:
    draft = RevisionFactory()
    Revision.objects.update(title="changed")
    draft.delete()
    assert not Revision.objects.exists()


def test_erasing_takes_the_author_and_nothing_else() -> None:
    lesson = published_lesson()
    author = UserFactory()
    draft = RevisionFactory(text=lesson.texts.get(language="en"), number=2, author=author)
    Revision.objects.filter(pk=draft.pk).update(state="superseded", published_at=timezone.now())
    author.delete()
    draft.refresh_from_db()
    assert draft.author is None


def test_another_author_cannot_be_written_in() -> None:
    published_lesson()
    user = UserFactory()
    assert refused(lambda: Revision.objects.update(author=user))


@pytest.mark.usefixtures("history")
def test_erasing_takes_the_answer_and_leaves_the_share() -> None:
    Response.objects.update(answer=None, client_time=None, saved_at=None)
    assert Response.objects.filter(fraction=1).count() == Response.objects.count()


@pytest.mark.usefixtures("history")
def test_another_answer_cannot_be_written_in() -> None:
    assert refused(lambda: Response.objects.update(answer="wait"))


@pytest.mark.usefixtures("history")
def test_a_lesson_cannot_be_added_to_a_published_edition() -> None:
    edition, module = CourseEdition.objects.get(), Module.objects.get()
    other = published_lesson("other")
    assert refused(lambda: Placement.objects.create(edition=edition, module=module, lesson=other, position=2))


def test_a_source_cannot_be_added_to_a_published_revision() -> None:
    lesson = published_lesson()
    source = Source.objects.create(key="S", title="Guide", publisher="Us", year=2026)
    revision = Revision.objects.filter(text__lesson=lesson)[0]
    assert refused(lambda: RevisionSource.objects.create(revision=revision, source=source))


def test_a_published_revision_is_given_no_voice() -> None:
    revision = Revision.objects.get(text__lesson=published_lesson(), text__language="en")
    assert refused(lambda: Narration.objects.create(revision=revision, recording=a_recording(), reads_text=True))


def test_the_voice_of_a_draft_cannot_be_moved_to_a_published_revision() -> None:
    published_lesson()
    voice = read_aloud(RevisionFactory())
    revision = Revision.objects.filter(state="published").first()
    assert refused(lambda: Narration.objects.filter(pk=voice.pk).update(revision=revision))


def test_a_drafts_source_cannot_be_moved_to_a_published_revision() -> None:
    lesson, draft = published_lesson(), RevisionFactory()
    source = Source.objects.create(key="S", title="Guide", publisher="Us", year=2026)
    citation = RevisionSource.objects.create(revision=draft, source=source)
    published = Revision.objects.filter(text__lesson=lesson)[0]
    assert refused(lambda: RevisionSource.objects.filter(pk=citation.pk).update(revision=published))


@pytest.mark.usefixtures("history")
def test_a_language_may_be_added_to_a_published_edition() -> None:
    edition = CourseEdition.objects.get()
    EditionText.objects.create(edition=edition, language="fr", title="Premiers secours", summary="")
    assert edition.texts.count() == 3


def test_every_trigger_that_the_models_ask_for_stands() -> None:
    assert standing(connection) == set(install(connection))


def test_every_append_only_model_is_covered_here() -> None:
    covered = {model for model, _field, _value in FROZEN}
    left = {model.__name__ for model, _rule in frozen_models() if model not in covered}
    in_parts = {"EditionCover", "EditionSource", "LocalFactValue", "Rendition", "RevisionMedia", "RevisionSource"}
    with_their_rules = {
        "CompletionWithdrawal",
        "DrawRow",
        "PublishedCell",
        "PublishedMonth",
        "Regrade",
        "RegradedAttempt",
        "RegradedItem",
        "TranslationBasis",
    }
    assert left == in_parts | with_their_rules


def test_the_learner_of_an_event_cannot_be_changed() -> None:
    lesson = published_lesson()
    edition = published_course(lessons=[lesson])
    sit(LearnerFactory(), check_of(lesson), edition.pk)
    other: Learner = LearnerFactory()
    assert refused(lambda: ProgressEvent.objects.update(learner=other))
