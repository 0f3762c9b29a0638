"""The one way to ask the database which documents hold which words; each engine answers with its own full text."""

from typing import Protocol

from django.db import connection

from lessons.search import postgres, sqlite

Phrase = tuple[str, ...]
Wanted = tuple[tuple[Phrase, ...], ...]
"""For each thing asked for, the phrases that would do; a phrase is stems that all must stand in the document."""


class Engine(Protocol):
    def hold(self) -> None:
        """One transaction writes the index at a time; the next waits here for the end of this one."""

    def best(self, wanted: Wanted, language: str, most: int, *, every: bool) -> tuple[list[int], int]:
        """Ids of the `most` likely documents, and how many there are: of `every` thing wanted, or of any of them."""

    def beginning(self, stems: tuple[str, ...], beginnings: tuple[str, ...], language: str, most: int) -> list[int]:
        """Ids of documents whose title holds `stems` and a word that begins with one of `beginnings`."""


def engine() -> Engine:
    engines: dict[str, Engine] = {"sqlite": sqlite, "postgresql": postgres}
    return engines[connection.vendor]
