"""Entries of the audit log: which of them are asked for, and what each says. Each way of asking has its index."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from lessons.models import Lesson, LocalFactValue, Revision
from portal.accounts.deeds import deeds_of, named
from portal.accounts.models import AuditEntry, User
from portal.studio.authorship import name_of
from portal.studio.languages import language_name
from portal.studio.models import Release
from quizzes.models import Question, QuestionText, QuestionVersion

A_PAGE = 50
MOST_PEOPLE = 200


@dataclass(frozen=True)
class Asked:
    """What of the log is asked for; what is empty narrows nothing. `until` is included."""

    person: str = ""
    group: str = ""
    deed: str = ""
    address: str = ""
    subject: str = ""
    since: date | None = None
    until: date | None = None
    lesson: Lesson | None = None


@dataclass(frozen=True)
class LogLine:
    """An entry in words; `url` is where the thing stands today, where it stands anywhere."""

    at: datetime
    who: str
    what: str
    subject: str
    language: str
    url: str
    address: str = ""


def entries(asked: Asked, *, everything: bool) -> QuerySet[AuditEntry]:
    """The newest first; without `everything` only what was done to content."""
    found = AuditEntry.objects.select_related("actor").order_by("-at", "-pk")
    if asked.deed:
        found = found.filter(deed=asked.deed)
    elif asked.group or not everything:
        found = found.filter(deed__in=deeds_of(asked.group or "content"))
    if asked.person:
        found = found.filter(actor__in=_people(asked.person))
    if asked.address:
        found = found.filter(address=asked.address)
    if asked.subject:
        how = "subject__startswith" if everything else "subject__icontains"
        found = found.filter(**{how: asked.subject})
    if asked.since:
        found = found.filter(at__gte=_beginning(asked.since))
    if asked.until:
        found = found.filter(at__lt=_beginning(asked.until + timedelta(days=1)))
    return found.filter(_about(asked.lesson)) if asked.lesson else found


def _people(called: str) -> list[int]:
    """Ids of the people whose name or address this is, or a part of it; so many at most as a page can tell apart."""
    named = User.objects.filter(Q(display_name__icontains=called) | Q(email__icontains=called))
    return list(named.order_by().values_list("pk", flat=True)[:MOST_PEOPLE])


def page_of(found: QuerySet[AuditEntry], before: int | None) -> tuple[list[AuditEntry], int | None]:
    """One page of entries older than that one, and what the next page is asked for with; None after the last.

    A log grows for ever, so it is neither counted nor skipped through.
    """
    last = AuditEntry.objects.filter(pk=before).first() if before else None
    if last is not None:
        found = found.filter(Q(at__lt=last.at) | Q(pk__lt=last.pk), at__lte=last.at)
    rows = list(found[: A_PAGE + 1])
    return rows[:A_PAGE], rows[A_PAGE - 1].pk if len(rows) > A_PAGE else None


def _beginning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _about(lesson: Lesson) -> Q:
    """Entries about the lesson: its drafts, its questions, and the releases in which they went out."""
    rows = [*_rows("revision", Revision.objects.filter(text__lesson=lesson))]
    rows += _rows("questionversion", QuestionVersion.objects.filter(question__lesson=lesson))
    rows += _rows("questiontext", QuestionText.objects.filter(version__question__lesson=lesson))
    questions = dict(Question.objects.filter(lesson=lesson).values_list("pk", "key"))
    releases = Release.objects.filter(
        Q(revisions__text__lesson=lesson)
        | Q(versions__question__lesson=lesson)
        | Q(texts__version__question__lesson=lesson)
    )
    return (
        Q(detail__row__in=rows)
        | Q(detail__release__in=list(releases.order_by().values_list("pk", flat=True).distinct()))
        | Q(deed__startswith="question", subject__in=[*questions.values(), lesson.key])
        | Q(deed="draft.discarded", subject__startswith=f"{lesson.key} ")
    )


def _rows(name: str, rows: QuerySet[Any]) -> list[str]:
    return [f"{name}-{pk}" for pk in rows.values_list("pk", flat=True)]


def lines_of(rows: Iterable[AuditEntry]) -> list[LogLine]:
    """The entries in words. Five queries at most, however many there are."""
    entries = list(rows)
    places = _places([str(entry.detail.get("row", "")) for entry in entries])
    questions = _questions([entry.detail.get("question") for entry in entries])
    return [_line(entry, places, questions) for entry in entries]


Place = tuple[str, str, str]
"""What a thing is called, in which language, and where it stands."""


def _line(entry: AuditEntry, places: dict[str, Place], questions: dict[int, Place]) -> LogLine:
    called, language, url = entry.subject, "", ""
    if found := places.get(str(entry.detail.get("row", ""))) or questions.get(entry.detail.get("question") or 0):
        called, language, url = found
    elif release := entry.detail.get("release"):
        url = reverse("studio:release", args=[release])
    who = str(entry.actor) if entry.actor else ""
    return LogLine(entry.at, who, named(entry.deed), called, language, url, entry.address or "")


def _places(names: list[str]) -> dict[str, Place]:
    """Where the drafts of these names stand, those that are there still. Four queries at most."""
    found: dict[str, Place] = {}
    for row in _of(Revision.objects.select_related("text__lesson").defer("markdown", "html"), names):
        lesson = row.text.lesson
        url = reverse("studio:lesson", args=[lesson.slug]) + f"#{row.text.language}"
        found[name_of(row)] = (f"{lesson.key}: {row.title}", language_name(row.text.language), url)
    for row in _of(QuestionVersion.objects.select_related("question__lesson"), names):
        found[name_of(row)] = _place_of(row.question)
    for row in _of(QuestionText.objects.select_related("version__question__lesson"), names):
        called, _language, url = _place_of(row.version.question)
        found[name_of(row)] = (called, language_name(row.language), url)
    for row in _of(LocalFactValue.objects.select_related("fact"), names):
        language = language_name(row.language) if row.language else ""
        found[name_of(row)] = (row.fact.key, language, f"{reverse('studio:facts')}#{row.fact.key}")
    return found


def _of(rows: QuerySet[Any], names: list[str]) -> Iterable[Any]:
    begin = f"{rows.model._meta.model_name}-"
    wanted = {int(name.removeprefix(begin)) for name in names if name.startswith(begin)}
    return rows.filter(pk__in=wanted) if wanted else ()


def _questions(ids: list[Any]) -> dict[int, Place]:
    wanted = {pk for pk in ids if isinstance(pk, int)}
    if not wanted:
        return {}
    return {row.pk: _place_of(row) for row in Question.objects.filter(pk__in=wanted).select_related("lesson")}


def _place_of(question: Question) -> Place:
    lesson = question.lesson
    return question.key, "", reverse("studio:question", args=[lesson.slug, question.key]) if lesson else ""
