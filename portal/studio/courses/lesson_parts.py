"""What stands beside a lesson's words: its settings, its works and its check; each kept whole, or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lessons import stamp
from lessons.models import PUBLIC, Lesson, Revision, RevisionSource, Skill, Topic
from lessons.search.indexing import lessons_changed
from portal.accounts.audit import record
from portal.accounts.models import User
from portal.studio import drafts
from portal.studio.authorship import sign
from portal.studio.courses.marks import ChangedMeanwhile, UnderReview, mark_of
from portal.studio.lesson_page import languages_of
from portal.studio.standing import Standing, standings_of
from quizzes.checks import check_for
from quizzes.models import Quiz


def _expect(mark: str, now: str) -> None:
    if mark != now:
        message = _("Somebody else changed this meanwhile. Look at it again: saving once more replaces theirs.")
        raise ChangedMeanwhile(message)


def is_public(lesson: Lesson) -> bool:
    """Whether readers have, or had, any of it."""
    return Revision.objects.filter(text__lesson=lesson, state__in=PUBLIC).exists()


def settings_of(lesson: Lesson) -> dict[str, Any]:
    return {
        "minutes": lesson.minutes,
        "slug": lesson.slug,
        "topics": list(lesson.topics.order_by("slug").values_list("slug", flat=True)),
        "skills": [str(pk) for pk in lesson.skills.order_by("pk").values_list("pk", flat=True)],
    }


@transaction.atomic
def save_settings(lesson: Lesson, by: User, said: Mapping[str, Any], mark: str) -> Lesson:
    """Counts at once; raises ChangedMeanwhile, and IntegrityError where the address has just been taken."""
    held = Lesson.objects.select_for_update().get(pk=lesson.pk)
    before = settings_of(held)
    _expect(mark, mark_of(before))
    held.minutes, held.slug = said["minutes"], said.get("slug") or held.slug
    held.save(update_fields=["minutes", "slug"])
    held.topics.set(Topic.objects.filter(slug__in=said["topics"]))
    held.skills.set(Skill.objects.filter(pk__in=said["skills"]))
    if settings_of(held) != before:
        lessons_changed([held.pk])
        stamp.touch()
        record(by, "lesson.changed", held, lesson=held.pk)
    return held


# Works cited, and the day of the next review


@dataclass(frozen=True)
class Cited:
    """A work by its id, with what is said of it in each language."""

    source: int
    notes: Mapping[str, str]


@dataclass(frozen=True)
class Backing:
    """What a lesson rests on, as one page shows it: its works in order, and by when it is to be reviewed."""

    cited: Sequence[Cited] = ()
    review_due: date | None = None


def written_standings(lesson: Lesson) -> dict[str, Standing]:
    """The languages that the lesson has a text in, with what is current of each."""
    texts = standings_of(lesson, languages_of(lesson))
    return {language: text for language, text in texts.items() if text.current}


def backing_of(lesson: Lesson) -> Backing:
    """What the current texts say together: each work once, in the order of the source language."""
    texts = written_standings(lesson)
    order = sorted(texts, key=lambda language: language != lesson.source_language)
    current: dict[str, Revision] = {language: text.current for language, text in texts.items() if text.current}
    rows = RevisionSource.objects.filter(revision__in=current.values()).order_by("position", "pk")
    by_language = {language: [row for row in rows if row.revision_id == text.pk] for language, text in current.items()}
    notes: dict[int, dict[str, str]] = {}
    for language in order:
        for row in by_language[language]:
            notes.setdefault(row.source_id, {}).setdefault(row.note_language or language, row.note)
    due = min((row.review_due for row in current.values() if row.review_due), default=None)
    return Backing([Cited(source, _said(own)) for source, own in notes.items()], due)


def _said(notes: Mapping[str, str]) -> dict[str, str]:
    return {language: note for language, note in notes.items() if note}


def backing_mark(lesson: Lesson) -> str:
    backing = backing_of(lesson)
    return mark_of([(one.source, dict(one.notes)) for one in backing.cited], backing.review_due)


@transaction.atomic
def save_backing(lesson: Lesson, by: User, wanted: Backing, mark: str) -> list[Revision]:
    """Into the drafts of every language that the lesson is written in; [] where nothing had changed.

    Raises ChangedMeanwhile or UnderReview.
    """
    Lesson.objects.select_for_update().get(pk=lesson.pk)
    if wanted == backing_of(lesson):
        return []
    _expect(mark, backing_mark(lesson))
    languages = list(written_standings(lesson))
    try:
        rows = drafts.drafts_in(lesson, languages, by)
    except drafts.UnderReview:
        raise UnderReview(_("The lesson is in review, so nothing of it was changed. Withdraw it first.")) from None
    _cite(rows, lesson.source_language, wanted.cited)
    for draft in rows.values():
        Revision.objects.filter(pk=draft.pk).update(review_due=wanted.review_due, author=by)
        sign(draft, by)
    return list(rows.values())


def _cite(rows: Mapping[str, Revision], source_language: str, cited: Sequence[Cited]) -> None:
    """Each work with the note in the text's language, or else in the lesson's own."""
    RevisionSource.objects.filter(revision__in=rows.values()).delete()
    RevisionSource.objects.bulk_create(
        RevisionSource(revision=draft, source_id=one.source, position=at, **_note(one.notes, language, source_language))
        for language, draft in rows.items()
        for at, one in enumerate(cited)
    )


def _note(notes: Mapping[str, str], language: str, source_language: str) -> dict[str, str]:
    for name in (language, source_language, *notes):
        if notes.get(name):
            return {"note": notes[name], "note_language": "" if name == language else name}
    return {"note": "", "note_language": ""}


# The check


def check_mark(lesson: Lesson) -> str:
    quiz = Quiz.objects.filter(lesson=lesson).values().first()
    return mark_of(quiz)


@transaction.atomic
def save_check(lesson: Lesson, by: User, rules: Mapping[str, Any], mark: str) -> Quiz:
    """The rules hold for who begins it from now on. Raises ChangedMeanwhile."""
    Lesson.objects.select_for_update().get(pk=lesson.pk)
    _expect(mark, check_mark(lesson))
    quiz = check_for(lesson, rules)
    stamp.touch()
    record(by, "check.changed", lesson, lesson=lesson.pk)
    return quiz
