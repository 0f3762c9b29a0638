"""Publishing what belongs to lessons: revisions, editions and values of local facts.

Each `publish_…` checks, supersedes the former one and sets the draft free, in one transaction with the text, course or
fact locked. Whoever calls them touches the stamp (`lessons/stamp.py`) once; `portal/studio/releases.py` does all of it.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from lessons.credits import reasons_against_pictures
from lessons.markdown import MarkdownFaults, Rendered, render
from lessons.markdown.figures import shown_in
from lessons.models import (
    PROFILE_FACT,
    RELEASED,
    CourseEdition,
    EditionCover,
    Lesson,
    LocalFactValue,
    ModuleText,
    Placement,
    Revision,
    RevisionMedia,
    State,
)
from lessons.narrations import settle_narrations
from lessons.profiles import in_force, settle
from lessons.profiles import reasons_against as reasons_against_profile
from lessons.readiness import NotReady, Reason, reasons_of_standing, refuse, unknown_facts
from lessons.search.indexing import courses_changed, facts_changed, lessons_changed
from lessons.suspending import end_where_replaced

__all__ = [
    "NotReady",
    "Reason",
    "publish_edition",
    "publish_fact_value",
    "publish_revision",
    "publish_revisions",
    "reasons_against_edition",
    "reasons_against_fact_values",
    "reasons_against_revisions",
]


def supersede(others: models.QuerySet[Any], now: datetime) -> None:
    """Readers no longer get what is published of `others`, nor is any of it in reserve."""
    others.filter(state__in=RELEASED).update(state=State.SUPERSEDED, superseded_at=now)


def locked(rows: models.QuerySet[Any], drafts: Collection[Any], owner: str) -> list[Any]:
    """The drafts as they stand now, locked with their owners, always in the same order."""
    mine = rows.select_related(owner).filter(pk__in=[draft.pk for draft in drafts])
    return list(mine.order_by(f"{owner}_id", "pk").select_for_update(of=("self", owner)))


def set_free(drafts: Collection[Any], now: datetime, reserve: Collection[int] = ()) -> None:
    """The last change that the rows will take; the callers' objects show it too. Those of `reserve` are put by."""
    model = type(next(iter(drafts)))
    for draft in drafts:
        draft.state, draft.published_at = State.RESERVE if draft.pk in reserve else State.PUBLISHED, now
    for state in (State.PUBLISHED, State.RESERVE):
        those = [draft.pk for draft in drafts if draft.state == state]
        if those:
            model.objects.filter(pk__in=those).update(state=state, published_at=now)


# Revisions


def reasons_against_revisions(revisions: Collection[Revision]) -> list[Reason]:
    """Everything that keeps these revisions from being published together; [] when they may be."""
    reasons, _rendered = _check_revisions(revisions)
    return reasons


def publish_revision(revision: Revision, now: datetime) -> None:
    """Render the text once and for all and show it to readers of its profile; raises NotReady."""
    publish_revisions([revision], now)


@transaction.atomic
def publish_revisions(revisions: Sequence[Revision], now: datetime) -> None:
    """The same for several, in a fixed number of queries."""
    if not revisions:
        return
    drafts = locked(Revision.objects.all(), revisions, "text")
    reasons, rendered = _check_revisions(drafts)
    refuse(reasons)
    for draft in (*drafts, *revisions):
        draft.html = rendered[draft.pk].html
    _settle_pictures(rendered)
    settle_narrations(rendered)
    reserve = _make_room(drafts, now)
    Revision.objects.bulk_update(drafts, ["html"])
    set_free(revisions, now, reserve)
    end_where_replaced({draft.text.lesson_id for draft in drafts}, now)
    lessons_changed({draft.text.lesson_id for draft in drafts})


def _make_room(drafts: Sequence[Revision], now: datetime) -> set[int]:
    """Supersedes what the drafts take the place of; the ids of those that are written for another profile."""
    profile = in_force(held=True) if any(draft.profile for draft in drafts) else ""
    for name in {draft.profile for draft in drafts}:
        same = Revision.objects.filter(text__in=[draft.text_id for draft in drafts if draft.profile == name])
        # A text for all takes the place of every variant, and a variant that is shown that of a text for all.
        if name:
            same = same.filter(profile__in=["", name] if name == profile else [name])
        supersede(same, now)
    return {draft.pk for draft in drafts if draft.profile not in ("", profile)}


def _check_revisions(revisions: Collection[Revision]) -> tuple[list[Reason], dict[int, Rendered]]:
    reasons = reasons_of_standing(revisions, _owner, _newest_released(revisions))
    pictures = shown_in(revisions)
    rendered = {}
    for revision in revisions:
        if not revision.title.strip():
            reasons.append(Reason(_("The title is missing. Write it."), revision))
        try:
            rendered[revision.pk] = render(
                revision.markdown, pictures.get(revision.pk, {}), language=revision.text.language
            )
        except MarkdownFaults as found:
            reasons += [Reason(fault.message, revision, fault.line) for fault in found.faults]
    named = [(revision, rendered[revision.pk]) for revision in revisions if revision.pk in rendered]
    reasons += unknown_facts((revision, text.facts) for revision, text in named)
    shown = {pictures[revision.pk][use.name].media.pk for revision, text in named for use in text.pictures}
    return reasons + _unknown_lessons(named) + reasons_against_pictures(shown), rendered


def _owner(revision: Revision) -> tuple[int, str]:
    return revision.text_id, revision.profile


def _newest_released(revisions: Collection[Revision]) -> dict[tuple[int, str], int]:
    """By text and profile the number of what went out last and has its readers, or those of a text for all."""
    texts = {revision.text_id for revision in revisions}
    released = Revision.objects.filter(text__in=texts, state__in=RELEASED).values_list("text", "profile", "number")
    newest: dict[tuple[int, str], int] = {}
    for text, of, number in released:
        for profile in {
            revision.profile for revision in revisions if of in ("", revision.profile) or not revision.profile
        }:
            newest[text, profile] = max(newest.get((text, profile), 0), number)
    return newest


def _unknown_lessons(named: Sequence[tuple[Revision, Rendered]]) -> list[Reason]:
    links = [(revision, key) for revision, text in named for key in sorted(text.lessons)]
    known = set(Lesson.objects.filter(key__in={key for _revision, key in links}).values_list("key", flat=True))
    message = _("There is no lesson “%(key)s” to link to. Correct the key.")
    return [Reason(message % {"key": key}, revision) for revision, key in links if key not in known]


def _settle_pictures(rendered: Mapping[int, Rendered]) -> None:
    """What the texts show is what is kept: their pictures in order, with the words that stand beside them."""
    shown = {(pk, use.name): (at, use) for pk, text in rendered.items() for at, use in enumerate(text.pictures)}
    rows = list(RevisionMedia.objects.filter(revision__in=rendered))
    RevisionMedia.objects.filter(pk__in=[row.pk for row in rows if (row.revision_id, row.name) not in shown]).delete()
    kept = [row for row in rows if (row.revision_id, row.name) in shown]
    for row in kept:
        row.position, use = shown[row.revision_id, row.name]
        row.alt, row.caption, row.decorative = use.alt, use.caption, use.decorative
    RevisionMedia.objects.bulk_update(kept, ["alt", "caption", "decorative", "position"])


# Editions


def reasons_against_edition(edition: CourseEdition, coming: Collection[int] = ()) -> list[Reason]:
    """What keeps the edition from being published; `coming` are ids of lessons whose text goes out with it."""
    public = CourseEdition.objects.filter(course=edition.course_id, state=State.PUBLISHED)
    numbers = dict(public.values_list("course", "number"))
    reasons = reasons_of_standing([edition], lambda draft: draft.course_id, numbers)
    language = edition.source_language
    if not edition.texts.filter(language=language).exists():
        reasons.append(Reason(_("The course has no title in its source language. Write it."), edition))
    if edition.modules.exclude(texts__language=language).exists():
        reasons.append(Reason(_("A module has no title in the source language of the course. Write it."), edition))
    reasons += _nameless_modules(edition)
    covers = EditionCover.objects.filter(edition=edition)
    reasons += reasons_against_pictures(covers.values_list("media", flat=True))
    return reasons + _unreadable_lessons(edition, coming)


def _nameless_modules(edition: CourseEdition) -> list[Reason]:
    """Modules without a title in another language that the course has words in."""
    languages = edition.texts.exclude(language=edition.source_language).values_list("language", flat=True)
    message = _("The module “%(key)s” has no title in: %(language)s. The course has words in it, so write one.")
    titled = ModuleText.objects.filter(module__edition=edition).values_list("module__key", "language")
    keys, has = edition.modules.values_list("key", flat=True), set(titled)
    missing = [(key, language) for key in keys for language in languages if (key, language) not in has]
    return [Reason(message % {"key": key, "language": language}, edition) for key, language in missing]


def _unreadable_lessons(edition: CourseEdition, coming: Collection[int]) -> list[Reason]:
    placed = Placement.objects.filter(edition=edition)
    if not placed:
        return [Reason(_("The course has no lesson yet. Add one."), edition)]
    empty = edition.modules.filter(placements=None).values_list("key", flat=True)
    message = _("The module “%(key)s” has no lesson. Put one into it, or take it out of the course.")
    reasons = [Reason(message % {"key": key}, edition) for key in empty]
    readable = placed.filter(lesson__texts__revisions__state=State.PUBLISHED).values_list("lesson", flat=True)
    unread = placed.exclude(lesson__in=[*readable, *coming]).values_list("lesson__key", flat=True)
    message = _("The lesson “%(key)s” has no published text. Publish one with it, or take it out of the course.")
    return reasons + [Reason(message % {"key": key}, edition) for key in unread]


@transaction.atomic
def publish_edition(edition: CourseEdition, now: datetime) -> None:
    """Make this the edition that readers take; raises NotReady."""
    [draft] = locked(CourseEdition.objects.all(), [edition], "course")
    refuse(reasons_against_edition(draft))
    supersede(CourseEdition.objects.filter(course=draft.course_id), now)
    set_free([edition], now)
    courses_changed([draft.course_id])


# Local facts


def reasons_against_fact_values(values: Collection[LocalFactValue], coming: Collection[Revision] = ()) -> list[Reason]:
    """What keeps the values from being published together; `coming` are texts that go out with them."""
    reasons = reasons_of_standing(values, lambda value: (value.fact_id, value.language), {})
    for value in values:
        if not value.value.strip():
            reasons.append(Reason(_("The value is empty. Write it."), value))
        elif value.fact.key == PROFILE_FACT:
            reasons += reasons_against_profile(value, coming)
        elif fault := value.fault():
            reasons.append(Reason(fault, value))
    return reasons


@transaction.atomic
def publish_fact_value(value: LocalFactValue, now: datetime, coming: Collection[Revision] = ()) -> None:
    """Make this the country's value in its language; raises NotReady. A profile exchanges texts and questions too."""
    [draft] = locked(LocalFactValue.objects.all(), [value], "fact")
    refuse(reasons_against_fact_values([draft], coming))
    supersede(LocalFactValue.objects.filter(fact=draft.fact_id, language=draft.language), now)
    set_free([value], now)
    facts_changed([draft.fact.key])
    if draft.fact.key == PROFILE_FACT:
        settle()
