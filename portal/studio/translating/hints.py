"""What a translation of a block may have forgotten: terms of the glossary, numbers, local facts, links, pictures."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from lessons.models import GlossaryText
from lessons.models.facts import FACT
from lessons.search.normalising import normalise
from lessons.tips import Terms, Tip

LINK = re.compile(r"\]\(\s*lesson:([\w-]+)")
PICTURE = re.compile(r"!\[[^\]]*\]\(\s*([\w./-]+)")
GAP = re.compile(r"\{([a-z][a-z0-9-]*)\}")
NOT_SAID = re.compile(r"\{[^{}]*\}|\]\([^)\s]*|(?m:^\s*\d+[.)]\s)|https?://\S+")
NUMBER = re.compile(r"\d+(?:[.,\u066b\u066c]\d+)*")
SEPARATORS = str.maketrans({",": ".", "\u066b": ".", "\u066c": "."})


@dataclass(frozen=True)
class Suggested:
    """A term of the source with its word in the other language; `used` where the translation has it."""

    term: str
    word: str
    definition: str
    used: bool


@dataclass(frozen=True)
class Hints:
    """`numbers`, `facts`, `lessons`, `pictures` and `gaps` stand in the source and not in the translation."""

    terms: tuple[Suggested, ...] = ()
    numbers: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    lessons: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()

    @property
    def missing(self) -> bool:
        return bool(self.numbers or self.facts or self.lessons or self.pictures or self.gaps)


class Glossary:
    """The glossary from one language to another. One query."""

    def __init__(self, source: str, target: str) -> None:
        by_term: dict[int, dict[str, GlossaryText]] = defaultdict(dict)
        for row in GlossaryText.objects.filter(language__in=(source, target)):
            by_term[row.glossary_term_id][row.language] = row
        both = {str(pk): (rows[source], rows[target]) for pk, rows in by_term.items() if len(rows) == 2}
        self.words = {key: target for key, (_source, target) in both.items()}
        self.terms = Terms(Tip(key, row.term, "") for key, (row, _target) in both.items())

    def suggested(self, source: str, translation: str) -> tuple[Suggested, ...]:
        """The terms that stand in the source, each with the word for it."""
        found = [(tip.term, self.words[tip.key]) for tip in self.terms.found_in(_said(source))]
        return tuple(Suggested(term, word.term, word.definition, _uses(translation, word.term)) for term, word in found)


def _uses(translation: str, word: str) -> bool:
    return bool(Terms([Tip("", word, "")]).found_in(_said(translation)))


def hints(source: str, translation: str, glossary: Glossary) -> Hints:
    """What is suggested for the row, and what its translation lacks; of an untranslated one only the terms."""
    terms = glossary.suggested(source, translation)
    if not translation.strip():
        return Hints(terms)
    return Hints(
        terms,
        tuple(_lacking(numbers_in(source), numbers_in(translation))),
        *(tuple(_lacking(sign.findall(source), sign.findall(translation))) for sign in (FACT, LINK, PICTURE, GAP)),
    )


def numbers_in(text: str) -> list[str]:
    """The numbers in a text in one form: Latin digits and a point, whichever the text has; ٣٫٥ is 3.5."""
    return [found.translate(SEPARATORS) for found in NUMBER.findall(normalise(_said(text)))]


def _said(text: str) -> str:
    """The text without places, addresses and the numbers that count a list."""
    return NOT_SAID.sub(" ", text)


def _lacking(wanted: Iterable[str], there: Iterable[str]) -> list[str]:
    """What is wanted more often than it is there, each once."""
    return list(Counter(wanted) - Counter(there))
