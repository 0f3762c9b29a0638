"""Topics, skills, sources, local facts and terms: they have no versions and take the package's words."""

from collections.abc import Iterator
from typing import Any

from django.db import models

from lessons.models import (
    GlossaryTerm,
    GlossaryText,
    LocalFact,
    LocalFactText,
    Skill,
    SkillText,
    Source,
)
from portal.exchange.folders import Package
from portal.exchange.schemas.shared import SourceRow
from portal.exchange.storing.report import Outcome, Report
from portal.exchange.storing.rows import Identity, Placed, References, Shelf, put_words, write
from portal.exchange.storing.topics import store_topics


def store_shared(package: Package, report: Report) -> None:
    """Every row of every shared file; one that stands in several files is taken once."""
    _store_sources(package, report)
    store_topics(rows_of(package, "topics.yaml"), report)
    _store_skills(package, report)
    _store_plain(package, report, "local-facts.yaml", (LocalFact, LocalFactText, "fact"), "kind")
    _store_plain(package, report, "glossary.yaml", (GlossaryTerm, GlossaryText, "glossary_term"))


def rows_of(package: Package, name: str) -> list[Placed]:
    """(identity, place for the report, row)."""
    found: dict[Identity, Placed] = {}
    for authority, document, _path, row in package.shared_rows(name):
        found.setdefault((authority, row.key), ((authority, row.key), f"{document.file}: {row.key}", row))
    return list(found.values())


def _store_skills(package: Package, report: Report) -> None:
    """A skill first, then its parts, which name it as their parent."""
    rows = rows_of(package, "skills.yaml")
    shelf = Shelf(Skill, [key for _identity, _place, row in rows for key in (row.key, *(p.key for p in row.parts))])
    stored = []
    for identity, place, row in rows:
        skill, outcome = shelf.put(identity, parent_id=None)
        stored.append((place, row, skill, outcome))
        for part in row.parts:
            point, outcome = shelf.put((identity[0], part.key), parent_id=skill.pk)
            stored.append((f"{place}: {part.key}", part, point, outcome))
    _store_words(SkillText, "skill", stored, report)


def _store_sources(package: Package, report: Report) -> None:
    rows = rows_of(package, "sources.yaml")
    shelf = Shelf(Source, _keys(rows))
    stored = [
        (place, row, identity[0], *shelf.put(identity, **row.model_dump(exclude={"key", "superseded_by"})))
        for identity, place, row in rows
    ]
    sources = References(Source)
    for place, row, authority, source, outcome in stored:
        report.note(place, max(outcome, write(source, _superseded(row, authority, sources))))


def _superseded(row: SourceRow, authority: str, sources: References) -> dict[str, int | None]:
    """Left out, it stays as the administration has it."""
    if "superseded_by" not in row.model_fields_set:
        return {}
    return {"superseded_by_id": sources.id(row.superseded_by, authority) if row.superseded_by else None}


def _store_plain(
    package: Package,
    report: Report,
    name: str,
    tables: tuple[type[models.Model], type[models.Model], str],
    *fields: str,
) -> None:
    """Rows that have nothing beside their words but these fields; `tables`: model, its words, their owner's name."""
    model, texts, owner = tables
    rows = rows_of(package, name)
    shelf = Shelf(model, _keys(rows))
    stored = [
        (place, row, *shelf.put(identity, **{field: getattr(row, field) for field in fields}))
        for identity, place, row in rows
    ]
    _store_words(texts, owner, stored, report)


def _store_words(
    model: type[models.Model], owner: str, stored: list[tuple[str, Any, Any, Outcome]], report: Report
) -> None:
    outcomes = put_words(model, owner, {row.pk: part.texts for _place, part, row, _outcome in stored})
    for place, _part, row, outcome in stored:
        report.note(place, max(outcome, outcomes[row.pk]))


def _keys(rows: list[Placed]) -> Iterator[str]:
    return (row.key for _identity, _place, row in rows)
