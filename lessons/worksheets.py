"""Worksheets in a lesson's text: what is to be filled in, and the form for it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

from lessons import slots
from lessons.fact_values import NUMBER
from lessons.filling import facts_in, facts_named, fill
from lessons.models import Revision, State
from lessons.rows import FACT_FACTOR, FieldKind, Sum, sum_of
from lessons.words import preferring

BLOCK = re.compile(
    r'<div class="worksheet" data-worksheet="([^"]*)"><p class="block-title">(.*?)</p>\s*<ul>(.*?)</ul>\s*</div>',
    re.DOTALL,
)
ROW = re.compile(
    r'<li class="field" data-field="([^"]*)" data-kind="([^"]*)"(?: data-sum="([^"]*)")?>(.*?)</li>', re.DOTALL
)
SLOT = "worksheet"
CLAUSE = re.compile(r"[:;,(،؛]")
LONGEST = 200
WHOLE = re.compile(r"[0-9٠-٩]{1,4}")


@dataclass(frozen=True)
class Field:
    """One line to fill in; `label` is HTML."""

    key: str
    kind: FieldKind
    label: SafeString
    total: Sum | None = None


@dataclass(frozen=True)
class FilledField:
    """A line with what was filled in."""

    field: Field
    value: str = ""
    faulty: bool = False
    result: float | None = None
    """What a sum comes to, once its numbers are filled in."""
    formula: str = ""
    """The sum in words, for whoever reckons it by hand."""

    @property
    def key(self) -> str:
        return self.field.key

    @property
    def kind(self) -> FieldKind:
        return self.field.kind

    @property
    def label(self) -> SafeString:
        return self.field.label

    @property
    def total(self) -> Sum | None:
        return self.field.total


@dataclass(frozen=True)
class Worksheet:
    key: str
    title: str
    fields: tuple[Field, ...]

    @cached_property
    def to_fill_in(self) -> dict[str, Field]:
        """The lines that a person fills in: all but the sums."""
        return {field.key: field for field in self.fields if field.kind != "sum"}

    def filled(self, values: Mapping[str, str]) -> list[FilledField]:
        known = {key: float(value) for key, value in values.items() if WHOLE.fullmatch(value)}
        return [self._filled(field, values.get(field.key, ""), known) for field in self.fields]

    def _filled(self, field: Field, value: str, known: dict[str, float]) -> FilledField:
        if field.total:
            return FilledField(field, result=field.total.value(known), formula=self._formula(field.total))
        return FilledField(field, value, faulty=field.kind == "number" and bool(value) and not WHOLE.fullmatch(value))

    def _formula(self, total: Sum) -> str:
        names = {field.key: CLAUSE.split(strip_tags(field.label), maxsplit=1)[0].strip() for field in self.fields}
        return " + ".join(" × ".join(names.get(factor, factor) for factor in product) for product in total.products)


def with_numbers(html: str, facts: Mapping[str, str]) -> str:
    """`html` with the local facts in its sums filled in; where a country's value is no number, the sum stays open."""

    def counted(row: re.Match[str]) -> str:
        return row[0].replace(row[3], _with_facts(row[3], facts)) if row[3] else row[0]

    return ROW.sub(counted, html)


def _with_facts(kept: str, facts: Mapping[str, str]) -> str:
    def number(factor: re.Match[str]) -> str:
        value = facts.get(factor[1], "").strip()
        return f"{float(value.replace('٫', '.')):g}" if NUMBER.fullmatch(value) else factor[0]

    return re.sub(rf"{FACT_FACTOR}([a-z0-9-]+)", number, kept)


def worksheets_in(html: str) -> dict[str, Worksheet]:
    """By their keys, from sanitised HTML with its facts filled in."""
    return {block[1]: _worksheet(block) for block in BLOCK.finditer(html)}


def _worksheet(block: re.Match[str]) -> Worksheet:
    return Worksheet(block[1], block[2], tuple(_field(row) for row in ROW.finditer(block[3])))


def _field(row: re.Match[str]) -> Field:
    key, kind, kept, label = row.groups()
    return Field(key, kind, mark_safe(label), sum_of(kept) if kept else None)  # type: ignore[arg-type]  # noqa: S308


def worksheet_of(lesson_key: str, key: str, language: str) -> Worksheet | None:
    """The worksheet as the lesson's readers have it; None where none is published. Two queries."""
    published = Revision.objects.filter(state=State.PUBLISHED, text__lesson__key=lesson_key)
    row = published.order_by(preferring(language, "text__language")).values_list("html", "text__language").first()
    if row is None:
        return None
    html, spoken = row
    facts = facts_named(facts_in(html), spoken)
    return worksheets_in(fill(with_numbers(html, facts), facts)).get(key)


def blank(html: str) -> SafeString:
    """The text with its worksheets as anybody fills them in."""
    return mark_safe(BLOCK.sub(lambda block: form(_worksheet(block), {}), html))  # noqa: S308 - sanitised or ours


def with_slots(html: str, lesson_key: str, title: str) -> SafeString:
    """The same for a page that is cached: each person with an account finds there what they have filled in.

    `title` is the lesson's, for the sheet on paper.
    """

    def place(block: re.Match[str]) -> str:
        blank_form = form(_worksheet(block), {}, lesson_key, title=title)
        return slots.marked(SLOT, "\n".join([lesson_key, title, block[0]]), blank_form)

    return mark_safe(BLOCK.sub(place, html))  # noqa: S308 - sanitised or ours


def form(
    worksheet: Worksheet,
    values: Mapping[str, str],
    lesson_key: str = "",
    *,
    title: str = "",
    save_url: str = "",
    csrf_token: str = "",
    saved: bool = False,
) -> str:
    """The worksheet to fill in; without a `save_url` it stays in the browser."""
    context = {
        "worksheet": worksheet,
        "title": title,
        "rows": worksheet.filled(values),
        "kept_as": f"{lesson_key}/{worksheet.key}" if lesson_key else "",
        "longest": LONGEST,
        "save_url": save_url,
        "csrf_token": csrf_token,
        "saved": saved,
    }
    return render_to_string("lessons/worksheet.html", context)
