"""Addresses of lessons and courses, made from their titles: Arabic ones are written in Latin letters."""

import re
from collections.abc import Collection, Iterator
from itertools import chain, count

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext as _

MOST = 60  # characters of an address that is made; a person may write a longer one
RESERVED = frozenset({"new", "final", "order", "shared"})
LATIN = {
    "ا": "a",
    "أ": "a",
    "إ": "i",
    "آ": "a",
    "ى": "a",
    "ؤ": "w",
    "ئ": "y",
    "ء": "",
    "ب": "b",
    "ت": "t",
    "ة": "a",
    "ث": "th",
    "ج": "j",
    "ح": "h",
    "خ": "kh",
    "د": "d",
    "ذ": "dh",
    "ر": "r",
    "ز": "z",
    "س": "s",
    "ش": "sh",
    "ص": "s",
    "ض": "d",
    "ط": "t",
    "ظ": "z",
    "ع": "a",
    "غ": "gh",
    "ف": "f",
    "ق": "q",
    "ك": "k",
    "ل": "l",
    "م": "m",
    "ن": "n",
    "ه": "h",
    "و": "w",
    "ي": "y",
    "پ": "p",
    "چ": "ch",
    "ڤ": "v",
    "گ": "g",
    "ک": "k",
    "ی": "y",
    "ـ": "",
    **{digit: str(value) for digits in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹") for value, digit in enumerate(digits)},
}
VOWELS = re.compile("[\u064b-\u065f\u0670]")
SHAPE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ARTICLE = re.compile(r"\bال(?=\w{2})")


def latin(words: str) -> str:
    """The words in Latin letters, small, joined by hyphens: `نزيف شديد` is `nzyf-shdyd`. Empty where none are left."""
    plain = ARTICLE.sub("", VOWELS.sub("", words.lower()))
    return slugify("".join(LATIN.get(letter, letter) for letter in plain).replace("_", " "))


def address_from(title: str, taken: Collection[str], otherwise: str) -> str:
    """A free address that can be read: from the title, or else `otherwise`, with a number where it is taken."""
    stem = latin(title)[:MOST].strip("-") or otherwise
    return next(one for one in _numbered(stem) if one not in taken and one not in RESERVED)


def _numbered(stem: str) -> Iterator[str]:
    return chain([stem], (f"{stem}-{number}" for number in count(2)))


def fault_of_address(address: str, others: models.QuerySet[models.Model]) -> str:
    """What is wrong with an address that somebody wrote; empty where it may stand."""
    if not SHAPE.fullmatch(address):
        return _("Write small Latin letters, digits and hyphens, such as severe-bleeding.")
    if address in RESERVED:
        return _("This address is used by the portal itself. Choose another one.")
    if others.filter(slug=address).exists():
        return _("This address is taken. Choose another one.")
    return ""
