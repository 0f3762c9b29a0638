"""The words of a rendered lesson without its marks: blocks to show, headings, and what it says to do first."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from lessons.filling import fill_plain

BLOCKS = {"p", "li", "h2", "h3", "h4", "h5", "h6", "td", "th", "figcaption", "div", "dt", "dd"}
SPACE = re.compile(r"\s+")


@dataclass
class PlainText:
    blocks: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    first: str = ""


def plain_text(html: str, facts: Mapping[str, str]) -> PlainText:
    """The text of `html` as published, its local facts filled in; what titles every block of a kind is left out."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_block()
    text = PlainText()
    for tag, words in reader.found:
        filled = SPACE.sub(" ", fill_plain(words, facts)).strip()
        if not filled:
            continue
        text.blocks.append(filled)
        if tag.startswith("h"):
            text.headings.append(filled)
        if tag == "first" and not text.first:
            text.first = filled
    return text


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, str]] = []
        self._parts: list[str] = []
        self._tag = ""
        self._in_first = self._silent = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in BLOCKS:
            return
        self.end_block()
        classes = (dict(attrs).get("class") or "").split()
        if tag == "div":
            self._in_first = "first" in classes
        self._silent = "block-title" in classes
        self._tag = "first" if self._in_first else tag

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.end_block()
            self._silent = False

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._parts.append(data)

    def end_block(self) -> None:
        self.found.append((self._tag, "".join(self._parts)))
        self._parts = []
