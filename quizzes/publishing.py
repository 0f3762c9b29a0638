"""Publishing what belongs to quizzes: versions of questions and their words.

A text goes out before its version, so that no version is ever asked without words. The texts of a version that has been
superseded stay as they are: attempts that began with it go on showing them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from pydantic import ValidationError

from lessons.credits import reasons_against_files
from lessons.filling import facts_in
from lessons.models import RELEASED, CourseEdition, State
from lessons.profiles import in_force
from lessons.publishing import locked, set_free, supersede
from lessons.readiness import Reason, reasons_of_standing, refuse, unknown_facts
from quizzes.checks import make_missing
from quizzes.draw_reasons import reasons_against_draw
from quizzes.draws import pool
from quizzes.kinds import KINDS
from quizzes.models import QuestionText, QuestionVersion, Quiz

# Versions


def reasons_against_versions(
    versions: Collection[QuestionVersion], coming: Collection[QuestionText] = ()
) -> list[Reason]:
    """Everything that keeps these versions from being published; `coming` are texts that go out with them."""
    questions = [version.question_id for version in versions]
    public = QuestionVersion.objects.filter(question__in=questions, state__in=RELEASED)
    numbers = dict(public.values_list("question", "number"))
    reasons = reasons_of_standing(versions, lambda version: version.question_id, numbers)
    reasons += [Reason(fault, version) for version in versions for fault in _faults_of_version(version)]
    return reasons + _wordless(versions, coming) + reasons_against_files(_pictures_of(versions))


def _pictures_of(versions: Collection[QuestionVersion]) -> list[str]:
    """The files of the pictures that the versions ask about."""
    named = (
        version.structure.get(field)
        for version in versions
        if version.kind in KINDS
        for field in KINDS[version.kind].picture_fields()
    )
    return [str(picture["file"]) for picture in named if isinstance(picture, dict) and "file" in picture]


def publish_version(version: QuestionVersion, now: datetime) -> None:
    """Make this the version that is asked from now on; its texts are public already. Raises NotReady.

    A question of a profile that is not in force is not asked; its version waits in reserve.
    """
    publish_versions([version], now)


@transaction.atomic
def publish_versions(versions: Sequence[QuestionVersion], now: datetime) -> None:
    """The same for several, in a fixed number of queries."""
    if not versions:
        return
    drafts = locked(QuestionVersion.objects.all(), versions, "question")
    refuse(reasons_against_versions(drafts))
    supersede(QuestionVersion.objects.filter(question__in=[draft.question_id for draft in drafts]), now)
    profile = in_force(held=True) if any(draft.question.profile for draft in drafts) else ""
    reserve = {draft.pk for draft in drafts if draft.question.profile not in ("", profile)}
    set_free(versions, now, reserve)
    make_missing([version for version in versions if version.pk not in reserve])


def _wordless(versions: Collection[QuestionVersion], coming: Collection[QuestionText]) -> list[Reason]:
    """Versions without words, or without them in a language in which the question could be read until now."""
    had, has = defaultdict[int, set[str]](set), defaultdict[int, set[str]](set)
    public = QuestionText.objects.filter(state=State.PUBLISHED, version__question__in=[v.question_id for v in versions])
    for pk, question, state, language in public.values_list(
        "version", "version__question", "version__state", "language"
    ):
        has[pk].add(language)
        if state in RELEASED:
            had[question].add(language)
    for text in coming:
        has[text.version_id].add(text.language)
    reasons = []
    for version in versions:
        missing = had[version.question_id] - has[version.pk]
        if missing:
            message = _("The new question has no words in: %(languages)s. Write them, as it has had them so far.")
            reasons.append(Reason(message % {"languages": ", ".join(sorted(missing))}, version))
        elif not has[version.pk]:
            reasons.append(Reason(_("The question has no words yet. Write them in one language at least."), version))
    return reasons


# Texts


def reasons_against_texts(texts: Collection[QuestionText]) -> list[Reason]:
    """Everything that keeps these words from being published."""
    public = QuestionText.objects.filter(version__in=[text.version_id for text in texts], state=State.PUBLISHED)
    numbers = {(version, language): number for version, language, number in public.values_list(*_TEXT_OWNER, "number")}
    reasons = reasons_of_standing(texts, lambda text: (text.version_id, text.language), numbers)
    for text in texts:
        if text.version.state == State.SUPERSEDED:
            message = _("These are the words of an older version of the question. Write them for the new one.")
            reasons.append(Reason(message, text))
        reasons += [Reason(fault, text) for fault in _faults_of_words(text)]
    return reasons + unknown_facts((text, facts_in(str(text.words))) for text in texts)


_TEXT_OWNER = ("version", "language")


def publish_text(text: QuestionText, now: datetime) -> None:
    """Make these the words of the version in their language; raises NotReady."""
    publish_texts([text], now)


@transaction.atomic
def publish_texts(texts: Sequence[QuestionText], now: datetime) -> None:
    """The same for several, in a fixed number of queries."""
    if not texts:
        return
    drafts = locked(QuestionText.objects.all(), texts, "version")
    refuse(reasons_against_texts(drafts))
    for language in {draft.language for draft in drafts}:
        versions = [draft.version_id for draft in drafts if draft.language == language]
        supersede(QuestionText.objects.filter(version__in=versions, language=language), now)
    set_free(texts, now)


# Finals


def reasons_against_final(edition: CourseEdition) -> list[Reason]:
    """A final that could ask nothing, or not what its rules say, once everything it may ask is public."""
    final = Quiz.objects.filter(edition=edition).first()
    if final is None:
        return []
    if not pool(final).exists():
        return [Reason(_("The final has no question to ask. Add questions to the lessons of the course."), edition)]
    return [Reason(reason, edition) for reason in reasons_against_draw(final, list(final.draw_rows.all()))]


# Faults of structure and words


def faults(error: ValueError) -> list[str]:
    """What a kind refused, one line each: `where: what`."""
    if not isinstance(error, ValidationError):
        return [str(error)]
    return [_one_fault(fault["loc"], fault["msg"]) for fault in error.errors()]


def _one_fault(place: Iterable[Any], message: str) -> str:
    where = ".".join(str(step) for step in place)
    message = message.removeprefix("Value error, ")
    return f"{where}: {message}" if where else message


def _faults_of_version(version: QuestionVersion) -> list[str]:
    kind = KINDS.get(version.kind)
    if kind is None:
        return [_("Questions of this kind cannot be asked yet.")]
    try:
        kind.parse(version.structure, version.answer_key)
    except ValueError as error:
        return faults(error)
    return []


def _faults_of_words(text: QuestionText) -> list[str]:
    """Faults of the words; none where the version itself is faulty, which is said of that."""
    version = text.version
    if _faults_of_version(version):
        return []
    kind = KINDS[version.kind]
    try:
        kind.parse_words(text.words, *kind.parse(version.structure, version.answer_key))
    except ValueError as error:
        return faults(error)
    return []
