"""The reviewed table of everyday words (`everyday.yaml`): what people say, and the words that our texts use for it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from lessons.search.normalising import words
from lessons.search.stemming import stem
from lessons.search.tiers import Phrase

FILE = Path(__file__).with_name("everyday.yaml")


@dataclass(frozen=True)
class EverydayWords:
    """One language's part of the table, everything as stems.

    `empty` are words that say nothing about what is looked for; `meanings` are by the first stem of what is said.
    """

    empty: frozenset[str]
    meanings: dict[str, list[tuple[Phrase, tuple[Phrase, ...]]]] = field(default_factory=dict)
    said: frozenset[str] = frozenset()

    def beginning(self, stems: Phrase) -> tuple[Phrase, tuple[Phrase, ...]] | None:
        """The longest entry with which `stems` begins, as (what is said, what it means); None where none does."""
        entries = self.meanings.get(stems[0], ()) if stems else ()
        fitting = [entry for entry in entries if stems[: len(entry[0])] == entry[0]]
        return max(fitting, key=lambda entry: len(entry[0]), default=None)


@cache
def everyday(language: str) -> EverydayWords:
    """The table for a language; an empty one where the file has none."""
    part = _table().get(language, {"empty": [], "entries": []})
    empty = frozenset(word.form for text in part["empty"] for word in words(text))
    meanings: dict[str, list[tuple[Phrase, tuple[Phrase, ...]]]] = {}
    spelt: set[str] = set()
    for entry in part["entries"]:
        means = tuple(tuple(map(stem, _full(text, empty))) for text in entry["means"])
        for forms in (_full(text, empty) for text in entry["say"]):
            said = tuple(map(stem, forms))
            meanings.setdefault(said[0], []).append((said, means))
            spelt.update(forms)
    return EverydayWords(empty, meanings, frozenset(spelt))


def said_words(language: str) -> Iterator[tuple[str, str]]:
    """(word, its stem) of everything that the table says, so that its misspellings are understood too."""
    for word in sorted(everyday(language).said):
        yield word, stem(word)


def _full(text: str, empty: frozenset[str]) -> tuple[str, ...]:
    """Its words that say something, as a question is read too."""
    return tuple(word.form for word in words(text) if word.form not in empty)


@cache
def _table() -> dict[str, dict[str, list[Any]]]:
    table: dict[str, dict[str, list[Any]]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return table
