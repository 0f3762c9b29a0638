"""What a person was writing, the newest first, and what each lesson still lacks before it can be sent to review."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from lessons.models import Lesson, Placement, Revision, RevisionMedia, State
from portal.accounts.models import User
from portal.studio.lacks import Lack, Shown, lacks_of
from portal.studio.languages import written_languages
from portal.studio.models import Comment, Release
from portal.studio.picks import PickGroup, pick_group
from portal.studio.question_standing import by_lesson, question_standings
from portal.studio.standing import STANDING, rows_of, standings
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
            list(lacks_of(lesson, texts[lesson.pk], asked[lesson.pk], pictures[lesson.pk], placed=lesson.placed)),
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
    placed = Exists(Placement.objects.filter(lesson=OuterRef("pk")).exclude(edition__state=State.SUPERSEDED))
    found = Lesson.objects.filter(mine).annotate(saved_at=saved_at, placed=placed)
    return found.order_by(F("saved_at").desc(nulls_last=True), "key")


def _pictures_of(lessons: Collection[int]) -> dict[int, list[Shown]]:
    """By lesson the pictures that its texts may show. One query."""
    uses = RevisionMedia.objects.filter(revision__text__lesson__in=lessons, revision__state__in=STANDING)
    shown: dict[int, dict[str, Shown]] = defaultdict(dict)
    for use in uses.select_related("media__credit", "media__cropped_from__credit", "revision__text").order_by("name"):
        shown[use.revision.text.lesson_id].setdefault(use.name, Shown.of(use))
    return defaultdict(list, {lesson: list(pictures.values()) for lesson, pictures in shown.items()})


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
