"""Saving what an instructor makes of a question: a draft version where its structure changed, else draft words."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max

from lessons.models import Lesson, State
from portal.accounts.audit import record
from portal.accounts.models import User
from portal.studio.authorship import sign
from portal.studio.question_standing import QuestionStanding, question_standings, standing_of
from portal.studio.standing import OPEN
from quizzes.checks import ask_in_check
from quizzes.kinds import kind_named
from quizzes.models import Question, QuestionSkill, QuestionText, QuestionVersion


@dataclass(frozen=True)
class Composed:
    """A question as its form holds it: everything that a version and its words are made of."""

    structure: dict[str, Any]
    answer_key: dict[str, Any]
    critical: bool
    words: dict[str, dict[str, Any]]

    @classmethod
    def of(cls, standing: QuestionStanding) -> "Composed | None":
        """What is kept of the question now; None where it has no version."""
        version = standing.current
        if version is None:
            return None
        words = {language: tidy(text.words) for language, text in standing.words.items()}
        return cls(version.structure, version.answer_key, version.critical, words)

    def fits(self, version: QuestionVersion) -> bool:
        """Whether the version is structured and graded just so: then only words can differ."""
        known = kind_named(version.kind)
        ours, theirs = (self.structure, self.answer_key), (version.structure, version.answer_key)
        return self.critical == version.critical and known.parse(*ours) == known.parse(*theirs)


def tidy(words: Any) -> Any:
    """Words as a form gives them back: without blanks around them."""
    if isinstance(words, dict):
        return {name: tidy(said) for name, said in words.items()}
    return words.replace("\r\n", "\n").strip() if isinstance(words, str) else words


def is_kept(composed: Composed, standing: QuestionStanding, kind: str = "") -> bool:
    """Whether just this is kept already, in a question of that kind where one is named."""
    version, kept = standing.current, Composed.of(standing)
    if version is None or kept is None or kind not in {"", version.kind}:
        return False
    return composed.fits(version) and composed.words == kept.words


class Moved(Exception):
    """The question is not as it was when the form was opened; nothing was saved."""


class ChangedMeanwhile(Moved):
    """Somebody else saved it, or it was published."""


class UnderReview(Moved):
    """It was sent to review, where it waits unchanged."""


def mark_of(standing: QuestionStanding) -> str:
    """What a form is given out with: which rows it began from, and what was in them."""
    rows = [standing.published, standing.working, *(text for _language, text in sorted(standing.words.items()))]
    kept = Composed.of(standing)
    told = [row.pk if row else 0 for row in rows], asdict(kept) if kept else None
    return hashlib.blake2b(json.dumps(told, sort_keys=True).encode(), digest_size=12).hexdigest()


@transaction.atomic
def save(question: Question, by: User, composed: Composed, mark: str) -> bool:
    """Save it as a draft; False when there was nothing to change. Raises ChangedMeanwhile or UnderReview."""
    standing = _locked(question)
    if is_kept(composed, standing):
        return False
    if mark != mark_of(standing):
        raise ChangedMeanwhile
    if standing.in_review:
        raise UnderReview
    write(standing, by, composed)
    return True


def write(standing: QuestionStanding, by: User | None, composed: Composed) -> None:
    """The draft of a question that the caller has locked and found to be open."""
    version = _version_for(standing, composed, by)
    _save_words(version, standing, composed.words, by)


@transaction.atomic
def create(lesson: Lesson, key: str, kind: str, by: User, composed: Composed) -> Question:
    """A new question with its first draft; the same form sent twice makes one, and a key that is taken another."""
    Lesson.objects.select_for_update().get(pk=lesson.pk)
    made = Question.objects.filter(authority=lesson.authority, key=key, lesson=lesson).first()
    if made and is_kept(composed, standing_of(made), kind):
        return made
    return begin(lesson, next_key(lesson), kind, by, composed)


def begin(lesson: Lesson, key: str, kind: str, by: User | None, composed: Composed) -> Question:
    """A new question of that key, which is free, with its first draft; the caller holds the lesson."""
    last = lesson.questions.aggregate(last=Max("position"))["last"]
    question = Question.objects.create(
        authority=lesson.authority, key=key, lesson=lesson, position=0 if last is None else last + 1
    )
    version = QuestionVersion.objects.create(
        question=question,
        number=1,
        kind=kind,
        structure=composed.structure,
        answer_key=composed.answer_key,
        critical=composed.critical,
        author=by,
    )
    sign(version, by)
    _save_words(version, QuestionStanding(question), composed.words, by)
    ask_in_check(question)
    record(by, "question.created", question, question=question.pk)
    return question


def next_key(lesson: Lesson) -> str:
    """The key of the lesson's next question, as in LS-2-Q7; a number is never used twice."""
    begin = f"{lesson.key}-Q"
    keys = Question.objects.filter(authority=lesson.authority, key__startswith=begin).values_list("key", flat=True)
    numbers = [int(key[len(begin) :]) for key in keys if re.fullmatch(r"[0-9]{1,6}", key[len(begin) :])]
    return f"{begin}{max(numbers, default=0) + 1}"


def set_difficulty(question: Question, difficulty: str) -> bool:
    """How hard its author expects it to be; whether that was another before. It counts at once, like the skills."""
    changed = Question.objects.filter(pk=question.pk).exclude(difficulty=difficulty).update(difficulty=difficulty)
    return bool(changed)


@transaction.atomic
def set_skills(question: Question, skills: Iterable[int]) -> bool:
    """What the question tests, weights that are set already kept; whether that is new.

    It counts at once: skills are no part of a version.
    """
    chosen = set(skills)
    had = set(question.weights.values_list("skill", flat=True))
    question.weights.exclude(skill__in=chosen).delete()
    added = [QuestionSkill(question=question, skill_id=skill) for skill in sorted(chosen - had)]
    QuestionSkill.objects.bulk_create(added, ignore_conflicts=True)
    return chosen != had


@transaction.atomic
def discard(question: Question, by: User) -> bool:
    """Throw away every draft of the question, and the question with it if it never was public; whether there was one.

    Raises UnderReview.
    """
    standing = _locked(question)
    if standing.in_review:
        raise UnderReview
    if not standing.drafts:
        return False
    QuestionText.objects.filter(version__question=question, state=State.DRAFT).delete()
    QuestionVersion.objects.filter(question=question, state=State.DRAFT).delete()
    if not question.versions.exists():
        question.entries.all().delete()
        question.delete()
    record(by, "question.discarded", question)
    return True


def _locked(question: Question) -> QuestionStanding:
    return locked([question.pk])[0]


def locked(questions: Iterable[int]) -> list[QuestionStanding]:
    """The questions with their open rows, which nobody else can change meanwhile; locked in the order of publishing."""
    wanted = list(questions)
    texts = QuestionText.objects.filter(version__question__in=wanted, state__in=OPEN).select_related("version")
    list(texts.order_by("version_id", "pk").select_for_update(of=("self", "version")))
    versions = QuestionVersion.objects.filter(question__in=wanted, state__in=OPEN).order_by("pk")
    list(versions.select_related("question").select_for_update(of=("self", "question")))
    found = Question.objects.filter(pk__in=wanted).order_by("pk")
    list(found.select_for_update())
    return question_standings(found)


def _version_for(standing: QuestionStanding, composed: Composed, by: User | None) -> QuestionVersion:
    """The version that the words belong to: the draft, or the published one while only words differ."""
    working, published = standing.working, standing.published
    if working is None and published is not None and composed.fits(published):
        return published
    version = working or _begin_version(standing, published)
    version.question = standing.question
    if published and version.number <= published.number:
        version.number = _next_number(standing.question)
    version.structure, version.answer_key = composed.structure, composed.answer_key
    version.critical, version.author = composed.critical, by
    begun = version.pk is None
    version.save()
    sign(version, by)
    if begun and published:
        version.sources.add(*published.sources.values_list("pk", flat=True))
        QuestionText.objects.filter(version=published, state=State.DRAFT).delete()
    return version


def _begin_version(standing: QuestionStanding, published: QuestionVersion | None) -> QuestionVersion:
    """A draft of the same kind: a question's kind is what it is."""
    if published is None:
        raise ValueError(f"{standing.question} has no version to go on from")
    return QuestionVersion(question=standing.question, number=0, kind=published.kind, seconds=published.seconds)


def _next_number(question: Question) -> int:
    highest = QuestionVersion.objects.filter(question=question).aggregate(highest=Max("number"))["highest"]
    return (highest or 0) + 1


def _save_words(
    version: QuestionVersion, standing: QuestionStanding, words: Mapping[str, dict[str, Any]], by: User | None
) -> None:
    """Draft words in each language in which they differ; a draft in a language that has none any more goes."""
    texts = standing.texts_of(version, (State.DRAFT, State.PUBLISHED))
    for language, said in words.items():
        text = texts.get(language)
        if text is None or text.state != State.DRAFT:
            if text is None or tidy(text.words) != said:
                _new_text(version, language, said, by)
        elif tidy(text.words) != said:
            text.words, text.author = said, by
            text.save(update_fields=["words", "author"])
            sign(text, by)
    left = QuestionText.objects.filter(version=version, state=State.DRAFT).exclude(language__in=list(words))
    left.delete()


def _new_text(version: QuestionVersion, language: str, words: dict[str, Any], by: User | None) -> None:
    highest = QuestionText.objects.filter(version=version, language=language).aggregate(highest=Max("number"))
    number = (highest["highest"] or 0) + 1
    sign(QuestionText.objects.create(version=version, language=language, number=number, words=words, author=by), by)
