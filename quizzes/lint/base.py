"""A question as the rules read it, in one language."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from quizzes.kinds.base import Kind

WITH_OPTIONS = ("single_choice", "multiple_choice", "hotspot")
"""Kinds in which one thing is chosen among others that are shown with it."""
ASKS = re.compile("[?؟]")
SENTENCE = re.compile(r"[^.!?؟…]*[.!?؟…]*")
NOT_YET = "…"
"""What stands for words that are not written yet."""


@dataclass(frozen=True)
class Finding:
    """What a rule says; `language` is empty where it is about all of them, `rule` is its permanent name."""

    rule: str
    message: str
    language: str = ""


@dataclass(frozen=True)
class Choice:
    text: str
    right: bool


@dataclass(frozen=True)
class Asked:
    """One language of a question, parsed by its kind."""

    kind: Kind[Any, Any, Any]
    structure: Any
    key: Any
    language: str
    words: Any
    critical: bool = False

    @property
    def stem(self) -> str:
        return written(self.words.stem)

    @property
    def explanation(self) -> str:
        return written(self.words.explanation)

    @cached_property
    def choices(self) -> tuple[Choice, ...]:
        """What is chosen from, as it is stored; () where the kind shows no options, or they are not written yet."""
        if self.kind.name not in WITH_OPTIONS:
            return ()
        found = self.kind.countables(self.structure, self.key, self.words)
        choices = tuple(Choice(written(str(one.label)), one.right) for one in found)
        return choices if all(choice.text for choice in choices) else ()

    @property
    def rights(self) -> list[str]:
        return [choice.text for choice in self.choices if choice.right]

    @property
    def wrongs(self) -> list[str]:
        return [choice.text for choice in self.choices if not choice.right]

    @property
    def asking(self) -> str:
        """The sentences of the stem that ask, or else its last one."""
        sentences = [found.strip() for found in SENTENCE.findall(self.stem) if found.strip()]
        asking = [sentence for sentence in sentences if ASKS.search(sentence)]
        return " ".join(asking or sentences[-1:])


Rule = Callable[[Asked], Iterator[Finding]]


def written(text: str) -> str:
    """The words; "" where there are none yet."""
    said = text.strip()
    return "" if said == NOT_YET else said
