"""One form for what people write in many: hamzas, marks, digits, accents and case, in Arabic and English.

Both the texts and what is asked for pass through here, so any database compares plain words. The words keep their
place in the original, which is what readers are shown.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

TATWEEL = "\u0640"
MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
INVISIBLE = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
APOSTROPHES = "'\u2019\u02bc"
RUN = re.compile(rf"[^\W_](?:[^\W_]|[{TATWEEL}{MARKS}{INVISIBLE}{APOSTROPHES}])*")
PIECE = re.compile(r"[^\W_]+")
LONGEST_WORD = 80  # no word has more letters; databases keep to some limit too
POSSESSIVE = re.compile(rf"[{APOSTROPHES}]s?\b")
FOLDED = str.maketrans(
    {
        "ى": "ي",
        "ی": "ي",
        "ے": "ي",
        "ة": "ه",
        "ھ": "ه",
        "ہ": "ه",
        "ە": "ه",
        "ک": "ك",
        "ڪ": "ك",
        "ٱ": "ا",
        "ø": "o",
        "ł": "l",
        "æ": "ae",
        "œ": "oe",
    }
)


@dataclass(frozen=True)
class Word:
    """A word in its one form, and where it stands in the text it came from."""

    form: str
    start: int
    end: int


def normalise(text: str) -> str:
    """`text` in its one form: doing it again changes nothing; marks, tatweel and kinds of digits make no difference."""
    text = _without_marks(unicodedata.normalize("NFKC", text), keep="\u0654\u0655")
    text = unicodedata.normalize("NFC", text).replace("ئو", "وو")  # مسئول and مسؤول are one word
    text = unicodedata.normalize("NFKD", _without_marks(unicodedata.normalize("NFKD", text)).casefold())
    text = _without_marks(text).translate(FOLDED).replace("يء", "ي")
    return "".join(_latin_digit(letter) for letter in text)


def _without_marks(text: str, keep: str = "") -> str:
    return "".join(
        letter
        for letter in text
        if letter in keep or (letter != TATWEEL and unicodedata.category(letter) not in {"Mn", "Me", "Cf"})
    )


def _latin_digit(letter: str) -> str:
    value = unicodedata.decimal(letter, None)
    return letter if value is None else str(value)


def words(text: str) -> Iterator[Word]:
    """Every word of `text` in order; a ligature that stands for several yields several at one place."""
    for run in RUN.finditer(text):
        for form in forms_of(run[0]):
            yield Word(form, run.start(), run.end())


@lru_cache(maxsize=32768)
def forms_of(run: str) -> tuple[str, ...]:
    """The words in a run of letters, most often one: `person’s` is `person`."""
    return tuple(form for form in PIECE.findall(normalise(POSSESSIVE.sub("", run))) if len(form) <= LONGEST_WORD)
