"""What may be better about the questions of a lesson, as those who write and review them are told it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from portal.studio.languages import language_name
from portal.studio.question_standing import QuestionStanding
from portal.studio.questions.base import QuestionForm
from portal.studio.shown import with_dots
from quizzes.lint import Finding, lint_check, lint_question
from quizzes.models import QuestionText, QuestionVersion


@dataclass(frozen=True)
class Advice:
    """One thing that may be better; `name` is that of the language, where it is about one."""

    message: str
    name: str = ""


def advice_for(standing: QuestionStanding) -> list[Advice]:
    """About the question as it is being written."""
    return advice_for_texts(standing.current, standing.words)


def advice_for_texts(version: QuestionVersion | None, texts: Mapping[str, QuestionText]) -> list[Advice]:
    """About a version with these words."""
    if version is None:
        return []
    words = {language: text.words for language, text in texts.items()}
    return _said(_found(version.kind, (version.structure, version.answer_key), words, critical=version.critical))


def advice_for_form(form: QuestionForm) -> list[Advice]:
    """About what is typed so far; what is not written yet is nothing to advise on."""
    return _said(_found(form.kind, form.parts, form.words, critical=form.cleaned_data.get("critical", False)))


def advice_for_check(standings: Iterable[QuestionStanding]) -> list[Advice]:
    """About the questions of a lesson together."""
    versions = [standing.current for standing in standings]
    chosen = [version for version in versions if version and version.kind == "single_choice"]
    return _said(lint_check(place for version in chosen if (place := _place_of_key(version))))


def _place_of_key(version: QuestionVersion) -> tuple[int, int] | None:
    options, right = version.structure.get("options", []), version.answer_key.get("right")
    return (options.index(right), len(options)) if right in options else None


def _found(
    kind: str, parts: tuple[dict[str, Any], dict[str, Any]], words: Mapping[str, Any], *, critical: bool
) -> list[Finding]:
    told = {language: with_dots(said) for language, said in words.items()}
    return lint_question(kind, *parts, told, critical=critical)


def _said(findings: Iterable[Finding]) -> list[Advice]:
    return [Advice(each.message, language_name(each.language) if each.language else "") for each in findings]
