"""A question as an attempt asks it: whose attempt it is, and by what an answer is read and measured."""

import json
import uuid
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import lru_cache
from typing import Any

from django import forms
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.http import QueryDict

from lessons.prepared import Given, Rows
from quizzes.kinds import kind_named
from quizzes.kinds.base import Kind, read_answer
from quizzes.models import Attempt, AttemptItem, Learner, QuestionVersion
from quizzes.rules import Rules


@dataclass(frozen=True)
class Measure:
    """What reads and grades the answers to one version of a question, whoever gives them."""

    kind: Kind[Any, Any, Any]
    structure: Any
    key: Any
    critical: bool
    field: forms.Field

    @classmethod
    def of(cls, version: QuestionVersion) -> "Measure":
        return _measure(
            version.kind, json.dumps(version.structure), json.dumps(version.answer_key), critical=version.critical
        )

    def read(self, data: QueryDict) -> Any:
        """The answer that was sent; raises ValidationError that says what is wrong with it."""
        return read_answer(self.field, data)

    def grade(self, value: Any) -> Fraction:
        """What an answer earns, 0 to 1."""
        return self.kind.grade(self.structure, self.key, value, critical=self.critical)

    def are_same(self, one: Any, other: Any) -> bool:
        """Whether two answers mean the same."""
        return bool(self.kind.canonical(one) == self.kind.canonical(other))


# By what is written, so that nothing is ever out of date.


@lru_cache(maxsize=2000)
def _measure(name: str, written_structure: str, written_key: str, *, critical: bool) -> Measure:
    kind = kind_named(name)
    structure, key = kind.parse(json.loads(written_structure), json.loads(written_key))
    return Measure(kind, structure, key, critical, kind.field(structure))


@lru_cache(maxsize=500)
def _rules(written: str) -> Rules:
    return Rules.model_validate(json.loads(written))


@dataclass(frozen=True)
class Asked:
    """One step of an attempt, with what is not changed by an answer to it."""

    attempt: uuid.UUID
    step: int
    item: int
    deadline: datetime | None
    seconds: int | None
    shown_at: datetime | None
    mode: str
    rules: Rules
    measure: Measure
    learner: Learner


def asked_at(attempt: uuid.UUID, step: int) -> Asked | None:
    """That step of the attempt, by one query; None where there is none. Of its learner no more than who they are."""
    for item, *times, rules, kind, structure, key, critical, user, merged, erased, pk in _steps(
        attempt=attempt, step=step
    ):
        measure = _measure(kind, structure, key, critical=critical)
        whose = Learner(pk=pk, user_id=user, merged_into_id=merged, erased_at=erased)
        deadline, seconds, shown_at, mode = times
        return Asked(attempt, step, item, deadline, seconds, shown_at, mode, _rules(rules), measure, whose)
    return None


def _written(path: str) -> Cast:
    return Cast(path, TextField())


def _step(attempt: Given, step: Given) -> QuerySet[AttemptItem, Any]:
    return (
        AttemptItem.objects.filter(attempt=attempt, step=step)
        .order_by()
        .values_list(
            "pk",
            "attempt__deadline",
            "version__seconds",
            "shown_at",
            "mode",
            _written("attempt__rules"),
            "version__kind",
            _written("version__structure"),
            _written("version__answer_key"),
            "version__critical",
            "attempt__learner__user",
            "attempt__learner__merged_into",
            "attempt__learner__erased_at",
            "attempt__learner",
        )
    )


_steps = Rows(_step, attempt=Attempt._meta.pk, step=AttemptItem._meta.get_field("step"))
