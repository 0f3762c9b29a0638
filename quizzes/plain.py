"""The words of a question in one plain form, in which the question bank is searched."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from lessons.search.normalising import words as words_in

BATCH = 500


def plain_of(said: Any) -> str:
    """Every word of `said` (strings in dicts and lists) in the form of `lessons.search.normalising`, blanks between."""
    return " ".join(word.form for text in _texts(said) for word in words_in(text))


def _texts(said: Any) -> Iterator[str]:
    if isinstance(said, str):
        yield said
    elif isinstance(said, dict | list):
        for part in said.values() if isinstance(said, dict) else said:
            yield from _texts(part)


def write_missing(texts: QuerySet[Any]) -> int:
    """Writes the plain form of those question texts that have none, a batch a transaction; how many."""
    batch, count = texts.filter(plain=None).select_for_update().order_by("pk").only("words")[:BATCH], 0
    while done := _write(texts, batch):
        count += done
    return count


def _write(texts: QuerySet[Any], batch: QuerySet[Any]) -> int:
    with transaction.atomic(using=texts.db):
        rows = list(batch.all())
        for row in rows:
            row.plain = plain_of(row.words)
        return texts.bulk_update(rows, ["plain"], batch_size=BATCH // 4)
