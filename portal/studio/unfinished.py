"""What a person was writing, the newest first, and what each lesson still lacks before it can be sent to review."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lessons.markdown.rules import faults_in
from lessons.markdown.tree import Node, is_decorative, parse, plain
from lessons.models import Lesson, Revision, RevisionMedia, State
from portal.accounts.models import User
from portal.studio.languages import language_name, written_languages
from portal.studio.models import Comment, Release
from portal.studio.picks import PickGroup, pick_group
from portal.studio.question_standing import QuestionStanding, by_lesson, question_standings
from portal.studio.standing import STANDING, Standing, is_stale, rows_of, standings
from quizzes.models import Question

A_PAGE = 8  # lessons; the drafts of each are parsed
TEXTS, VERSIONS, WORDS = "texts__revisions", "questions__versions", "questions__versions__texts"
HELD = {
    "revisions": "revisions__text__lesson",
    "versions": "versions__question__lesson",
    "texts": "texts__version__question__lesson",
}
"""What a release holds, and how its lesson is found."""


@dataclass(frozen=True)
class Lack:
    """One thing to be done, and where."""

    said: str
    url: str


@dataclass(frozen=True)
class Unfinished:
    """A lesson with drafts; `saved_at` is when this person last saved a text of it."""

    group: PickGroup
    saved_at: datetime | None
    sent_back: list[Comment]
    lacks: list[Lack]


def unfinished_of(user: User, page: str | None, language: str) -> Page[Unfinished]:
    """A page of the lessons in which this person has a draft. Nine queries, however many there are."""
    found: Page[Any] = Paginator(_lessons_of(user), A_PAGE).get_page(page)
    lessons = list(found.object_list)
    keys = [lesson.pk for lesson in lessons]
    texts = standings(rows_of(keys).defer("html", "summary", "objective"), written_languages())
    asked = by_lesson(question_standings(Question.objects.filter(lesson__in=keys, archived_at=None)))
    pictures, comments = _pictures_of(keys), _sent_back(keys)
    found.object_list = [
        Unfinished(
            pick_group(lesson, texts[lesson.pk], asked[lesson.pk], language),
            lesson.saved_at,
            comments[lesson.pk],
            list(_lacks_of(lesson, texts[lesson.pk], asked[lesson.pk], pictures[lesson.pk])),
        )
        for lesson in lessons
    ]
    return found


def _lessons_of(user: User) -> QuerySet[Any]:
    draft = {"author": user, "state": State.DRAFT}
    mine = Q()
    for way in (TEXTS, VERSIONS, WORDS):
        mine |= Q(pk__in=Lesson.objects.filter(**{f"{way}__{name}": value for name, value in draft.items()}))
    newest = Revision.objects.filter(text__lesson=OuterRef("pk"), **draft).order_by("-saved_at")
    saved_at = Subquery(newest.values("saved_at")[:1])
    return Lesson.objects.filter(mine).annotate(saved_at=saved_at).order_by(F("saved_at").desc(nulls_last=True), "key")


def _pictures_of(lessons: Collection[int]) -> dict[int, set[str]]:
    """By lesson the names of the pictures that its texts may show. One query."""
    uses = RevisionMedia.objects.filter(revision__text__lesson__in=lessons, revision__state__in=STANDING)
    names: dict[int, set[str]] = defaultdict(set)
    for lesson, name in uses.values_list("revision__text__lesson", "name").distinct():
        names[lesson].add(name)
    return names


def _sent_back(lessons: Collection[int]) -> dict[int, list[Comment]]:
    """By lesson why releases that hold drafts of it came back: the last comment of each. Two queries."""
    ways = [
        Release.objects.filter(state=Release.State.DRAFT, **{f"{path}__in": lessons, f"{held}__state": State.DRAFT})
        .order_by()
        .values_list(path, "pk")
        for held, path in HELD.items()
    ]
    pairs = set(ways[0].union(*ways[1:]))
    releases = {release for _lesson, release in pairs}
    said = Comment.objects.filter(release__in=releases, sent_back=True).order_by("at", "pk")
    last = {comment.release_id: comment for comment in said}
    found: dict[int, list[Comment]] = defaultdict(list)
    for lesson, release in sorted(pairs, reverse=True):
        found[lesson] += [last[release]] if release in last else []
    return found


def _lacks_of(
    lesson: Lesson, texts: dict[str, Standing], questions: Iterable[QuestionStanding], pictures: Collection[str]
) -> Iterator[Lack]:
    url = reverse("studio:lesson", kwargs={"lesson": lesson.slug})
    source = texts.get(lesson.source_language, Standing(lesson.source_language))
    for language, text in texts.items():
        for said in _lacks_in(text, source, pictures):
            yield Lack(said, f"{url}#{language}")
    if not any(question.current for question in questions):
        yield Lack(_("No question yet"), f"{url}#questions")


def _lacks_in(text: Standing, source: Standing, pictures: Collection[str]) -> Iterator[str]:
    """What one language lacks."""
    name = language_name(text.language)
    if text.current is None:
        yield _("Not written in %(language)s yet") % {"language": name}
    elif is_stale(text, source):
        said = _("%(language)s is behind what is written in %(source)s")
        yield said % {"language": name, "source": language_name(source.language)}
    if text.is_draft and text.working:
        yield from _lacks_of_draft(name, text.working.markdown, pictures)


def _lacks_of_draft(name: str, markdown: str, pictures: Collection[str]) -> Iterator[str]:
    if not markdown.strip():
        yield _("%(language)s: the text is still empty") % {"language": name}
        return
    tree = parse(markdown)
    silent = sum(map(_is_silent, tree.walk()))
    count = len(set(faults_in(tree, markdown, pictures))) - silent
    if count > 0:
        said = ngettext(
            "%(language)s: %(count)s fault in the text",
            "%(language)s: %(count)s faults in the text",
            count,
        )
        yield said % {"language": name, "count": count}
    if silent:
        said = ngettext(
            "%(language)s: %(count)s picture says nothing to those who cannot see it",
            "%(language)s: %(count)s pictures say nothing to those who cannot see them",
            silent,
        )
        yield said % {"language": name, "count": silent}


def _is_silent(node: Node) -> bool:
    return node.type == "image" and not plain(node).strip() and not is_decorative(node)
