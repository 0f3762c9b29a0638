"""What a person may have meant: a word that is spelt nearly so, or the same keys on the other keyboard."""

from collections import Counter, defaultdict
from functools import lru_cache

from lessons import stamp
from lessons.models import SearchWord
from lessons.search.everyday import said_words

MOST_CANDIDATES = 60
ALIKE = {frozenset(pair) for pair in ("ضظ", "ذز", "ذد", "ثس", "سص", "تط", "قغ", "كق", "ثت", "حه", "جغ", "اع")}
ALIKE |= {frozenset(pair) for pair in ("سش", "صض", "طظ", "عغ", "رز", "جح", "حخ", "فق", "بت")}  # a dot more or less
ALIKE |= {frozenset(pair) for pair in ("نم",)}  # keys beside each other
ALIKE |= {frozenset(pair) for pair in ("ck", "sz", "ie", "ea", "ou", "sc", "fv", "iy")}
LATIN_KEYS = "qwertyuiop[]asdfghjkl;'zxcvnm,./`"
ARABIC_KEYS = "ضصثقفغعهخحجدشسيبلاتنمكطئءؤرىةوزظذ"
TO_ARABIC = str.maketrans(LATIN_KEYS, ARABIC_KEYS) | {ord("b"): "لا"}
TO_LATIN = {ord(arabic): latin for latin, arabic in zip(LATIN_KEYS, ARABIC_KEYS, strict=True)}


class Vocabulary:
    """The words of a language, with the pairs of letters that each has."""

    def __init__(self, counts: dict[str, int]) -> None:
        self.counts = counts
        self._having: dict[str, list[str]] = defaultdict(list)
        for word in counts:
            for pair in _pairs(word):
                self._having[pair].append(word)

    def nearest(self, word: str) -> str | None:
        """The word that needs fewest changes to be `word`, of equals the commonest; None where it needs too many."""
        most = _most_changes(word)
        found = [(changes(word, other), -self.counts[other], other) for other in self._sharing_pairs(word)]
        near = [entry for entry in found if entry[0] <= most]
        return min(near)[2] if near else None

    def _sharing_pairs(self, word: str) -> list[str]:
        shared = Counter(
            other for pair in _pairs(word) for other in self._having[pair] if abs(len(other) - len(word)) <= 2
        )
        return [other for other, _count in shared.most_common(MOST_CANDIDATES)]


def vocabulary(language: str) -> Vocabulary:
    """The words of everything published in a language, kept until something is published."""
    return _vocabulary(language, stamp.current())


@lru_cache(maxsize=4)
def _vocabulary(language: str, _stamp: str) -> Vocabulary:
    counts = {word: 1 for word, _stem in said_words(language) if len(word) > 2}
    counts.update(SearchWord.objects.filter(language=language).values_list("word", "documents"))
    return Vocabulary(counts)


def on_other_keyboard(typed: str, language: str) -> str:
    """What the same keys write on the keyboard of `language`: `hgpvdr` is الحريق."""
    return typed.casefold().replace("لا", "b").translate(TO_LATIN) if language == "en" else _to_arabic(typed)


def _to_arabic(typed: str) -> str:
    return typed.casefold().translate(TO_ARABIC)


def changes(one: str, other: str) -> float:
    """Letters to change, add, leave out or swap with the next; one for another that sounds or looks alike is half."""
    before: list[float] = []
    line: list[float] = [float(at) for at in range(len(other) + 1)]
    for i, letter in enumerate(one, 1):
        before, line, last = line, [float(i)] + [0.0] * len(other), before
        for j, there in enumerate(other, 1):
            cost = 0.0 if letter == there else 0.5 if frozenset((letter, there)) in ALIKE else 1.0
            line[j] = min(before[j] + 1, line[j - 1] + 1, before[j - 1] + cost)
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == there:
                line[j] = min(line[j], last[j - 2] + 1)
    return line[-1]


def _most_changes(word: str) -> float:
    """About a quarter of its letters: more than that, and it is another word."""
    return next((most for length, most in ((4, 0.5), (6, 1.0), (8, 1.5)) if len(word) < length), 2.0)


def _pairs(word: str) -> set[str]:
    framed = f" {word} "
    return {framed[at : at + 2] for at in range(len(framed) - 1)}
