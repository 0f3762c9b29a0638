"""The numbers of a text: those in digits, and what its words may stand for."""

import re
from collections.abc import Iterator
from decimal import Decimal

DIGITS = re.compile(r"\d+(?:[.,٫٬]\d+)*")
GROUPED = re.compile(r"\d{1,3}(?:[,٬]\d{3})+")
WORD = re.compile(r"[^\W\d_]+")
MARKS = re.compile(r"[\u064b-\u0652\u0640]")

# A bare noun of measure says one of it in Arabic: دون السنة.
SAID = {
    "en": {
        "0.5": "half",
        "1": "one first a an once single another",
        "2": "two second both twice pair",
        "3": "three third",
        "4": "four fourth",
        "5": "five fifth",
        "6": "six sixth",
        "7": "seven",
        "8": "eight",
        "9": "nine",
        "10": "ten",
        "11": "eleven",
        "12": "twelve",
        "15": "fifteen quarter",
        "20": "twenty",
        "30": "thirty half",
        "40": "forty",
        "50": "fifty",
        "60": "sixty",
        "70": "seventy",
        "80": "eighty",
        "90": "ninety",
        "100": "hundred",
        "1000": "thousand",
    },
    "ar": {
        "0.5": "نصف",
        "1": "واحد واحدة أحد إحدى أول أولى مرة سنة عام شهر أسبوع يوم ساعة دقيقة متر",
        "2": "ثان ثاني ثانية كلا كلتا",
        "3": "ثلاث ثلاثة ثالث ثالثة",
        "4": "أربع أربعة رابع رابعة",
        "5": "خمس خمسة خامس خامسة",
        "6": "ست ستة سادس سادسة",
        "7": "سبع سبعة سابع",
        "8": "ثمان ثماني ثمانية",
        "9": "تسع تسعة",
        "10": "عشر عشرة",
        "15": "ربع",
        "20": "عشرون عشرين",
        "30": "ثلاثون ثلاثين نصف",
        "40": "أربعون أربعين",
        "50": "خمسون خمسين",
        "60": "ستون ستين",
        "70": "سبعون سبعين",
        "80": "ثمانون ثمانين",
        "90": "تسعون تسعين",
        "100": "مئة مائة",
        "1000": "ألف",
    },
}
PREFIXES = ("", "و", "ف", "ب", "ل", "ال", "وال", "بال", "فال", "لل", "ك")
DUALS = ("ان", "ين", "تا", "تي", "تاه", "تيه", "اه", "يه")


def in_digits(text: str) -> set[Decimal]:
    """The numbers that stand in digits, of either script; a range holds its two ends."""
    return {_value(found) for found in DIGITS.findall(text)}


def _value(digits: str) -> Decimal:
    """`1,000` is a thousand, `4,5` and `4٫5` are four and a half."""
    if GROUPED.fullmatch(digits):
        return Decimal(re.sub("[,٬]", "", digits))
    whole, *rest = re.split("[.,٫٬]", digits)
    return Decimal(f"{int(whole)}.{''.join(rest)}" if rest else int(whole)).normalize()


def in_words(text: str, language: str) -> set[Decimal]:
    """What the words of a text may stand for: more than is meant, so that nothing is missed.

    An Arabic word in the dual (نفَسين) says two; so does any that only looks like one.
    """
    said = set(_bare(text, language))
    found = {Decimal(number) for number, names in SAID[language].items() if said.intersection(names.split())}
    return found | {Decimal(2)} if language == "ar" and any(word.endswith(DUALS) for word in said) else found


def _bare(text: str, language: str) -> Iterator[str]:
    """The words in small letters and without marks; Arabic ones also without what may be written before them."""
    for word in WORD.findall(MARKS.sub("", text).casefold()):
        for prefix in PREFIXES if language == "ar" else ("",):
            if word.startswith(prefix):
                yield word[len(prefix) :]


def missing(text: str, other: str, other_language: str) -> list[str]:
    """The numbers in digits of `text` that the other language says neither in digits nor in words."""
    return [f"{number:f}" for number in sorted(in_digits(text) - in_digits(other) - in_words(other, other_language))]
