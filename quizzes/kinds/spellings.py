"""Whether two spellings are one: whatever the case, marks, hamzas, digits, articles and punctuation."""

import re
from functools import lru_cache

from lessons.search.normalising import PIECE, POSSESSIVE, normalise

ARTICLES = frozenset({"a", "an", "the"})
ARABIC_ARTICLE = re.compile(r"^(?!الله$)(?:ال)+(?=\w{2})")
SHORTEST_MENDED = 5  # in a shorter word one letter makes another word too easily


@lru_cache(maxsize=8192)
def normal(text: str) -> str:
    """`text` in its one form: words in small letters without marks and articles, one space between; "" for none.

    Doing it again changes nothing. The Arabic article is taken from every word that keeps two letters or more, the
    English ones wherever a word comes after: the end of “vitamin A” is no article.
    """
    pieces = PIECE.findall(POSSESSIVE.sub("", normalise(text)))
    said = [piece for piece in pieces[:-1] if piece not in ARTICLES] + pieces[-1:]
    form = " ".join(ARABIC_ARTICLE.sub("", piece) for piece in said)
    return form if form == text else normal(form)


def is_near(typed: str, wanted: str) -> bool:
    """Whether as many words were typed, each as wanted but for one slip in words of five letters or more.

    Both are in their normal form. A slip is one letter added, left out or exchanged, or two neighbours swapped
    (Damerau-Levenshtein distance 1); a word with a digit in it must be right.
    """
    ours, theirs = typed.split(), wanted.split()
    return len(ours) == len(theirs) and all(map(_is_meant, ours, theirs))


def _is_meant(typed: str, wanted: str) -> bool:
    if typed == wanted:
        return True
    may_slip = len(wanted) >= SHORTEST_MENDED and (typed + wanted).isalpha()
    return may_slip and _is_one_slip(typed, wanted)


def _is_one_slip(one: str, other: str) -> bool:
    """What is left between the letters that both begin and end with tells."""
    one, other = _without_common_start(one, other)
    one, other = _without_common_start(one[::-1], other[::-1])
    return max(len(one), len(other)) <= 1 or (len(one) == 2 and one == other[::-1])


def _without_common_start(one: str, other: str) -> tuple[str, str]:
    at = next((at for at, (mine, theirs) in enumerate(zip(one, other, strict=False)) if mine != theirs), None)
    at = min(len(one), len(other)) if at is None else at
    return one[at:], other[at:]
