"""Certificates: one page for each sitting that earned a completion, under the sitting's id, which nobody can guess.

One that earned again after a withdrawal has the page of what it earned last. What was completed by reading has none.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from lessons.catalogue import course_url
from lessons.models import EditionText
from lessons.words import in_language
from quizzes.models import Completion, CompletionWithdrawal, Learner, Response
from quizzes.progress import everything_of
from quizzes.validity import LATEST, has_run_out

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that is read for something else
GROUPS, GROUP = 3, 4


@dataclass(frozen=True)
class Certificate:
    """A completion as its page shows it; `renewed` when a later one of the same course has taken its place.

    One that was withdrawn says since when and why, and certifies nothing any more.
    """

    public_id: uuid.UUID
    reference: str
    course_id: int
    title: str
    edition: str
    edition_id: int
    course_url: str
    completed_on: date
    expires_on: date | None
    has_run_out: bool
    renewed: bool = False
    withdrawn_on: date | None = None
    withdrawn_because: str = ""


def reference(public_id: uuid.UUID) -> str:
    """The short form of an id for paper, its first 60 bits: `K7QD-2M4X-9TRC`."""
    number, letters = public_id.int >> (128 - 5 * GROUPS * GROUP), ""
    for _each in range(GROUPS * GROUP):
        number, letter = divmod(number, 32)
        letters = LETTERS[letter] + letters
    return "-".join(letters[start : start + GROUP] for start in range(0, len(letters), GROUP))


def certificates(learner: Learner, language: str) -> list[Certificate]:
    """What the sittings of a learner and of the guests merged into them have earned, the latest first; one query.

    A completion that was withdrawn and one that the same sitting has earned since are two, with one id.
    """
    seen: set[int] = set()
    found = []
    for row in _completions(learner, language):
        withdrawal = getattr(row, "withdrawal", None)
        found.append(_certificate(row, withdrawal, renewed=row.course_id in seen))
        if withdrawal is None:
            seen.add(row.course_id)
    return found


def _completions(learner: Learner, language: str) -> Iterable[Completion]:
    texts = EditionText.objects.all()
    rows = Completion.objects.filter(everything_of(learner), attempt__isnull=False)
    return (
        rows.select_related("edition", "course", "withdrawal")
        .annotate(
            title=in_language(texts, "edition", "title", language, "edition"),
        )
        .order_by(*LATEST)
    )


def _certificate(row: Completion, withdrawal: CompletionWithdrawal | None, *, renewed: bool) -> Certificate:
    public_id: uuid.UUID = row.attempt_id  # type: ignore[assignment]
    return Certificate(
        public_id=public_id,
        reference=reference(public_id),
        course_id=row.course_id,
        title=row.title or row.course.key,  # type: ignore[attr-defined]
        edition=row.edition.label,
        edition_id=row.edition_id,
        course_url=course_url(row.course.slug) if row.course.archived_at is None else "",
        completed_on=row.completed_on,
        expires_on=row.expires_on,
        has_run_out=has_run_out(row.expires_on, timezone.localdate()),
        renewed=renewed,
        withdrawn_on=withdrawal.withdrawn_on if withdrawal else None,
        withdrawn_because=withdrawal.reason if withdrawal else "",
    )


def language_of(certificate: Certificate) -> str:
    """The language in which the sitting that earned it was last answered, as `ar` or `en`; empty if none was."""
    answers = Response.objects.filter(item__attempt=certificate.public_id).order_by("-item__step", "-sequence")
    return answers.values_list("language", flat=True).first() or ""
