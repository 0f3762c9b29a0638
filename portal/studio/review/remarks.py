"""What is said beside a paragraph or a question of a release: placing it, answering it, settling it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.accounts.models import User
from portal.studio.models import Comment, Release

ALIKE = 0.6
MOST_SHOWN = 100


@dataclass(frozen=True)
class Remark:
    """A comment with what was answered to it."""

    comment: Comment
    answers: list[Comment] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return self.comment.resolved_at is None


def comments_of(release: Release) -> QuerySet[Comment]:
    return release.comments.select_related("author", "guest", "resolved_by", "question", "lesson_text")


def remarks_in(comments: Iterable[Comment]) -> list[Remark]:
    """The comments that stand beside something, each with its answers."""
    every = list(comments)
    answers = defaultdict[int, list[Comment]](list)
    for comment in every:
        if comment.answers_id:
            answers[comment.answers_id].append(comment)
    return [Remark(comment, answers[comment.pk]) for comment in every if _is_beside(comment)]


def about_all(comments: Iterable[Comment]) -> list[Comment]:
    """Those about the release as a whole."""
    return [comment for comment in comments if not _is_beside(comment) and not comment.answers_id]


def _is_beside(comment: Comment) -> bool:
    return not comment.answers_id and bool(comment.lesson_text_id or comment.question_id or comment.quote)


def open_remarks() -> QuerySet[Comment]:
    """What is not settled yet beside texts and questions of releases that are not over."""
    under_way = (Release.State.DRAFT, Release.State.IN_REVIEW, Release.State.APPROVED)
    beside = Q(lesson_text__isnull=False) | Q(question__isnull=False)
    rows = Comment.objects.filter(beside, answers=None, resolved_at=None, release__state__in=under_way)
    return rows.select_related("author", "guest", "release", "question__lesson", "lesson_text__lesson")


def placed(remarks: Sequence[Remark], quotes: Sequence[str]) -> tuple[dict[int, list[Remark]], list[Remark]]:
    """By number of the paragraph what is said of it, `quotes` being the paragraphs; and what is said of none any more.

    A paragraph that still has the words comes first, then the one that is most like them.
    """
    found, lost = defaultdict[int, list[Remark]](list), list[Remark]()
    for remark in remarks:
        place = _place(remark.comment, quotes)
        if place is None:
            lost.append(remark)
        else:
            found[place].append(remark)
    return dict(found), lost


def _place(comment: Comment, quotes: Sequence[str]) -> int | None:
    block = comment.block
    if block is not None and block < len(quotes) and quotes[block] == comment.quote:
        return block
    if comment.quote in quotes:
        return quotes.index(comment.quote)
    words = comment.quote.split()
    likeness = [SequenceMatcher(None, words, quote.split(), autojunk=False).ratio() for quote in quotes]
    best = max(range(len(quotes)), key=lambda at: likeness[at], default=None)
    return best if best is not None and likeness[best] >= ALIKE else None


def answer(to: Comment, by: User, text: str) -> Comment:
    """The same answer sent twice is kept once."""
    said, _made = Comment.objects.get_or_create(release_id=to.release_id, answers=to, author=by, text=text)
    return said


def settle(comment: Comment, by: User, *, resolved: bool) -> None:
    """Resolve it, or open it again."""
    comment.resolved_at, comment.resolved_by = (timezone.now(), by) if resolved else (None, None)
    comment.save(update_fields=["resolved_at", "resolved_by"])
