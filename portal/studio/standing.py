"""Where each language of a lesson stands: what readers have, and what is being written."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from lessons.models import PUBLIC, RELEASED, Lesson, Revision, RevisionMedia, State

OPEN = (State.DRAFT, State.IN_REVIEW)
STANDING = (*OPEN, *RELEASED)
SHOWN = (State.PUBLISHED, State.SUSPENDED)
"""What an editor goes on from: what readers have, or would have if it were not out of view."""


@dataclass(frozen=True)
class Standing:
    """One language of one lesson; `working` is its newest text that is a draft or in review."""

    language: str
    published: Revision | None = None
    working: Revision | None = None

    @property
    def current(self) -> Revision | None:
        """What an editor goes on from."""
        return self.working or self.published

    @property
    def in_review(self) -> bool:
        return self.working is not None and self.working.state == State.IN_REVIEW

    @property
    def is_out_of_view(self) -> bool:
        """Whether readers do not get it while it is put right."""
        return self.published is not None and self.published.state == State.SUSPENDED

    @property
    def is_draft(self) -> bool:
        return self.working is not None and self.working.state == State.DRAFT

    @property
    def overtaken(self) -> bool:
        """Whether something newer was published since the draft was begun."""
        return bool(self.working and self.published and self.working.number < self.published.number)


def rows_of(lessons: Iterable[int]) -> QuerySet[Revision]:
    """The revisions that matter of these lessons, the oldest first."""
    return (
        Revision.objects.filter(text__lesson__in=list(lessons), state__in=(*OPEN, *SHOWN))
        .select_related("text", "author")
        .annotate(rows_left=F("basis__rows_left"))
        .order_by("number")
    )


def standings(rows: Iterable[Revision], languages: Iterable[str]) -> dict[int, dict[str, Standing]]:
    """Standings by lesson id and language, from the rows of `rows_of`; a language without a text has an empty one."""
    empty = {language: Standing(language) for language in languages}
    found: dict[int, dict[str, Standing]] = defaultdict(lambda: dict(empty))
    for row in rows:
        of_lesson, language = found[row.text.lesson_id], row.text.language
        so_far = of_lesson.get(language, Standing(language))
        is_public = row.state in SHOWN
        of_lesson[language] = replace(so_far, published=row) if is_public else replace(so_far, working=row)
    for of_lesson in found.values():
        of_lesson.update({language: _of_one_profile(standing) for language, standing in of_lesson.items()})
    return found


def _of_one_profile(standing: Standing) -> Standing:
    """Without a draft for another profile than that of the published text: an editor goes on from one of them."""
    ours, theirs = standing.working, standing.published
    if ours and theirs and theirs.profile and ours.profile and ours.profile != theirs.profile:
        return replace(standing, working=None)
    return standing


def standings_of(lesson: Lesson, languages: Iterable[str]) -> dict[str, Standing]:
    """One lesson's standings by language. One query."""
    return standings(rows_of([lesson.pk]), languages)[lesson.pk]


def languages_showing(lesson: Lesson, names: Iterable[str]) -> list[str]:
    """The languages of whose current text one of these pictures, by name, is a part. Two queries."""
    standings = standings_of(lesson, ())
    current = {text.current.pk: language for language, text in standings.items() if text.current}
    showing = RevisionMedia.objects.filter(revision__in=list(current), name__in=list(names))
    return sorted({current[pk] for pk in showing.values_list("revision", flat=True)})


def is_stale(translation: Standing, source: Standing) -> bool:
    """Whether the source language has moved on since the translation was made."""
    ours, theirs = translation.current, source.current
    if ours is None or theirs is None or ours.pk == theirs.pk:
        return False
    if getattr(ours, "rows_left", 0):  # compared in part
        return True
    if ours.made_from_id is None:
        return theirs.created_at > ours.created_at
    if ours.made_from_id != theirs.pk:
        return True
    return theirs.state not in PUBLIC and theirs.saved_at > ours.saved_at


def stale_published() -> QuerySet[Revision]:
    """Published translations of which `is_stale` holds beside the published text in the source language."""
    sources = Revision.objects.filter(
        state=State.PUBLISHED, text__lesson=OuterRef("text__lesson"), text__language=OuterRef("lesson_language")
    )
    return (
        Revision.objects.filter(state=State.PUBLISHED, text__lesson__archived_at=None)
        .exclude(text__language=F("text__lesson__source_language"))
        .annotate(lesson_language=F("text__lesson__source_language"))
        .annotate(now_source=Subquery(sources.values("pk")[:1]), source_made=Subquery(sources.values("created_at")[:1]))
        .filter(
            Q(basis__rows_left__gt=0)
            | Q(made_from__isnull=True, source_made__gt=F("created_at"))
            | Q(Q(made_from__isnull=False, now_source__isnull=False), ~Q(made_from=F("now_source")))
        )
    )
