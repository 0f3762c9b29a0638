"""Glossary terms in the text of a lesson: the first use of each leads to its explanation."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise, product

from lessons.search.normalising import Word, words
from lessons.search.stemming import is_arabic, without_plural

# Tags, open places and entities: what stands between the words of a text that was sanitised.
BETWEEN = re.compile(r'(<(?:[^<>"]|"[^"]*")*>|\{(?:fact|lesson):[^}]*\}|&#?\w+;)')
TAG = re.compile(r'<(/?)(\w+)(?: class="([^"]*)")?')
# Elements of these classes too.
CLASSES_LEFT_ALONE = {"block-title", "field"}
LEFT_ALONE = {"a", "code", "figure", "h2", "h3", "h4", "h5", "h6", "pre", "th"}
JOINED = re.compile(r"[\s\u2010\u2011-]+")
BRACKET = re.compile(r"[()]")
ARTICLE = "ال"
PREFIXES = tuple("".join(parts).replace("لال", "لل") for parts in product(("", "و", "ف"), ("", *"بكل"), ("", ARTICLE)))
LEAST = 3  # letters that are left of an Arabic word


@dataclass(frozen=True)
class Tip:
    """A term and its explanation, in the language of the text."""

    key: str
    term: str
    definition: str


class Terms:
    """Terms to look for, made ready once for any number of texts."""

    def __init__(self, tips: Iterable[Tip]) -> None:
        self.by_first: dict[str, list[tuple[list[str], Tip]]] = {}
        for tip in tips:
            for spelling in _spellings(tip.term):
                self.by_first.setdefault(spelling[0], []).append((spelling, tip))
        for found in self.by_first.values():
            found.sort(key=lambda one: -len(one[0]))

    def marked_in(self, html: str) -> tuple[str, tuple[Tip, ...]]:
        """Sanitised `html` with the first use of each term made a link to `#word-<key>`; the terms used, as they come.

        Headings, links, figures and the titles of blocks are left as they are.
        """
        marker = _Marker(self)
        return "".join(marker.pieces(html)), tuple(marker.used.values())

    def found_in(self, text: str) -> tuple[Tip, ...]:
        """The terms that stand in `text`, which has no tags, each once."""
        run, at = list(words(text)), 0
        found: dict[str, Tip] = {}
        while at < len(run):
            tip, at = self.at(text, run, at) or (None, at + 1)
            if tip:
                found.setdefault(tip.key, tip)
        return tuple(found.values())

    def at(self, text: str, run: Sequence[Word], start: int) -> tuple[Tip, int] | None:
        """The longest term that stands in `run` from `start`, and where in `run` it ends."""
        for first in _readings(run[start].form):
            for spelling, tip in self.by_first.get(first, ()):
                if _is_spelt(spelling, text, run[start : start + len(spelling)]):
                    return tip, start + len(spelling)
        return None


@dataclass
class _Marker:
    terms: Terms
    used: dict[str, Tip] = field(default_factory=dict)
    inside: str = ""
    """The element that is left alone until it is closed."""

    def pieces(self, html: str) -> Iterator[str]:
        for number, piece in enumerate(BETWEEN.split(html)):
            if number % 2:
                self._pass(piece)
            if number % 2 or self.inside:
                yield piece
            else:
                yield from self._marked(piece)

    def _pass(self, piece: str) -> None:
        tag = TAG.match(piece)
        if not tag:
            return
        closing, name, classes = tag.groups()
        if closing and name == self.inside:
            self.inside = ""
        elif not closing and not self.inside and (name in LEFT_ALONE or classes in CLASSES_LEFT_ALONE):
            self.inside = name

    def _marked(self, text: str) -> Iterator[str]:
        run, at, written = list(words(text)), 0, 0
        while at < len(run):
            found = self.terms.at(text, run, at)
            tip, after = found or (None, at + 1)
            if tip and tip.key not in self.used:
                self.used[tip.key] = tip
                start, end = run[at].start, run[after - 1].end
                yield f'{text[written:start]}<a class="word" href="#word-{tip.key}">{text[start:end]}</a>'
                written = end
            at = after
        yield text[written:]


def _spellings(term: str) -> Iterator[list[str]]:
    """A term's words in their bare forms; what stands in brackets is another way to say it."""
    for part in BRACKET.split(term):
        if spelling := [_bare(word.form) for word in words(part)]:
            yield spelling


def _bare(form: str) -> str:
    """A word of a term without its article or plural."""
    if not is_arabic(form):
        return without_plural(form)
    return form[2:] if form.startswith(ARTICLE) and len(form) - 2 >= LEAST else form


@lru_cache(maxsize=32768)
def _readings(form: str) -> tuple[str, ...]:
    """What a text's word may be: itself, or what follows و، ف، ب، ك، ل and the article."""
    if not is_arabic(form):
        return (without_plural(form),)
    before = (prefix for prefix in PREFIXES if form.startswith(prefix))
    return tuple(form[len(prefix) :] for prefix in before if len(form) - len(prefix) >= LEAST)


def _is_spelt(spelling: list[str], text: str, run: Sequence[Word]) -> bool:
    """Whether `run` goes on as the term does after its first word, with nothing between."""
    return [_bare(word.form) for word in run[1:]] == spelling[1:] and all(
        JOINED.fullmatch(text[before.end : after.start]) for before, after in pairwise(run)
    )
