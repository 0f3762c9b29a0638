"""Rows with a permanent key, and their words: loaded at once, compared in memory, written where they differ."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db import models

from portal.exchange.storing.report import Outcome

Identity = tuple[str, str]
Placed = tuple[Identity, str, Any]
"""A row of a shared file: whose it is, its place for the report, and what it says."""


def write(row: models.Model, fields: Mapping[str, Any]) -> Outcome:
    """Set what differs; nothing is written where nothing does."""
    differing = {name: value for name, value in fields.items() if getattr(row, name) != value}
    for name, value in differing.items():
        setattr(row, name, value)
    if differing:
        row.save(update_fields=list(differing))
    return Outcome.CHANGED if differing else Outcome.UNCHANGED


class Shelf:
    """The rows of one model that a package names, by authority and key."""

    def __init__(self, model: type[models.Model], keys: Iterable[str]) -> None:
        self.objects: Any = model._default_manager
        rows: Iterable[Any] = self.objects.filter(key__in=set(keys))
        self.rows: dict[Identity, Any] = {(row.authority, row.key): row for row in rows}

    def put(self, identity: Identity, **fields: Any) -> tuple[Any, Outcome]:
        """The row with these fields, made or changed as needed."""
        row = self.rows.get(identity)
        if row is not None:
            return row, write(row, fields)
        authority, key = identity
        row = self.rows[identity] = self.objects.create(authority=authority, key=key, **fields)
        return row, Outcome.CREATED


class References:
    """Rows of one model by key; of two with the same key, the one of the authority that asks."""

    def __init__(self, model: type[models.Model]) -> None:
        objects: Any = model._default_manager
        self.ids: dict[str, dict[str, int]] = {}
        for key, authority, pk in objects.order_by("-pk").values_list("key", "authority", "pk"):
            self.ids.setdefault(key, {})[authority] = pk

    def id(self, key: str, authority: str) -> int:
        """The primary key; raises KeyError for a key that nothing has."""
        found = self.ids[key]
        return found.get(authority) or next(reversed(found.values()))

    def all(self, keys: Iterable[str], authority: str) -> list[int]:
        return [self.id(key, authority) for key in keys]


def put_words(model: type[models.Model], owner: str, wanted: Mapping[int, Mapping[str, Any]]) -> dict[int, Outcome]:
    """Words by owner and language (pydantic parts); returns what became of each owner's. Other languages stay."""
    objects: Any = model._default_manager
    standing = {(getattr(row, f"{owner}_id"), row.language): row for row in objects.filter(**{f"{owner}__in": wanted})}
    outcomes, new = {}, []
    for pk, languages in wanted.items():
        outcomes[pk] = Outcome.UNCHANGED
        for language, words in languages.items():
            fields = words.model_dump()
            if row := standing.get((pk, language)):
                outcomes[pk] = max(outcomes[pk], write(row, fields))
            else:
                new.append(model(**{f"{owner}_id": pk, "language": language}, **fields))
                outcomes[pk] = Outcome.CHANGED
    objects.bulk_create(new)
    return outcomes


def set_links(manager: Any, ids: Iterable[int]) -> Outcome:
    """A many-to-many relation holding exactly these rows."""
    wanted = set(ids)
    if set(manager.values_list("pk", flat=True)) == wanted:
        return Outcome.UNCHANGED
    manager.set(wanted)
    return Outcome.CHANGED


def decimal(number: Any, places: str) -> Decimal:
    """A number as the database gives it back: `decimal(0.8, "0.001")` is 0.800."""
    return Decimal(str(number)).quantize(Decimal(places))
