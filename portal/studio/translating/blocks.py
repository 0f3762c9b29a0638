"""A Markdown text cut into its blocks, and put together again byte for byte."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lessons.markdown.tree import Node, block_name, lone_picture, parse

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
ABOVE = re.compile(r"\A(?:[^\S\r\n]*(?:\r\n|\r|\n))+")
CLOSING = re.compile(r"\s*:{3,}\s*")
BELOW = re.compile(r"\s*\Z")
EMPTY_LINE = "\n\n"
OTHER = "other"


@dataclass(frozen=True)
class Block:
    """One block with the blank lines below it; `kind` is what it is: paragraph, h2, steps, figure …"""

    kind: str
    text: str

    @property
    def words(self) -> str:
        """The block without blank lines around it."""
        return words_of(self.text)

    @property
    def gap(self) -> str:
        """What parts it from the next one."""
        return gap_of(self.text)


def words_of(text: str) -> str:
    return BELOW.sub("", ABOVE.sub("", text))


def gap_of(text: str) -> str:
    found = BELOW.search(text)
    return found[0] if found else ""


def split(text: str) -> list[Block]:
    """The blocks of a text, which joined are the text; [] of an empty one."""
    lines = LINE.findall(text)
    begins = list(_beginnings(lines, parse(text).children))
    if not begins:
        return [Block(OTHER, text)] if text else []
    ends = [line for line, _kind in begins[1:]] + [len(lines)]
    starts = [0] + [line for line, _kind in begins[1:]]
    return [
        Block(kind, "".join(lines[start:end]))
        for (_line, kind), start, end in zip(begins, starts, ends, strict=True)
        if end > start
    ]


def _beginnings(lines: Sequence[str], nodes: Iterable[Node]) -> Iterable[tuple[int, str]]:
    """The line (from 0) and the kind of every block; lines that Markdown shows nothing of are one too."""
    end = 0
    for node in nodes:
        first, last = node.map or (end, end)
        yield from _unshown(lines, end, first)
        yield first, kind_of(node)
        end = max(end, last + _closes(lines, last, node))
    yield from _unshown(lines, end, len(lines))


def _closes(lines: Sequence[str], end: int, node: Node) -> bool:
    """Whether the line below a block of ours is the `:::` that ends it."""
    return bool(block_name(node)) and end < len(lines) and bool(CLOSING.fullmatch(lines[end]))


def _unshown(lines: Sequence[str], start: int, end: int) -> Iterable[tuple[int, str]]:
    written = [number for number in range(start, end) if lines[number].strip()]
    return [(written[0], OTHER)] if written else []


def kind_of(node: Node) -> str:
    """What sort of block it is; a heading with its level."""
    if name := block_name(node):
        return name
    if lone_picture(node):
        return "figure"
    return node.tag if node.type == "heading" else node.type


def join(rows: Sequence[tuple[str, str]], known: str = "") -> str:
    """One text of (words, gap below) pairs, those without words left out.

    Gaps are kept as they were where the blocks stay what they are, or where the text is `known`; else an empty line
    parts them, so that two blocks never run into one.
    """
    written = [(words, gap) for words, gap in rows if words.strip()]
    kept = "".join(words + gap for words, gap in written[:-1]) + (written[-1][0] if written else "")
    if kept == known or _words(split(kept)) == [words for row, _gap in written for words in _words(split(row))]:
        return kept
    return EMPTY_LINE.join(words for words, _gap in written)


def _words(blocks: Iterable[Block]) -> list[str]:
    return [block.words for block in blocks]
