"""Rules about a question's languages, which must ask the same."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from lessons.models.facts import FACT
from lessons.search.normalising import normalise
from quizzes.lint.base import Asked, Finding, written
from quizzes.lint.lexicon import NUMBER_WORDS, bare

NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
SPELT_OUT = 100
MOST_LATIN = 12
SHORTER = 3
LONG_ENOUGH = 60
ARABIC = re.compile(r"[\u0620-\u064a]")
LATIN = re.compile(r"[A-Za-z]")


def apart(texts: Mapping[str, Asked]) -> Iterator[Finding]:
    """Each pair of languages once."""
    written_ones = [asked for asked in texts.values() if asked.stem]
    for at, ours in enumerate(written_ones):
        for theirs in written_ones[at + 1 :]:
            yield from _numbers_apart(ours, theirs)
            yield from _facts_apart(ours, theirs)
            yield from _lengths_apart(ours, theirs)
    yield from _untranslated(written_ones)


def _numbers_apart(ours: Asked, theirs: Asked) -> Iterator[Finding]:
    lost = {**_missing(ours, theirs), **_missing(theirs, ours)}
    if lost:
        number, language = next(iter(lost.items()))
        message = _("The number %(number)s stands in one language only. Compare the two.")
        yield Finding("numbers-apart", message % {"number": number}, language)


def _missing(ours: Asked, theirs: Asked) -> dict[str, str]:
    """Numbers of ours that theirs has neither in digits nor in words, with the language that lacks them."""
    said, other = _asked_text(ours), _asked_text(theirs)
    digits, spelt = set(NUMBER.findall(other)), _spelt_out(other, theirs.language)
    found = [one for one in NUMBER.findall(said) if one not in digits]
    return {one: theirs.language for one in found if not (_is_small(one) and spelt)}


def _is_small(number: str) -> bool:
    return number.isdigit() and int(number) <= SPELT_OUT


def _spelt_out(text: str, language: str) -> bool:
    begins = NUMBER_WORDS.get(language, [])
    return any(bare(word).startswith(tuple(begins)) for word in text.split())


def _asked_text(asked: Asked) -> str:
    """Stem and options in their one form, in which all digits are Latin."""
    return normalise(" ".join([FACT.sub("", asked.stem), *(choice.text for choice in asked.choices)]))


def _facts_apart(ours: Asked, theirs: Asked) -> Iterator[Finding]:
    ones, others = (set(FACT.findall(str(asked.words))) for asked in (ours, theirs))
    if odd := sorted(ones ^ others):
        message = _("The local fact “%(key)s” is named in one language only.")
        language = theirs.language if odd[0] in ones else ours.language
        yield Finding("facts-apart", message % {"key": odd[0]}, language)


def _lengths_apart(ours: Asked, theirs: Asked) -> Iterator[Finding]:
    short, long = sorted((ours, theirs), key=lambda asked: len(asked.stem))
    if len(long.stem) > LONG_ENOUGH and len(long.stem) > SHORTER * len(short.stem):
        message = _("The question is much shorter than in the other language. Is something missing?")
        yield Finding("stem-cut", message, short.language)


def _untranslated(texts: list[Asked]) -> Iterator[Finding]:
    """Arabic words without an Arabic letter in them."""
    for asked in texts:
        if asked.language != "ar":
            continue
        said = [asked.stem, *(text for text in _strings(asked.words.model_dump(mode="json")) if written(text))]
        if any(len(LATIN.findall(text)) > MOST_LATIN and not ARABIC.search(text) for text in said):
            yield Finding("untranslated", _("Some of the words are not translated yet."), asked.language)


def _strings(said: Any) -> Iterator[str]:
    if isinstance(said, dict):
        for inner in said.values():
            yield from _strings(inner)
    elif isinstance(said, str):
        yield said
