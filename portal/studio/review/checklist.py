"""What of a release can be checked by counting: each point is good, or says where to look."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from lessons.markdown import MarkdownFaults, render
from lessons.markdown.figures import shown_in
from lessons.models import Revision
from portal.studio.drafts import Written
from portal.studio.languages import language_name
from portal.studio.models import LinkCheck, Release
from portal.studio.picture_lines import doubt_about
from portal.studio.review.numbers import changed_numbers, only_in_one
from portal.studio.reviewed_questions import QuestionReview
from portal.studio.reviewed_texts import TextReview
from portal.studio.standing import Standing, is_stale, rows_of, standings
from portal.studio.upkeep.links import WELL, links_in


@dataclass(frozen=True)
class Place:
    """Something to look at, and the anchor of where it stands on the page."""

    where: str
    what: str
    anchor: str = ""


@dataclass(frozen=True)
class Point:
    """A point of the list: good where there is nothing to look at; `loud` where a mistake could cost a life."""

    label: str
    fine: str
    places: list[Place] = field(default_factory=list)
    loud: bool = False

    @property
    def good(self) -> bool:
        return not self.places


def computed_points(release: Release, texts: list[TextReview], questions: list[QuestionReview]) -> list[Point]:
    """The points that this release has something to do with. A fixed number of queries."""
    points: list[Point] = []
    if texts:
        every = standings(rows_of({text.revision.text.lesson_id for text in texts}), ())
        points += [_sources(texts), _numbers(texts), _same_numbers(every), _pictures(texts)]
        points += [_in_step(texts, every), _links(texts)]
    return points + ([_keys(questions)] if questions else [])


def _where(text: TextReview) -> str:
    return f"{text.revision.title} · {text.name}"


def _anchor(text: TextReview) -> str:
    return f"text-{text.revision.pk}"


def _looked_at(texts: Iterable[TextReview], faults: Callable[[TextReview], Iterable[str]]) -> list[Place]:
    return [Place(_where(text), fault, _anchor(text)) for text in texts for fault in faults(text)]


def _sources(texts: list[TextReview]) -> Point:
    return Point(
        _("Sources"), _("Every text names its sources, and none is superseded."), _looked_at(texts, _unsourced)
    )


def _unsourced(text: TextReview) -> list[str]:
    citations = list(text.revision.citations.all())
    if not citations:
        return [_("No source is named.")]
    old = [citation.source.title for citation in citations if citation.source.superseded_by_id]
    return [_("A newer work has taken the place of “%(source)s”.") % {"source": title} for title in old]


def _numbers(texts: list[TextReview]) -> Point:
    places = [
        Place(_where(text), ", ".join(str(change) for change in changes), _anchor(text))
        for text in texts
        if text.former and (changes := changed_numbers(_words(text.former), _words(text.revision)))
    ]
    return Point(_("Numbers that have changed"), _("No number is another than what is published."), places, loud=True)


def _words(revision: Revision) -> str:
    written = Written.of(revision)
    return f"{written.title}\n{written.summary}\n{written.objective}\n{written.markdown}"


def _same_numbers(every: Mapping[int, Mapping[str, Standing]]) -> Point:
    places = []
    for of_lesson in every.values():
        current = [standing.current for standing in of_lesson.values() if standing.current]
        if different := only_in_one(_words(revision) for revision in current):
            places.append(Place(current[0].title, ", ".join(different)))
    fine = _("All languages name the same numbers, as often.")
    return Point(_("Numbers that the languages do not share"), fine, places)


def _pictures(texts: list[TextReview]) -> Point:
    shown = shown_in([text.revision for text in texts])
    places = _looked_at(texts, lambda text: _undescribed(text.revision, shown.get(text.revision.pk, {})))
    return Point(_("Pictures in words"), _("Every picture says in this language what is to be seen."), places)


def _undescribed(revision: Revision, pictures: Mapping[str, Any]) -> list[str]:
    try:
        uses = render(revision.markdown, pictures, language=revision.text.language).pictures
    except MarkdownFaults:
        return []
    doubts = ((use.name, doubt_about(use.alt)) for use in uses if not use.decorative)
    return [f"{name}: {doubt}" for name, doubt in doubts if doubt]


def _in_step(texts: list[TextReview], every: Mapping[int, Mapping[str, Standing]]) -> Point:
    """Every language of the lessons here: which of them the source language has left behind."""
    places: list[Place] = []
    lessons = {text.revision.text.lesson_id: text.revision for text in texts}
    for lesson, revision in lessons.items():
        source = every[lesson].get(revision.text.lesson.source_language)
        behind = [each for each in every[lesson].values() if source and is_stale(each, source)]
        message = _("It was made from an older text than the one in the source language.")
        places += [Place(f"{revision.title} · {language_name(each.language)}", message) for each in behind]
    return Point(_("Languages in step"), _("Each translation was made from the newest text."), places)


def _links(texts: list[TextReview]) -> Point:
    named = {text.revision.pk: links_in(text.html) for text in texts}
    known = dict(
        LinkCheck.objects.filter(url__in=set().union(*named.values()))
        .exclude(result__in=WELL)
        .values_list("url", "result")
    )

    def failing(text: TextReview) -> list[str]:
        urls = sorted(named[text.revision.pk] & set(known))
        return [f"{url}: {LinkCheck.Result(known[url]).label}" for url in urls]

    return Point(_("Links"), _("No link is known to lead nowhere."), _looked_at(texts, failing))


def _keys(questions: list[QuestionReview]) -> Point:
    """What decides whether an answer is right, and whether it must be."""
    found = defaultdict[str, list[str]](list)
    for question in questions:
        found[question.question.key] += question.weighty
    places = [
        Place(question.question.key, what, f"question-{question.question.pk}")
        for question in questions
        for what in found[question.question.key]
    ]
    return Point(
        _("Right answers and critical questions"),
        _("No right answer is another, and none more or less critical."),
        places,
        loud=True,
    )
