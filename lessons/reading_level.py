"""How hard a text is to read: for English the grade of Flesch and Kincaid, for Arabic the two measures behind LIX.

J. P. Kincaid, R. P. Fishburne, R. L. Rogers, B. S. Chissom: Derivation of New Readability Formulas for Navy Enlisted
Personnel. Research Branch Report 8-75, Naval Technical Training Command, 1975.
C. H. Björnsson: Läsbarhet. Liber, Stockholm 1968. No scale of school years is agreed on for Arabic, so the length of
sentences and the share of long words are said as they are, and no grade is made up.
"""

import re
from collections.abc import Iterable

from lessons.search.normalising import MARKS, TATWEEL

END = re.compile(r"[.!?…؟]+(?=[\s\"”’)»]|$)")
WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
LETTERS = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{TATWEEL}{MARKS}])*")
UNCOUNTED = re.compile(rf"[{TATWEEL}{MARKS}]")
FACT = re.compile(r"\{fact:[a-z0-9-]+\}")
LONG_WORD = 6  # letters; a word with more is long


def sentences_in(run: str) -> list[str]:
    """The sentences of a run of words that ends its last one, each without its point; a local fact is two words."""
    parts = (part.strip() for part in END.split(FACT.sub("the number", run)))
    return [part for part in parts if part]


def grade(runs: Iterable[str]) -> float:
    """The years of school that English asks for, of texts of which each ends its last sentence."""
    sentences = [words for run in runs for part in sentences_in(run) if (words := WORD.findall(part))]
    words = [word for sentence in sentences for word in sentence]
    syllables = sum(map(syllables_of, words))
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def syllables_of(word: str) -> int:
    """Groups of vowels, without an e that is not spoken at the end; an abbreviation is spelt out."""
    if word.isupper():
        return len(word)
    small = word.casefold()
    count = len(re.findall("[aeiouy]+", small))
    silent = re.search(r"[^aeiouyl]e$|[^aeiouytd]ed$|[^aeiouysxzhgc]es$", small)
    return max(1, count - bool(silent))


def long_words(runs: Iterable[str]) -> float:
    """The share, 0 to 1, of words with more than six letters; marks above and below the letters are none."""
    lengths = [len(UNCOUNTED.sub("", word)) for run in runs for word in LETTERS.findall(FACT.sub("", run))]
    return sum(length > LONG_WORD for length in lengths) / len(lengths) if lengths else 0.0
