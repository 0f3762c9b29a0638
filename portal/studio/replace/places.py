"""The texts in which words are looked for: what an editor goes on from, of every lesson and question."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from lessons.models import Lesson, Placement, State
from portal.studio import compositions, drafts
from portal.studio.compositions import Composed
from portal.studio.drafts import Written
from portal.studio.overview import title_of
from portal.studio.question_standing import QuestionStanding, question_standings
from portal.studio.replace.matching import How, Span, replaced, spans_of
from portal.studio.standing import Standing, rows_of, standings
from quizzes.kinds import KINDS
from quizzes.models import Question

TEXTS, QUESTIONS = "texts", "questions"
NEAR = 50
"""Characters that are shown on either side of a hit."""


@dataclass(frozen=True)
class Search:
    """What is looked for; `course` and `part` narrow it where they are not empty."""

    query: str
    language: str
    how: How = How.CASE
    whole_words: bool = False
    course: str = ""
    part: str = ""

    def spans(self, text: str) -> list[Span]:
        return spans_of(self.query, text, self.how, whole_words=self.whole_words)


@dataclass(frozen=True)
class Hit:
    """One place in a text: `field` is its path (`markdown`, `options.wait`), `line` counts from 1."""

    field: str
    span: Span
    line: int
    before: str
    found: str
    after: str

    @property
    def value(self) -> str:
        """How a form names it."""
        return f"{self.field}@{self.span.start}-{self.span.end}"


@dataclass(frozen=True)
class Place:
    """A lesson's text or a question in the language, with its hits; what is in review cannot be changed."""

    sort: str
    key: str
    title: str
    url: str
    state: str
    in_review: bool
    mark: str
    texts: Mapping[str, str]
    hits: list[Hit]
    lesson: Lesson
    language: str
    standing: Any

    @property
    def value(self) -> str:
        return f"{self.sort}:{self.key}"

    def with_words(self, chosen: Sequence[Hit], by: str) -> dict[str, str]:
        """Its texts with the chosen hits replaced."""
        spans: dict[str, list[Span]] = {}
        for hit in chosen:
            spans.setdefault(hit.field, []).append(hit.span)
        return {name: replaced(text, spans.get(name, []), by) for name, text in self.texts.items()}


def places_of(search: Search, only: Sequence[str] = ()) -> list[Place]:
    """Every place that has a hit, lesson by lesson; with `only`, those of these values. Five queries at most."""
    lessons = list(_lessons(search.course))
    texts = standings(rows_of([lesson.pk for lesson in lessons]), ())
    found: dict[int, list[Place]] = {lesson.pk: [] for lesson in lessons}
    titles = {lesson.pk: title_of(texts[lesson.pk], search.language, lesson.key) for lesson in lessons}
    if search.part in ("", TEXTS):
        for lesson in lessons:
            found[lesson.pk] += _text_places(lesson, texts[lesson.pk], search, titles[lesson.pk])
    if search.part in ("", QUESTIONS):
        by_pk = {lesson.pk: lesson for lesson in lessons}
        asked = Question.objects.filter(lesson__in=by_pk, archived_at=None)
        for standing in question_standings(asked):
            lesson = by_pk[standing.question.lesson_id or 0]
            found[lesson.pk] += _question_places(lesson, standing, search, titles[lesson.pk])
    places = [place for some in found.values() for place in some]
    return [place for place in places if place.value in only] if only else places


def _lessons(course: str) -> Any:
    found = Lesson.objects.filter(archived_at=None).order_by("key")
    if not course:
        return found
    placed = Placement.objects.filter(edition__course__slug=course).exclude(edition__state=State.SUPERSEDED)
    return found.filter(pk__in=placed.values("lesson"))


def _text_places(lesson: Lesson, texts: Mapping[str, Standing], search: Search, title: str) -> Iterator[Place]:
    standing = texts.get(search.language)
    if standing is None or standing.current is None:
        return
    words = {name: getattr(Written.of(standing.current), name) for name in Written.__dataclass_fields__}
    if hits := list(_hits(words, search)):
        url = f"{reverse('studio:lesson', args=[lesson.slug])}#{search.language}"
        state, mark = str(standing.current.state), drafts.mark_of(standing)
        yield Place(
            TEXTS,
            lesson.slug,
            title,
            url,
            state,
            standing.in_review,
            mark,
            words,
            hits,
            lesson,
            search.language,
            standing,
        )


def _question_places(lesson: Lesson, standing: QuestionStanding, search: Search, title: str) -> Iterator[Place]:
    text, version = standing.words.get(search.language), standing.current
    if text is None or version is None or version.kind not in KINDS:
        return
    words = dict(strings_in(Composed.of(standing).words[search.language]))  # type: ignore[union-attr]  # has a version
    if hits := list(_hits(words, search)):
        url = reverse("studio:question", args=[lesson.slug, standing.question.key])
        name = f"{standing.question.key} · {title}"
        mark, key = compositions.mark_of(standing), str(standing.question.pk)
        yield Place(
            QUESTIONS,
            key,
            name,
            url,
            str(text.state),
            standing.in_review,
            mark,
            words,
            hits,
            lesson,
            search.language,
            standing,
        )


def strings_in(words: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Each text of a question's words with its path."""
    if isinstance(words, str):
        yield path, words
    elif isinstance(words, dict):
        for name, inner in words.items():
            yield from strings_in(inner, f"{path}.{name}".lstrip("."))


def with_strings(words: Any, texts: Mapping[str, str], path: str = "") -> Any:
    """The words with the texts at their paths put in."""
    if isinstance(words, dict):
        return {name: with_strings(inner, texts, f"{path}.{name}".lstrip(".")) for name, inner in words.items()}
    return texts.get(path, words) if isinstance(words, str) else words


def _hits(texts: Mapping[str, str], search: Search) -> Iterator[Hit]:
    for name, text in texts.items():
        for span in search.spans(text):
            begin = text.rfind("\n", 0, span.start) + 1
            end = text.find("\n", span.end)
            line_end = len(text) if end < 0 else end
            yield Hit(
                name,
                span,
                text.count("\n", 0, span.start) + 1,
                _cut_left(text[begin : span.start]),
                text[span.start : span.end],
                _cut_right(text[span.end : line_end]),
            )


def _cut_left(text: str) -> str:
    return text if len(text) <= NEAR else "…" + text[-NEAR:].partition(" ")[2]


def _cut_right(text: str) -> str:
    return text if len(text) <= NEAR else text[:NEAR].rpartition(" ")[0] + "…"
