"""What the page of a release shows: each text block by block, each question, the checklist, the experts' links."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from portal.studio.models import Invitation, Release
from portal.studio.outside.invitations import lines_of
from portal.studio.outside.signing import texts_to_sign
from portal.studio.review.checklist import computed_points
from portal.studio.review.remarks import Remark, about_all, comments_of, remarks_in
from portal.studio.review.texts import TextInBlocks, in_blocks
from portal.studio.review.ticks import human_points
from portal.studio.reviewed_questions import QuestionReview, reviewed_questions
from portal.studio.reviewed_texts import TextReview, reviewed_texts
from portal.studio.reviewing import ReleaseReview
from portal.studio.shown import Shown

STILL_OPEN = (Release.State.DRAFT, Release.State.IN_REVIEW, Release.State.APPROVED)
CHANGES, WHOLE, BESIDE = "changes", "whole", "beside"


@dataclass(frozen=True)
class ShownText:
    review: TextReview
    blocks: TextInBlocks


@dataclass(frozen=True)
class ShownQuestion:
    review: QuestionReview
    remarks: list[Remark]
    shown: list[Shown]


def page_of(release: Release, review: ReleaseReview, show: str) -> dict[str, Any]:
    """The context for its author and reviewers; `show` is one of changes, whole and beside, or else the first."""
    comments = list(comments_of(release))
    remarks = remarks_in(comments)
    return {
        "review": review,
        "comments": about_all(comments),
        "texts": _texts(review.texts, remarks),
        "questions": _questions(review.questions, remarks),
        "open_count": sum(remark.is_open for remark in remarks),
        "points": computed_points(release, review.texts, review.questions) if release.state in STILL_OPEN else [],
        "human_points": human_points(release),
        "experts": lines_of(release),
        "show": show if show in (WHOLE, BESIDE) else CHANGES,
    }


def page_for_expert(release: Release, invitation: Invitation, show: str) -> dict[str, Any]:
    """The context for who holds a link: what is in it in their language, and what they have said of it themselves."""
    comments = list(comments_of(release))
    mine = [remark for remark in remarks_in(comments) if remark.comment.guest_id == invitation.pk]
    texts = [text for text in reviewed_texts(release) if text.language == invitation.language]
    return {
        "release": release,
        "texts": _texts(texts, mine),
        "questions": _questions(reviewed_questions(release), mine, invitation.language),
        "signs": bool(texts_to_sign(invitation)),
        "show": show if show in (CHANGES, BESIDE) else WHOLE,
    }


def _texts(texts: Sequence[TextReview], remarks: Sequence[Remark]) -> list[ShownText]:
    return [ShownText(text, in_blocks(text, remarks)) for text in texts]


def _questions(
    questions: Sequence[QuestionReview], remarks: Sequence[Remark], language: str = ""
) -> list[ShownQuestion]:
    """In that language alone where one is named and they have words in it."""
    return [
        ShownQuestion(
            review,
            [remark for remark in remarks if remark.comment.question_id == review.question.pk],
            [each for each in review.shown if each.language == language] or review.shown,
        )
        for review in questions
    ]
