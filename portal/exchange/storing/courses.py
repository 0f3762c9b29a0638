"""Courses and their editions: order, rules, words and the final."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from lessons.covers import put_cover, said_of
from lessons.layouts import (
    LaidOut,
    lay_out,
    layout_of,
    next_number,
    put_sources,
    put_titles,
    put_words,
    words_of,
)
from lessons.models import Course, CourseEdition, Lesson, Media, Source, State, Topic
from portal.exchange.faults import FaultList
from portal.exchange.folders import CourseFolder
from portal.exchange.schemas import CourseFile
from portal.exchange.storing.drafts import LIVE_OR_OURS, Drafts, same_as
from portal.exchange.storing.draws import DrawStore
from portal.exchange.storing.report import Outcome, Report
from portal.exchange.storing.rows import References, Shelf, set_links
from quizzes.final_rules import RULES, final_of, make_final, rows_of, rules_of


@dataclass
class CourseStore:
    """Writes courses; `lessons` are the rows of lessons by their place in the package."""

    courses: list[CourseFolder]
    lessons: dict[str, Lesson]
    drafts: Drafts
    report: Report
    faults: FaultList

    def __post_init__(self) -> None:
        self.draws = DrawStore()

    def store(self) -> None:
        shelf = Shelf(Course, [course.course.content.key for course in self.courses])
        topics, sources = References(Topic), References(Source)
        put = [
            shelf.put((part.authority, part.key), slug=part.slug, position=part.position, **_due_rule(part))
            for part in (folder.course.content for folder in self.courses)
        ]
        courses = References(Course)  # of this package too, whichever names which
        for folder, (course, outcome) in zip(self.courses, put, strict=True):
            part = folder.course.content
            linked = max(
                set_links(course.topics, topics.all(part.topics, part.authority)),
                set_links(course.take_first, courses.all(part.take_first, part.authority)),
            )
            wanted = self._wanted(folder, sources.all(part.sources, part.authority))
            self.report.note(folder.course.file, max(outcome, linked, self._edition(folder, course, wanted)))

    def _wanted(self, folder: CourseFolder, sources: list[int]) -> dict[str, Any]:
        """The edition as the package says it, in the form of `described`."""
        part = folder.course.content
        return {
            "fields": (part.edition, part.minutes, part.valid_months, part.source_language),
            "sources": sources,
            "texts": {language: _words(words) for language, words in part.texts.items()},
            "modules": [
                (
                    module.key,
                    {language: words.title for language, words in module.texts.items()},
                    [self.lessons[folder.lessons[name].place].pk for name in module.lessons],
                )
                for module in part.modules
            ],
            "final": _final_rules(folder),
            "cover": _cover(folder),
            "rows": self.draws.rows(folder.final.content.draw_rows if folder.final else [], part.authority),
        }

    def _edition(self, folder: CourseFolder, course: Course, wanted: dict[str, Any]) -> Outcome:
        editions = CourseEdition.objects.filter(course=course)
        candidates = list(editions.filter(LIVE_OR_OURS))
        described_as = {edition.pk: described(edition) for edition in candidates}
        edition = same_as(
            candidates, lambda row: _in_shared_languages(wanted, described_as[row.pk]) == described_as[row.pk]
        )
        outcome = Outcome.UNCHANGED
        if edition is None:
            edition = self._new_edition(folder, course, wanted)
            outcome = Outcome.CHANGED
        elif described_as[edition.pk] != wanted:
            _add_languages(edition, wanted, described_as[edition.pk])
            outcome = Outcome.CHANGED
        if edition is not None and edition.state != State.PUBLISHED:
            self.drafts.add(edition, folder.course.file)
        return outcome

    def _new_edition(self, folder: CourseFolder, course: Course, wanted: dict[str, Any]) -> CourseEdition | None:
        """None, with a fault, where the edition's label is taken by another that is public or an instructor's."""
        label = wanted["fields"][0]
        CourseEdition.objects.filter(course=course, label=label, state=State.DRAFT, author=None).delete()
        editions = CourseEdition.objects.filter(course=course)
        if editions.filter(label=label).exists():
            message = _("The course has changed, and “%(label)s” is published or in work already. Raise `edition`.")
            line = folder.course.line(("edition",))
            self.faults.add(folder.course.file, line, message % {"label": label})
            return None
        return _make_edition(course, wanted)


def described(edition: CourseEdition) -> dict[str, Any]:
    """Everything that makes the edition what it is, comparable with what a package says."""
    final = final_of(edition)
    return {
        "fields": (edition.label, edition.minutes, edition.valid_months, edition.source_language),
        "sources": list(edition.citations.values_list("source", flat=True)),
        "texts": words_of(edition),
        "modules": [(module.key, module.titles, module.lessons) for module in layout_of(edition)],
        "final": rules_of(final) if final else None,
        "cover": said_of(edition),
        "rows": rows_of(final) if final else [],
    }


def _due_rule(part: CourseFile) -> dict[str, int | None]:
    """Left out, it stays as the studio has it."""
    return {"due_days": part.due_days} if "due_days" in part.model_fields_set else {}


def _cover(folder: CourseFolder) -> tuple[str, tuple[int, int] | None] | None:
    """In the form of `said_of`."""
    part = folder.course.content.cover
    return (folder.cover.sha256, part.focus) if part and folder.cover else None


def _words(words: Any) -> tuple[str, str, str, str]:
    return words.title, words.summary, words.audience, "\n".join(words.outcomes)


def _final_rules(folder: CourseFolder) -> tuple[Any, ...] | None:
    if folder.final is None:
        return None
    rules = folder.final.content.stored()
    return tuple(rules[name] for name in RULES)


def _in_shared_languages(wanted: dict[str, Any], standing: dict[str, Any]) -> dict[str, Any]:
    """What the package says, without languages that the standing edition has not: adding one makes no edition."""
    languages = set(standing["texts"])
    texts = {language: words for language, words in wanted["texts"].items() if language in languages}
    modules = [
        (key, {language: title for language, title in titles.items() if language in languages}, lessons)
        for key, titles, lessons in wanted["modules"]
    ]
    return wanted | {"texts": texts, "modules": modules}


def _add_languages(edition: CourseEdition, wanted: dict[str, Any], standing: dict[str, Any]) -> None:
    new = set(wanted["texts"]) - set(standing["texts"])
    put_words(edition, {language: wanted["texts"][language] for language in new})
    ids = dict(edition.modules.values_list("key", "pk"))
    put_titles(
        {ids[key]: {language: titles[language] for language in new} for key, titles, _lessons in wanted["modules"]}
    )


def _make_edition(course: Course, wanted: dict[str, Any]) -> CourseEdition:
    names = ("label", "minutes", "valid_months", "source_language")
    fields = dict(zip(names, wanted["fields"], strict=True))
    edition = CourseEdition.objects.create(course=course, number=next_number(course), **fields)
    put_sources(edition, wanted["sources"])
    put_words(edition, wanted["texts"])
    if wanted["cover"]:
        sha256, focus = wanted["cover"]
        put_cover(edition, Media.objects.get(sha256=sha256), focus)
    ids = lay_out(edition, [LaidOut(*module) for module in wanted["modules"]])
    if wanted["final"]:
        make_final(edition, wanted["final"], wanted["rows"], ids)
    return edition
