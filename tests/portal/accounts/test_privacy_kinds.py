"""Whatever is held about people is described: a new model or field fails here until it is."""

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.db.models import Model

from portal.accounts.models import User
from portal.accounts.privacy.kinds import KINDS
from portal.accounts.retention import rules
from quizzes.models import Attempt, AttemptItem, Completion, Learner

PEOPLE = (User, Learner, Attempt, AttemptItem, Completion, EmailAddress)


def described() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for kind in KINDS:
        for label, fields in kind.rows.items():
            found.setdefault(label, set()).update(fields)
    return found


def marked() -> dict[str, set[str]]:
    return {label: set(fields) for kind in KINDS for label, fields in kind.marks.items()}


def leads_to_people(model: type[Model]) -> set[str]:
    return {field.name for field in model._meta.concrete_fields if field.is_relation and field.related_model in PEOPLE}


def undescribed(model: type[Any]) -> Iterator[str]:
    """Fields of the model that stand in no kind."""
    label, own = model._meta.label, leads_to_people(model)
    if not own and model not in PEOPLE:
        return
    if label in marked():
        yield from (f"{label}.{name}" for name in own - marked()[label])
        return
    fields = {field.name for field in model._meta.concrete_fields if not field.primary_key}
    yield from (f"{label}.{name}" for name in fields - described().get(label, set()))


def test_every_field_about_a_person_is_described() -> None:
    models = apps.get_models(include_auto_created=True)
    assert sorted(name for model in models for name in undescribed(model)) == []


def test_nothing_is_described_that_is_not_there() -> None:
    for label, fields in [*described().items(), *marked().items()]:
        model = apps.get_model(label)
        assert fields <= {field.name for field in model._meta.concrete_fields}, label


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_each_kind_says_why_who_sees_it_and_how_long(kind: Any) -> None:
    assert str(kind.what)
    assert str(kind.why)
    assert str(kind.seen_by)
    assert bool(str(kind.kept)) != bool(kind.rule)


def test_the_rules_that_kinds_name_are_there() -> None:
    assert {kind.rule for kind in KINDS if kind.rule} <= {rule.name for rule in rules()}
