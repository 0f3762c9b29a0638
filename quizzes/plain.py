"""The words of a question in one plain form, in which the question bank is searched."""

from collections.abc import Iterator
from typing import Any

from lessons.search.normalising import words as words_in


def plain_of(said: Any) -> str:
    """Every word of `said` (strings in dicts and lists) in the form of `lessons.search.normalising`, blanks between."""
    return " ".join(word.form for text in _texts(said) for word in words_in(text))


def _texts(said: Any) -> Iterator[str]:
    if isinstance(said, str):
        yield said
    elif isinstance(said, dict | list):
        for part in said.values() if isinstance(said, dict) else said:
            yield from _texts(part)
