"""Publishing what belongs to lessons: revisions, editions and values of local facts.

Each `publish_…` checks, supersedes the former one and sets the draft free, in one transaction with the text, course or
fact locked. Whoever calls them touches the stamp (`lessons/stamp.py`) once; `portal/studio/releases.py` does all of it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from lessons.filling import facts_in
from lessons.markdown import MarkdownFaults, PictureUse, Rendered, render
from lessons.models import (
    PUBLIC,
    CourseEdition,
    Lesson,
    LocalFact,
    LocalFactValue,
    Placement,
    Revision,
    RevisionMedia,
    State,
)


@dataclass(frozen=True)
class Reason:
    """Why a draft cannot be published: what is to be done, in which draft, and where it is known on which line."""

    message: str
    subject: models.Model
    line: int | None = None

    def __str__(self) -> str:
        where = _("line %(number)s: ") % {"number": self.line} if self.line else ""
        return f"{self.subject}: {where}{self.message}"


class NotReady(Exception):
    """What was to be published is not ready; `reasons` says why, all of it."""

    def __init__(self, reasons: Iterable[Reason]) -> None:
        self.reasons = list(reasons)
        super().__init__("\n".join(str(reason) for reason in self.reasons))


def refuse(reasons: Iterable[Reason]) -> None:
    """Raises NotReady when there is a reason to."""
    if found := list(reasons):
        raise NotReady(found)


def already_public(subject: Any) -> list[Reason]:
    if subject.state not in PUBLIC:
        return []
    return [Reason(_("This is published already. What is published never changes: make a new draft."), subject)]


def overtaken(subject: Any, others: models.QuerySet[Any]) -> list[Reason]:
    """A draft made before what is published now would take that back."""
    if not others.filter(state=State.PUBLISHED, number__gt=subject.number).exists():
        return []
    return [Reason(_("Something newer was published since. Take your changes over to a new draft of it."), subject)]


def supersede(others: models.QuerySet[Any], now: datetime) -> None:
    others.filter(state=State.PUBLISHED).update(state=State.SUPERSEDED, superseded_at=now)


def unknown_facts(text: str | Collection[str], subject: models.Model) -> list[Reason]:
    """The local facts named in the text, or given by key, that nobody has written down."""
    keys = facts_in(text) if isinstance(text, str) else set(text)
    if not keys:
        return []
    unknown = keys - set(LocalFact.objects.filter(key__in=keys).values_list("key", flat=True))
    message = _("There is no local fact “%(key)s”. Add it, or correct its name.")
    return [Reason(message % {"key": key}, subject) for key in sorted(unknown)]


# Revisions


def reasons_against_revision(revision: Revision) -> list[Reason]:
    """Everything that keeps the revision from being published; [] when it may be."""
    return _check_revision(revision)[0]


@transaction.atomic
def publish_revision(revision: Revision, now: datetime) -> None:
    """Render the text once and for all and show it to readers; raises NotReady."""
    draft = _locked(Revision.objects.select_related("text__lesson"), revision, "text")
    reasons, rendered = _check_revision(draft)
    refuse(reasons)
    assert rendered is not None
    _settle_pictures(draft, rendered.pictures)
    supersede(Revision.objects.filter(text=draft.text_id), now)
    _set_free(revision, now, html=rendered.html)


def _check_revision(revision: Revision) -> tuple[list[Reason], Rendered | None]:
    reasons = already_public(revision) + overtaken(revision, Revision.objects.filter(text=revision.text_id))
    if not revision.title.strip():
        reasons.append(Reason(_("The title is missing. Write it."), revision))
    try:
        rendered = render(revision.markdown, _pictures(revision), language=revision.text.language)
    except MarkdownFaults as found:
        return [*reasons, *(Reason(fault.message, revision, fault.line) for fault in found.faults)], None
    return [*reasons, *unknown_facts(rendered.facts, revision), *_unknown_lessons(rendered.lessons, revision)], rendered


def _pictures(revision: Revision) -> dict[str, Any]:
    return {use.name: use.media for use in revision.pictures.select_related("media")}


def _unknown_lessons(keys: frozenset[str], revision: Revision) -> list[Reason]:
    known = set(Lesson.objects.filter(key__in=keys).values_list("key", flat=True)) if keys else set()
    message = _("There is no lesson “%(key)s” to link to. Correct the key.")
    return [Reason(message % {"key": key}, revision) for key in sorted(keys - known)]


def _settle_pictures(revision: Revision, uses: tuple[PictureUse, ...]) -> None:
    """What the text shows is what is kept: its pictures in their order, with the words that stand beside them."""
    revision.pictures.exclude(name__in=[use.name for use in uses]).delete()
    rows = {row.name: row for row in revision.pictures.all()}
    for position, use in enumerate(uses):
        row = rows[use.name]
        row.alt, row.caption, row.position = use.alt, use.caption, position
    RevisionMedia.objects.bulk_update(rows.values(), ["alt", "caption", "position"])


# Editions


def reasons_against_edition(edition: CourseEdition, coming: Collection[int] = ()) -> list[Reason]:
    """What keeps the edition from being published; `coming` are ids of lessons whose text goes out with it."""
    reasons = already_public(edition) + overtaken(edition, CourseEdition.objects.filter(course=edition.course_id))
    language = edition.source_language
    if not edition.texts.filter(language=language).exists():
        reasons.append(Reason(_("The course has no title in its source language. Write it."), edition))
    if edition.modules.exclude(texts__language=language).exists():
        reasons.append(Reason(_("A module has no title in the source language of the course. Write it."), edition))
    placed = Placement.objects.filter(edition=edition).select_related("lesson")
    if not placed:
        reasons.append(Reason(_("The course has no lesson yet. Add one."), edition))
    readable = placed.filter(lesson__texts__revisions__state=State.PUBLISHED).values_list("lesson", flat=True)
    unread = placed.exclude(lesson__in=[*readable, *coming])
    message = _("The lesson “%(key)s” has no published text. Publish one with it, or take it out of the course.")
    return reasons + [Reason(message % {"key": place.lesson.key}, edition) for place in unread]


@transaction.atomic
def publish_edition(edition: CourseEdition, now: datetime) -> None:
    """Make this the edition that readers take; raises NotReady."""
    draft = _locked(CourseEdition.objects.select_related("course"), edition, "course")
    refuse(reasons_against_edition(draft))
    supersede(CourseEdition.objects.filter(course=draft.course_id), now)
    _set_free(edition, now)


# Local facts


def reasons_against_fact_value(value: LocalFactValue) -> list[Reason]:
    """What keeps the value from being published."""
    reasons = already_public(value)
    return reasons if value.value.strip() else [*reasons, Reason(_("The value is empty. Write it."), value)]


@transaction.atomic
def publish_fact_value(value: LocalFactValue, now: datetime) -> None:
    """Make this the country's value in its language; raises NotReady."""
    draft = _locked(LocalFactValue.objects.select_related("fact"), value, "fact")
    refuse(reasons_against_fact_value(draft))
    supersede(LocalFactValue.objects.filter(fact=draft.fact_id, language=draft.language), now)
    _set_free(value, now)


def _locked(rows: models.QuerySet[Any], draft: models.Model, owner: str) -> Any:
    """The draft as it stands now; nobody else publishes anything of the same owner meanwhile."""
    return rows.select_for_update(of=("self", owner)).get(pk=draft.pk)


def _set_free(draft: Any, now: datetime, **fields: Any) -> None:
    """The last change that the row will take; the caller's object shows it too."""
    fields |= {"state": State.PUBLISHED, "published_at": now}
    type(draft).objects.filter(pk=draft.pk).update(**fields)
    for name, value in fields.items():
        setattr(draft, name, value)
