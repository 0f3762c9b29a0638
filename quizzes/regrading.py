"""Regrading: a question's finished sittings are scored again by the key of its corrected version.

First the dry run says who changes and how; applying takes the same selection, and is refused where what it finds is not
what the dry run had found. Everything happens in one transaction, learner by learner in the order of their ids.

Answers are frozen and keep the share that they earned when they were given. What counts is `AttemptItem.fraction`, and
`regraded_by` says by which version. A sitting under way is left alone: it ends by the rules and the key with which it
began, and can be scored again afterwards. What was passed stays passed and what was completed stays completed, unless
whoever applies it says that these are to be withdrawn.
"""

import hashlib
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lessons.models import PUBLIC, RELEASED, State
from quizzes.foreseeing import Foreseen, foresee
from quizzes.holding import await_turn_to_regrade
from quizzes.kinds import KINDS
from quizzes.models import Question, QuestionText, QuestionVersion, Regrade
from quizzes.recording import record
from quizzes.rescoring import Rescored, Scorer, Selection, learners_of, left_alone

LINES = 25


class NotComparable(ValueError):
    """The corrected version cannot score these answers; its words say why."""


class Changed(Exception):
    """What is found now is not what the dry run had found; nothing was done."""


@dataclass
class Counts:
    """`items` are answers, without the questions that were left unanswered.

    `lost` and `earned_otherwise` are what holds if the passes that fall are withdrawn as well.
    """

    items: int = 0
    attempts: int = 0
    risen: int = 0
    fallen: int = 0
    passing: int = 0
    failing: int = 0
    earned: int = 0
    earned_otherwise: int = 0
    lost: int = 0

    def add(self, found: Foreseen) -> None:
        for one in found.sittings:
            self.items += sum(share is not None for _item, _before, share in one.items)
            self.attempts += 1
            self.risen += one.score_after > one.score_before
            self.fallen += one.score_after < one.score_before
            self.passing += one.rises
            self.failing += one.falls
        self.earned += len(found.kept.earned)
        self.earned_otherwise += len(found.withdrawn.earned)
        self.lost += len(found.withdrawn.lost)


@dataclass
class DryRun:
    """What would change: how much, for whom (the first `LINES` sittings or a few more), and a digest of all of it.

    `next` is the learner after whom the lines go on, or None; `under_way` and `erased` are sittings left alone.
    """

    counts: Counts = field(default_factory=Counts)
    lines: list[Rescored] = field(default_factory=list)
    next: uuid.UUID | None = None
    digest: str = ""
    under_way: int = 0
    erased: int = 0


def comparable(selection: Selection) -> None:
    """Raises NotComparable where the corrected version is not one that can score answers to the others."""
    versions = {version.pk: version for version in QuestionVersion.objects.filter(question=selection.question)}
    corrected = versions.get(selection.corrected)
    if corrected is None or corrected.state not in RELEASED:
        raise NotComparable(_("Only the published version of the question can score answers again."))
    if not selection.versions or selection.corrected in selection.versions:
        raise NotComparable(_("Choose one older version of the question or several."))
    for pk in selection.versions:
        if pk not in versions or versions[pk].state != State.SUPERSEDED:
            raise NotComparable(_("Choose older versions of this question only."))
        if reason := why_not_alike(versions[pk], corrected):
            raise NotComparable(reason)


def why_not_alike(old: QuestionVersion, corrected: QuestionVersion) -> str:
    """Why answers to the old version mean something else in the corrected one; empty where they mean the same."""
    number = {"number": old.number}
    if old.kind != corrected.kind:
        return _("Version %(number)s is another kind of question.") % number
    kind = KINDS[old.kind]
    one, other = (kind.parse(version.structure, version.answer_key)[0] for version in (old, corrected))
    if set(kind.ids(one)) != set(kind.ids(other)):
        return _("Version %(number)s has other options, so its answers cannot be read by the new key.") % number
    if kind.meant(one) != kind.meant(other):
        words = _("Version %(number)s has its options in other places, so its answers mean something else.")
        return words % number
    if "unit" in kind.words.model_fields and _asks_in_another_unit(old, corrected):
        return _("Version %(number)s asks in another unit, so its numbers mean something else.") % number
    return ""


def _asks_in_another_unit(old: QuestionVersion, corrected: QuestionVersion) -> bool:
    """In a language that both versions have; also where there is none, because then nobody can tell."""
    was, is_now = _units(old), _units(corrected)
    common = was.keys() & is_now.keys()
    return not common or any(was[language] != is_now[language] for language in common)


def _units(version: QuestionVersion) -> dict[str, str]:
    """The unit in which a number is asked, by language."""
    texts = QuestionText.objects.filter(version=version, state__in=PUBLIC)
    words = texts.order_by("number").values_list("language", "words")
    return {language: said["unit"] for language, said in words}


def dry_run(selection: Selection, today: date | None = None) -> DryRun:
    """What applying would change, without changing anything; holds one batch of learners at a time."""
    comparable(selection)
    found, digest = DryRun(), Digest(selection)
    found.under_way, found.erased = left_alone(selection)
    for batch in _foreseen(selection, today or timezone.localdate()):
        digest.take(batch, found.counts)
        if not found.next:
            _add_lines(found, [one for foreseen in batch for one in foreseen.sittings])
    found.digest = digest.hexdigest
    return found


def lines_after(selection: Selection, learner: uuid.UUID | None) -> DryRun:
    """One page of the sittings that change, those of the learners after this one; nothing else is told."""
    comparable(selection)
    found, scorer = DryRun(), Scorer(selection)
    for learners in learners_of(selection, learner):
        _add_lines(found, scorer.rescored(learners))
        if found.next:
            break
    return found


def _add_lines(found: DryRun, rescored: Sequence[Rescored]) -> None:
    """Whole learners, until the page is full."""
    for one in rescored:
        if not one.is_changed:
            continue
        if len(found.lines) >= LINES and found.lines[-1].learner != one.learner:
            found.next = found.lines[-1].learner
            return
        found.lines.append(one)


class Digest:
    """Takes in what is found, in its order, so that two findings can be told apart."""

    def __init__(self, selection: Selection) -> None:
        self._sum = hashlib.sha256(repr(selection).encode())

    def take(self, batch: Sequence[Foreseen], counts: Counts) -> None:
        for one in batch:
            counts.add(one)
            self._sum.update(repr(one).encode())

    @property
    def hexdigest(self) -> str:
        return self._sum.hexdigest()


def _foreseen(selection: Selection, today: date, *, hold: bool = False) -> Iterator[list[Foreseen]]:
    scorer = Scorer(selection)
    for learners in learners_of(selection):
        yield foresee(scorer, learners, today, hold=hold)


@transaction.atomic
def apply(
    selection: Selection,
    digest: str,
    reason: str,
    by: Any = None,
    *,
    withdraw: bool = False,
    now: datetime | None = None,
) -> Regrade:
    """Scores the sittings again and keeps what they were before; `digest` is that of the dry run.

    `withdraw` takes away the passes that fall, and the completions that rest on them, from today on. Raises Changed or
    NotComparable, and has then done nothing.
    """
    at = now or timezone.now()
    await_turn_to_regrade()
    Question.objects.select_for_update(no_key=True).get(pk=selection.question)
    comparable(selection)
    regrade = Regrade(
        question_id=selection.question,
        version_id=selection.corrected,
        chosen=selection.as_json(),
        by=by,
        reason=reason,
        day=timezone.localdate(at),
        at=at,
    )
    counts, now_found = Counts(), Digest(selection)
    for batch in _foreseen(selection, regrade.day, hold=True):
        now_found.take(batch, counts)
        record(regrade, batch, withdraw=withdraw)
    if now_found.hexdigest != digest:
        raise Changed
    return _kept(regrade, counts, digest, withdraw=withdraw)


def _kept(regrade: Regrade, counts: Counts, digest: str, *, withdraw: bool) -> Regrade:
    """The regrade's own row comes last, because it is frozen: what refers to it is checked when all is committed."""
    for name in ("items", "risen", "fallen", "passing", "failing"):
        setattr(regrade, name, getattr(counts, name))
    regrade.earned = counts.earned_otherwise if withdraw else counts.earned
    regrade.withdrawn = counts.lost if withdraw else 0
    regrade.digest = digest
    regrade.save(force_insert=True)
    return regrade
