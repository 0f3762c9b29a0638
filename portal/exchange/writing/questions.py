"""`quiz.yaml` and `final.yaml`: rules, rows of the draw, and questions as their kinds store them."""

from collections.abc import Mapping, Sequence
from datetime import UTC
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from pydantic import BaseModel, ValidationError

from portal.exchange.faults import FaultList
from portal.exchange.writing.standing import HOLDS_FILE, StandingQuestion
from portal.exchange.writing.yaml_files import Said, Short, ShortList, said, short, stated
from quizzes.kinds import KINDS
from quizzes.models import Quiz

WISHES = ("topic", "skill", "difficulty", "kind", "lesson", "module", "pool")


def rules(quiz: Quiz, file: str, faults: FaultList) -> dict[str, Any]:
    """The rules of a quiz and the rows of its draw; what is left to the format's defaults is left out."""
    at_once = Quiz.Feedback.AT_ONCE if quiz.purpose == Quiz.Purpose.CHECK else Quiz.Feedback.AT_END
    return {"pass_mark": number(quiz.pass_mark)} | stated(
        draw=quiz.draw,
        draw_rows=[short(_row(row)) for row in quiz.draw_rows.all()],
        time_limit_minutes=_minutes(quiz.time_limit, file, faults),
        time_essential=quiz.time_essential,
        attempt_limit=quiz.attempt_limit,
        cooldown_minutes=_minutes(quiz.cooldown, file, faults),
        feedback=None if quiz.feedback == at_once else str(quiz.feedback),
        due_at=quiz.due_at and Said(quiz.due_at.astimezone(UTC).isoformat()),
        confidence=quiz.confidence,
    )


def number(value: Decimal) -> int | float:
    """As a person writes it: 1 and not 1.00."""
    return int(value) if value == int(value) else float(value)


def question(one: StandingQuestion, languages: Sequence[str], pictures: Mapping[str, str]) -> dict[str, Any]:
    """A question; `pictures` are the names of its lesson's figures, by their files."""
    row, version = one.question, one.version
    structure, key, words = _in_order(one, languages)
    if isinstance(shown := structure.get(HOLDS_FILE), Mapping):
        structure[HOLDS_FILE] = pictures.get(str(shown["file"]), str(shown["file"]))
    weights = {weight.skill.key: number(weight.weight) for weight in row.weights.all()}
    return {
        "key": row.key,
        "kind": version.kind,
        **stated(
            critical=version.critical,
            profile=row.profile if row.profile and not one.is_of_variant else None,
            difficulty=row.difficulty,
            pool=one.pool,
            seconds=version.seconds,
        ),
        "skills": Short(sorted(weights.items())),
        **stated(sources=ShortList(sorted(source.key for source in version.sources.all()))),
        **{name: _of_structure(value) for name, value in (structure | key).items()},
        "texts": {language: said(spoken) for language, spoken in words.items()},
    }


def _row(row: Any) -> dict[str, Any]:
    named = {name: getattr(row, name) for name in WISHES if getattr(row, name)}
    return {"count": row.count} | {name: getattr(value, "key", value) for name, value in named.items()}


def _minutes(seconds: int | None, file: str, faults: FaultList) -> int | None:
    if seconds and seconds % 60:
        message = _(
            "%(seconds)s seconds are no whole number of minutes, and a package counts minutes. Change the rules."
        )
        faults.add(file, 1, message % {"seconds": seconds})
    return seconds and seconds // 60


def _of_structure(value: Any) -> Any:
    """Ids and numbers stand on one line, whatever their depth; so do lists of spellings."""
    if isinstance(value, list) and value and all(isinstance(inner, Mapping) for inner in value):
        return [short(inner) for inner in value]
    if isinstance(value, Mapping) and any(isinstance(inner, list) for inner in value.values()):
        return {name: short(inner) for name, inner in value.items()}
    return short(value)


def _in_order(one: StandingQuestion, languages: Sequence[str]) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Structure, key and words, their fields as the kind has them: PostgreSQL keeps no order of its own."""
    version, kind = one.version, KINDS[one.version.kind]
    spoken = {language: one.words[language] for language in languages if language in one.words}
    try:
        structure, key = kind.parse(version.structure, version.answer_key)
        words = {language: kind.parse_words(text, structure, key) for language, text in spoken.items()}
    except (ValidationError, ValueError):
        return dict(version.structure), dict(version.answer_key), spoken
    ids = {name: at for at, name in enumerate(kind.ids(structure))}
    return (
        _like(version.structure, structure, ids),
        _like(version.answer_key, key, ids),
        {language: _like(text, words[language], ids) for language, text in spoken.items()},
    )


def _like(raw: Any, parsed: Any, ids: Mapping[str, int]) -> Any:
    """`raw` with fields in the order of the schema, and what is named by ids in that of the ids."""
    if isinstance(raw, Mapping):
        if isinstance(parsed, BaseModel):
            names = [name for name in type(parsed).model_fields if name in raw]
            names += [name for name in raw if name not in names]
            return {name: _like(raw[name], getattr(parsed, name, None), ids) for name in names}
        names = sorted(raw, key=lambda name: (ids.get(name, len(ids)), name))
        inner = parsed if isinstance(parsed, Mapping) else {}
        return {name: _like(raw[name], inner.get(name), ids) for name in names}
    if isinstance(raw, list):
        parts = list(parsed) if isinstance(parsed, list | tuple) and len(parsed) == len(raw) else [None] * len(raw)
        return [_like(inner, part, ids) for inner, part in zip(raw, parts, strict=True)]
    return raw
