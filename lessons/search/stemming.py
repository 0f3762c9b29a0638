"""What words have in common: `bleeding` and `bleeds`, الحريق and حريق. Light on purpose: it cuts, it never guesses."""

import re
from functools import lru_cache

ARABIC = re.compile(r"[\u0621-\u064a]")
VOWEL = re.compile(r"[aeiouy]")
WITH_ARTICLE = ("وبال", "وكال", "فبال", "ولل", "وال", "فال", "بال", "كال", "لل")
ENDINGS = ("هما", "كما", "وا", "ها", "هم", "هن", "كم", "نا", "ات", "ان", "ون", "ين", "يه", "ه", "ي")
CLITICS = "وفبلك"
LEAST = 3  # letters that are left of an Arabic word


def is_arabic(text: str) -> bool:
    return bool(ARABIC.search(text))


@lru_cache(maxsize=32768)
def stem(word: str) -> str:
    """The part of a normalised word that its forms share."""
    return _arabic(word) if is_arabic(word) else _english(word)


@lru_cache(maxsize=32768)
def stems(word: str) -> tuple[str, ...]:
    """All that a word of a text may be found by: its stem, and the one without a letter that may be و، ف، ب، ل or ك."""
    first = stem(word)
    if word[0] not in CLITICS or len(word) <= LEAST or not is_arabic(word):
        return (first,)
    other = stem(word[1:])
    return (first, other) if len(other) > 1 and other != first else (first,)


def _arabic(word: str) -> str:
    return _without_ending(_without_article(word))


def _without_article(word: str) -> str:
    for prefix in WITH_ARTICLE:
        if word.startswith(prefix) and len(word) - len(prefix) >= LEAST:
            return _without_article(word[len(prefix) :])
    if word.startswith("ال") and len(word) > LEAST:
        return _without_article(word[2:])
    return word


def _without_ending(word: str) -> str:
    if word.endswith("اء") and len(word) > LEAST + 1:
        return word[:-1]
    whole = word
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= LEAST:
            word = word[: -len(ending)]
    # What ends in ة ends in ت before "your" or "her": سيارة, سيارتكم.
    if word != whole and word.endswith("ت") and not word.endswith("ات") and len(word) > LEAST:
        return word[:-1]
    return word


def _english(word: str) -> str:
    if len(word) < 4 or not word.isalpha():
        return word
    word = without_plural(word)
    word = _without_tense(word)
    if len(word) >= 8 and word.endswith("tion"):
        return word[:-3]
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


def without_plural(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _without_tense(word: str) -> str:
    for ending in ("ing", "ed"):
        rest = word.removesuffix(ending)
        if rest != word and not word.endswith("eed") and len(rest) >= 3 and VOWEL.search(rest):
            doubled = rest[-1] == rest[-2] and rest[-1] not in "slz"
            return rest[:-1] if doubled else rest
    return word
