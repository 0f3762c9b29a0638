"""Questions of a file kept as drafts of a lesson: all of them or none, and nothing new when it is read again.

The key of a question is made from its number or name in the file, so the same file finds its own questions again. What
the file leaves empty is never taken away: an explanation that was written since stays.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lessons.models import Lesson
from portal.accounts.audit import record
from portal.accounts.models import User
from portal.exchange.questions.asked import Asked, Note, QuestionFile
from portal.exchange.questions.drafting import drafted
from portal.exchange.questions.making import Drafted, NotKept
from portal.exchange.questions.option_ids import OptionIds
from portal.exchange.questions.pictures import PictureShelf
from portal.studio import compositions
from portal.studio.compositions import Composed, is_kept, tidy
from portal.studio.question_standing import QuestionStanding
from quizzes.kinds import KINDS, kind_named
from quizzes.kinds.gap_fill import pieces
from quizzes.models import Question, QuestionVersion

CREATED, CHANGED, UNCHANGED, NOT_KEPT = "created", "changed", "unchanged", "not_kept"


@dataclass(frozen=True)
class Line:
    """What became of one question of the file, or would; `key` is empty where it is not kept."""

    line: int
    title: str
    outcome: str
    key: str = ""
    kind: str = ""
    notes: tuple[Note, ...] = ()


@dataclass
class Report:
    """What reading a file did, or would do."""

    lines: list[Line] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def count(self, outcome: str) -> int:
        return sum(line.outcome == outcome for line in self.lines)

    @property
    def counts(self) -> dict[str, int]:
        return {outcome: self.count(outcome) for outcome in (CREATED, CHANGED, UNCHANGED, NOT_KEPT)}

    @property
    def changes_something(self) -> bool:
        return bool(self.count(CREATED) or self.count(CHANGED))

    @property
    def digest(self) -> str:
        """The same as long as it would do the same."""
        told = [(line.line, line.outcome, line.key, line.kind) for line in self.lines]
        return hashlib.blake2b(repr(told).encode(), digest_size=12).hexdigest()


class ChangedMeanwhile(Exception):
    """What would be done, in `report`, is no longer what was shown; nothing was changed."""

    def __init__(self, report: Report) -> None:
        self.report = report
        super().__init__(report.digest)


def keep(
    found: QuestionFile, lesson: Lesson, language: str, by: User | None, *, dry_run: bool = False, expected: str = ""
) -> Report:
    """Keep the questions as drafts of the lesson, with their words in that language.

    `expected` is the digest of the report that a person agreed to; raises ChangedMeanwhile where another one came out.
    """
    with transaction.atomic():
        Lesson.objects.select_for_update().get(pk=lesson.pk)
        report = _Keeper(found, lesson, language, by, dry_run=dry_run).keep()
        if expected and report.digest != expected:
            raise ChangedMeanwhile(report)
        if dry_run:
            transaction.set_rollback(True)
        elif report.changes_something:
            record(by, "questions.read", lesson, language=language, **report.counts)
    return report


def key_of(lesson: Lesson, identity: str) -> str:
    """The key of the question that a file names so: the lesson's, and a digest of the name."""
    digest = hashlib.blake2b(identity.encode("utf-8", errors="replace"), digest_size=5).hexdigest()
    return f"{lesson.key[:80]}-F{digest}"


class _Keeper:
    def __init__(self, found: QuestionFile, lesson: Lesson, language: str, by: User | None, *, dry_run: bool) -> None:
        self.found, self.lesson, self.language, self.by = found, lesson, language, by
        self.dry_run = dry_run
        self.shelf = PictureShelf(lesson, language, by, dry_run=dry_run)
        self.keys = self._keys()
        questions = Question.objects.filter(authority=lesson.authority, key__in=self.keys)
        standings = compositions.locked(questions.values_list("pk", flat=True))
        self.standings = {each.question.key: each for each in standings}
        self.ids: dict[int, set[str]] = {}
        versions = QuestionVersion.objects.filter(question__in=[each.question for each in self.standings.values()])
        for version in versions:
            if version.kind in KINDS:
                kind = kind_named(version.kind)
                used = self.ids.setdefault(version.question_id, set())
                used.update(kind.ids(kind.structure.model_validate(version.structure)))

    def _keys(self) -> list[str]:
        """A key for each question: the second of the same name has another one."""
        times: Counter[str] = Counter()
        keys = []
        for asked in self.found.questions:
            times[asked.identity] += 1
            again = times[asked.identity]
            keys.append(key_of(self.lesson, asked.identity if again == 1 else f"{asked.identity}\0{again}"))
        return keys

    def keep(self) -> Report:
        report = Report(notes=list(self.found.notes))
        for asked, key in zip(self.found.questions, self.keys, strict=True):
            report.lines.append(self._line(asked, key))
        return report

    def _line(self, asked: Asked, key: str) -> Line:
        title = (asked.name or asked.stem)[:200]
        notes = list(asked.notes)
        try:
            made, outcome, missing = self._kept(asked, key)
        except NotKept as refusal:
            return Line(asked.line, title, NOT_KEPT, notes=(Note(asked.line, str(refusal)), *notes))
        notes += [Note(asked.line, note) for note in made.notes]
        if missing:
            notes.append(Note(asked.line, missing))
        notes += [self.shelf.put(picture) for picture in asked.pictures]
        return Line(asked.line, title, outcome, key, kind_named(made.kind).called, tuple(notes))

    def _kept(self, asked: Asked, key: str) -> tuple[Drafted, str, str]:
        """The draft, what became of it, and which words are still missing; raises NotKept."""
        standing = self.standings.get(key)
        if standing is None:
            made = drafted(asked, self.language, OptionIds())
            composed = Composed(made.structure, made.answer_key, False, {self.language: tidy(made.words)})
            if not self.dry_run:
                compositions.begin(self.lesson, key, made.kind, self.by, composed)
            return made, CREATED, _missing(made, "; ".join(made.unwritten))
        return self._again(asked, standing)

    def _again(self, asked: Asked, standing: QuestionStanding) -> tuple[Drafted, str, str]:
        """A question that was read before."""
        question, kept = standing.question, Composed.of(standing)
        if question.archived_at:
            raise NotKept(_("It was retired in the portal (%(key)s), so it is left as it is.") % {"key": question.key})
        if question.lesson_id != self.lesson.pk or kept is None or standing.current is None:
            raise NotKept(_("It stands in another lesson now (%(key)s): read the file there.") % {"key": question.key})
        made = drafted(asked, self.language, self._ids(standing, kept))
        if made.kind != standing.current.kind:
            message = _("It is of another kind in the portal (%(key)s), and a question's kind is what it is.")
            raise NotKept(message % {"key": question.key})
        made = _with_what_was_added(made, kept, kept.words.get(self.language, {}))
        missing = "" if _is_whole(made) else _missing(made, _("words that the file does not have"))
        words = kept.words | {self.language: tidy(made.words)}
        composed = Composed(made.structure, made.answer_key, kept.critical, words)
        if is_kept(composed, standing):
            return made, UNCHANGED, missing
        if standing.in_review:
            raise NotKept(_("It is in review (%(key)s), where it waits unchanged.") % {"key": question.key})
        if not self.dry_run:
            compositions.write(standing, self.by, composed)
        return made, CHANGED, missing

    def _ids(self, standing: QuestionStanding, kept: Composed) -> OptionIds:
        version = standing.current
        words = kept.words.get(self.language) or next(iter(kept.words.values()), {})
        known = _known(version.kind, kept.structure, words) if version else {}
        return OptionIds(known, self.ids.get(standing.question.pk, ()))


def _known(kind: str, structure: Mapping[str, Any], words: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """The ids of each group with their words, in the order in which they stand."""
    groups = {name: words.get(name, {}) for name in ("options", "prompts")}
    known = {name: {one: said.get(one, "") for one in structure.get(name, ())} for name, said in groups.items()}
    if kind != "gap_fill":
        return known
    placed = [gap for gap, _before, _after in pieces(words.get("text", ""))] or list(structure["gaps"])
    known["gaps"] = {gap: f"gap {at}" for at, gap in enumerate(placed, 1)}
    for gap, choices in structure["gaps"].items():
        said = words.get("choices", {}).get(gap, {})
        known[f"choices of {gap}"] = {one: said.get(one, "") for one in choices}
    return known


def _with_what_was_added(made: Drafted, kept: Composed, words: Mapping[str, Any]) -> Drafted:
    """The file's question with what people have added since where the file says nothing."""
    structure, key = dict(made.structure), dict(made.answer_key)
    if made.kind == "short_answer":
        structure |= {name: said for name, said in kept.structure.items() if name == "spelling"}
        for part in ("right", "wrong"):
            had = kept.answer_key.get(part, {})
            for option, spellings in key.get(part, {}).items():
                theirs = had.get(option, [])
                key[part] = key[part] | {option: [*theirs, *(one for one in spellings if one not in theirs)]}
    if made.kind == "numerical" and "near" not in key and kept.answer_key.get("near"):
        whole = {**kept.answer_key, "near": None}
        known = kind_named(made.kind)
        if known.parse({}, whole) == known.parse({}, key):
            key["near"] = kept.answer_key["near"]
    said = _filled(made.words, words)
    if made.kind == "gap_fill" and words.get("stem"):
        said["stem"] = words["stem"]
    told = words.get("feedback")
    if made.kind in {"matching", "ordering", "gap_fill"} and isinstance(told, dict):
        said["feedback"] = {one: why for one, why in told.items() if one in _may_be_told(made)} | said["feedback"]
    return replace(made, structure=structure, answer_key=key, words=said)


def _filled(made: Any, had: Any) -> Any:
    """`made` with the empty words filled from `had`."""
    if isinstance(made, dict):
        return {name: _filled(said, had.get(name) if isinstance(had, Mapping) else None) for name, said in made.items()}
    return made or (had if isinstance(had, str) else "")


def _may_be_told(made: Drafted) -> set[str]:
    """The parts of a question to which something may be said, where nothing must be."""
    if made.kind == "gap_fill":
        right, gaps = made.answer_key["right"], made.structure["gaps"]
        return {f"{gap}:{one}" for gap, some in gaps.items() for one in some if one not in right[gap]}
    return set(made.structure["prompts" if made.kind == "matching" else "options"])


def _is_whole(made: Drafted) -> bool:
    kind = kind_named(made.kind)
    try:
        kind.parse_words(made.words, *kind.parse(made.structure, made.answer_key))
    except ValueError:
        return False
    return True


def _missing(made: Drafted, parts: str) -> str:
    return _("Still to be written: %(parts)s.") % {"parts": parts} if parts and not _is_whole(made) else ""
