"""A rendered text as its blocks: the paragraphs, lists, boxes and pictures that stand one below the other."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser

VOID = frozenset({"br", "hr", "img", "input", "source", "wbr", "col"})
ID = re.compile(r'\s(?:id|aria-labelledby|aria-describedby|for)="[^"]*"')
IMAGE = re.compile(r"<img\b[^>]*>")
SRC = re.compile(r'\ssrc="([^"]*)"')
ALT = re.compile(r'\salt="([^"]*)"')
TAG = re.compile(r"<[^>]*>")
MOST_QUOTED = 400


@dataclass(frozen=True)
class Block:
    html: str

    @property
    def text(self) -> str:
        """Its words, and what its pictures say, without marks."""
        said = ALT.sub(r">\1<x", self.html) if "<img" in self.html else self.html
        return " ".join(unescape(TAG.sub(" ", said)).split())

    @property
    def quote(self) -> str:
        """The words by which people recognise it."""
        text = self.text
        return text if len(text) <= MOST_QUOTED else f"{text[:MOST_QUOTED].rpartition(' ')[0]} …"

    @property
    def pictures(self) -> list[tuple[str, str]]:
        """(address, alternative text) of each picture in it."""
        return [(_first(SRC, tag), _first(ALT, tag)) for tag in IMAGE.findall(self.html)]

    @property
    def nameless(self) -> str:
        """The HTML without names, so that it may stand twice on a page."""
        return ID.sub("", self.html)


def _first(pattern: re.Pattern[str], tag: str) -> str:
    found = pattern.search(tag)
    return unescape(found[1]) if found else ""


class _Ends(HTMLParser):
    """Notes where each outermost element ends."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self._starts = _starts_of_lines(html)
        self._depth = 0
        self.ends: list[int] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self._depth += 1
        elif not self._depth:
            self._end(len(self.get_starttag_text() or ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self._depth:
            self._end(len(self.get_starttag_text() or ""))

    def handle_endtag(self, tag: str) -> None:
        self._depth -= 1
        if not self._depth:
            self._end(len(f"</{tag}>"))

    def _end(self, length: int) -> None:
        line, column = self.getpos()
        self.ends.append(self._starts[line - 1] + column + length)


def _starts_of_lines(html: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer("\n", html))]


def blocks_of(html: str) -> list[Block]:
    """The outermost elements in their order; what stands between them belongs to the one before."""
    return list(_split(html, _Ends(html).ends))


def _split(html: str, ends: list[int]) -> Iterator[Block]:
    start = 0
    for end in ends:
        if piece := html[start:end].strip():
            yield Block(piece)
        start = end
    if rest := html[start:].strip():
        yield Block(rest)
