"""A country's facts, and what its instructor sends from their page."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from lessons.models import LocalFact, LocalFactValue, State
from portal.accounts.models import User

FACTS, TRY, SEND = "/en/studio/facts/", "/en/studio/facts/try/", "/en/studio/facts/review/"


def fact_named(key: str, kind: str = "text", **defaults: str) -> LocalFact:
    """A fact with a default phrase in each language that is given (`en="your number"`)."""
    fact: LocalFact = LocalFact.objects.create(key=key, kind=kind)
    for language, default in defaults.items():
        fact.texts.create(language=language, label=f"{key} ({language})", default=default)
    return fact


def published_value(fact: LocalFact, value: str, language: str = "") -> LocalFactValue:
    now = timezone.now()
    return LocalFactValue.objects.create(
        fact=fact, value=value, language=language, state=State.PUBLISHED, published_at=now
    )


def fact_fields(client: Client) -> dict[str, Any]:
    """Everything that the browser would send back of the page, nothing in it changed."""
    page: Any = client.get(FACTS)
    forms = [form for _slug, _title, lines in page.context["groups"] for line in lines for form in line.forms]
    return {field.html_name: field.value() or "" for form in forms for field in form}


def write_facts(client: Client, **values: str) -> Any:
    """Open the page, write values (`emergency_number_all="112"`), save."""
    typed = {f"{name.replace('_', '-')}-value": value for name, value in values.items()}
    return client.post(FACTS, fact_fields(client) | typed)


@pytest.fixture
def number() -> LocalFact:
    return fact_named("emergency-number", "phone", en="your local emergency number", ar="رقم الطوارئ في بلدكم")


@pytest.fixture
def table() -> LocalFact:
    return fact_named("siren-table", en="ask your civil defence", ar="اسألوا الدفاع المدني")


@pytest.fixture
def draft(number: LocalFact, instructor: User) -> LocalFactValue:
    return LocalFactValue.objects.create(fact=number, value="112", author=instructor)
