"""Fills the places that a published text leaves open: local facts and links to other lessons."""

import re
from collections.abc import Mapping

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.html import format_html

from lessons.models import LocalFactText, LocalFactValue, State
from lessons.models.facts import FACT
from lessons.words import preferring

LESSON = re.compile(r"\{lesson:([A-Za-z0-9-]+)\}")


def facts_named(keys: set[str], language: str) -> dict[str, str]:
    """This country's value of each fact in `language`, or the default phrase where none is set; one query or none."""
    if not keys:
        return {}
    value = (
        LocalFactValue.objects.filter(fact=OuterRef("fact"), state=State.PUBLISHED, language__in=["", language])
        .order_by("-language")
        .values("value")[:1]
    )
    rows = (
        LocalFactText.objects.filter(fact__key__in=keys)
        .annotate(country_value=Subquery(value))
        .order_by(preferring(language).desc())
        .values_list("fact__key", "default", "country_value")
    )
    return {key: country_value or default for key, default, country_value in rows}


def facts_in(text: str) -> set[str]:
    return set(FACT.findall(text))


def fill(html: str, facts: Mapping[str, str]) -> str:
    """`html` with its facts and lesson links filled in; a fact nobody knows is left out."""
    html = FACT.sub(lambda found: format_html("<bdi>{}</bdi>", facts.get(found[1], "")), html)
    return LESSON.sub(lambda found: reverse("lessons:by_key", kwargs={"key": found[1]}), html)


def fill_plain(text: str, facts: Mapping[str, str]) -> str:
    """`text`, which is not HTML, with its facts filled in."""
    return FACT.sub(lambda found: facts.get(found[1], ""), text)
