"""How many years of school an English text asks for: the Flesch–Kincaid grade.

J. P. Kincaid, R. P. Fishburne, R. L. Rogers, B. S. Chissom: Derivation of New Readability Formulas for Navy Enlisted
Personnel. Research Branch Report 8-75, Naval Technical Training Command, 1975.
"""

import re
from collections.abc import Iterable

END = re.compile(r"[.!?…]+(?=[\s\"”’)]|$)")
WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
FACT = re.compile(r"\{fact:[a-z0-9-]+\}")


def grade(runs: Iterable[str]) -> float:
    """The grade of texts of which each ends its last sentence: paragraphs, lines of lists."""
    sentences = [WORD.findall(part) for run in runs for part in END.split(FACT.sub("the number", run))]
    sentences = [words for words in sentences if words]
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
