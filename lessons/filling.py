"""Fills the places that a published text leaves open: local facts and links to other lessons."""

import re
from collections.abc import Mapping
from typing import Any

from django.db.models import CharField, OuterRef, QuerySet, Subquery, Value
from django.urls import reverse
from django.utils.html import format_html

from lessons.models import GlossaryText, LocalFactText, LocalFactValue, State
from lessons.models.facts import FACT
from lessons.rows import facts_in_sums
from lessons.tips import Tip
from lessons.words import preferring

TERM = ""
"""Stands where a row about a fact says its language."""
LESSON = re.compile(r"\{lesson:([A-Za-z0-9-]+)\}")


def facts_named(keys: set[str], language: str) -> dict[str, str]:
    """This country's value of each fact in `language`, or the default phrase where none is set; one query or none."""
    if not keys:
        return {}
    rows = _facts(keys, language).order_by(preferring(language).desc())
    found = rows.values_list("fact__key", "default", "country_value")
    return {key: country_value or default for key, default, country_value in found}


def facts_and_tips(keys: set[str], language: str) -> tuple[dict[str, str], list[Tip]]:
    """What `facts_named` returns, and the terms that lessons in `language` explain; one query for both."""
    facts = _facts(keys, language).order_by().values_list("language", "fact__key", "default", "country_value")
    terms = GlossaryText.objects.filter(language=language, marked=True).order_by()
    no_fact = Value(TERM, CharField())
    rows = list(facts.union(terms.values_list(no_fact, "glossary_term__key", "term", "definition"), all=True))
    rows.sort(key=lambda row: row[0] == language)
    named = {key: country_value or default for kind, key, default, country_value in rows if kind != TERM}
    return named, [Tip(key, term, definition) for kind, key, term, definition in rows if kind == TERM]


def _facts(keys: set[str], language: str) -> QuerySet[Any]:
    value = (
        LocalFactValue.objects.filter(fact=OuterRef("fact"), state=State.PUBLISHED, language__in=["", language])
        .order_by("-language")
        .values("value")[:1]
    )
    return LocalFactText.objects.filter(fact__key__in=keys).annotate(country_value=Subquery(value))


def facts_in(text: str) -> set[str]:
    return set(FACT.findall(text)) | facts_in_sums(text)


def fill(html: str, facts: Mapping[str, str]) -> str:
    """`html` with its facts and lesson links filled in; a fact nobody knows is left out."""
    html = FACT.sub(lambda found: format_html("<bdi>{}</bdi>", facts.get(found[1], "")), html)
    return LESSON.sub(lambda found: reverse("lessons:by_key", kwargs={"key": found[1]}), html)


def fill_plain(text: str, facts: Mapping[str, str]) -> str:
    """`text`, which is not HTML, with its facts filled in."""
    return FACT.sub(lambda found: facts.get(found[1], ""), text)
