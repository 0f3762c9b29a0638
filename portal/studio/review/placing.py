"""Putting a remark beside a paragraph or a question: what was meant is found again by the server, not believed."""

from typing import Any

from django.utils.translation import gettext as _

from portal.studio.models import Comment, Release
from portal.studio.refusals import ReleaseError
from portal.studio.review.texts import paragraphs_of
from quizzes.models import Question


class NoSuchPlace(ReleaseError):
    """The paragraph or question is not in the release."""


def place_named(release: Release, name: str) -> dict[str, Any]:
    """The fields of a comment there, for `text-7-3` (revision, paragraph) or `question-5`; raises NoSuchPlace."""
    sort, *numbers = name.split("-")
    if not all(number.isdecimal() for number in numbers):
        raise _no_such_place()
    if sort == "text" and len(numbers) == 2:
        return _paragraph(release, int(numbers[0]), int(numbers[1]))
    if sort == "question" and len(numbers) == 1:
        return _question(release, int(numbers[0]))
    raise _no_such_place()


def _no_such_place() -> NoSuchPlace:
    return NoSuchPlace(_("What this was written beside is not in the release any more. Load the page again."))


def _paragraph(release: Release, revision: int, block: int) -> dict[str, Any]:
    found = release.revisions.select_related("text__lesson").filter(pk=revision).first()
    quotes = paragraphs_of(found) if found else []
    if found is None or block >= len(quotes):
        raise _no_such_place()
    return {"lesson_text_id": found.text_id, "block": block, "quote": quotes[block]}


def _question(release: Release, question: int) -> dict[str, Any]:
    found = Question.objects.filter(pk=question).first()
    texts = release.texts.filter(version__question=question)
    if found is None or not (texts.exists() or release.versions.filter(question=question).exists()):
        raise _no_such_place()
    text = texts.first()
    return {"question_id": found.pk, "quote": str(text or found.key)[:400]}


def remark(release: Release, place: str, text: str, **by: Any) -> Comment:
    """Say `text` beside it, once however often it is sent; `by` is `author` or `guest`. Raises NoSuchPlace."""
    said, _made = Comment.objects.get_or_create(release=release, text=text, **place_named(release, place), **by)
    return said
