"""A text parsed: a tree of nodes as markdown-it-py names them, each with its line."""

import re
from collections.abc import Iterator
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.container import container_plugin

BLOCKS = ("first", "steps", "numbers", "do", "dont", "warning", "key", "worksheet", "sirens")
ROWS = ("worksheet", "sirens")
"""Blocks whose lines begin with a mark in braces."""
CONTAINER = "container_block"
DECORATIVE = "{decorative}"
ROW_MARK = re.compile(r"\{([^{}]*)\}\s*")
BREAKS = ("softbreak", "hardbreak")

Node = SyntaxTreeNode


def _parser() -> MarkdownIt:
    """CommonMark with tables and our blocks; HTML is recognised so that it can be refused by name."""
    markdown = MarkdownIt("commonmark", {"html": True}).enable("table")
    container_plugin(markdown, "block", validate=lambda info, _markup: _is_block(info))
    markdown.core.ruler.push("decorative", _mark_decorative)
    markdown.core.ruler.push("rows", _mark_rows)
    markdown.validateLink = _every_link  # type: ignore[method-assign]
    return markdown


def _mark_decorative(state: StateCore) -> None:
    """`![](name){decorative}`: the words in braces are no text, but say of the picture that it says nothing."""
    for run in state.tokens:
        for picture, mark in pairwise(run.children or []):
            if picture.type == "image" and mark.type == "text" and mark.content.startswith(DECORATIVE):
                picture.meta["decorative"] = True
                mark.content = mark.content.removeprefix(DECORATIVE)
        if run.children:
            run.children = [part for part in run.children if part.type != "text" or part.content]


def _is_block(info: str) -> bool:
    """A name of BLOCKS; behind `worksheet` stands its key."""
    name, *more = info.split() or [""]
    return name in BLOCKS and (not more or name == "worksheet")


def _mark_rows(state: StateCore) -> None:
    """`- {near:text} Meeting point`: what is in braces is no text, but says of the line what it is."""
    inside, first = "", False
    for token in state.tokens:
        if token.type == f"{CONTAINER}_open":
            inside = token.info.split()[0]
        elif token.type == f"{CONTAINER}_close":
            inside = ""
        elif inside in ROWS and token.type == "list_item_open":
            first = True
        elif first and token.type == "inline":
            first = False
            words = token.children[0] if token.children else token
            if words.type == "text" and (mark := ROW_MARK.match(words.content)):
                token.meta["row"] = mark[1]
                words.content = words.content[mark.end() :]


def _every_link(url: str) -> bool:
    """Links are judged in rules.py, which can say why one is refused."""
    return True


_PARSER = _parser()


def parse(markdown: str) -> Node:
    return Node(_PARSER.parse(markdown))


def walk(node: Node, line: int = 1) -> Iterator[tuple[int, Node]]:
    """Every node below this one with the line (from 1) on which it begins."""
    for child in node.children:
        place = child.map
        line = place[0] + 1 if place else line
        yield line, child
        yield from walk(child, line)
        if not place:
            line += sum(found.type in BREAKS for found in child.walk())


def block_name(node: Node) -> str:
    """Which of BLOCKS the node is; empty for anything else."""
    return node.info.split()[0] if node.type == CONTAINER else ""


def block_key(node: Node) -> str:
    """What stands behind the name of a block; empty where nothing does."""
    return " ".join(node.info.split()[1:])


def row_mark(item: Node) -> str:
    """What a line of one of ROWS begins with, without its braces; empty where there is nothing."""
    words = inline_of(item)
    return str(words.meta.get("row", "")) if words else ""


def inline_of(node: Node) -> Node | None:
    """The run of words of a paragraph, or of the first paragraph of a list item."""
    while node.children and node.type != "inline":
        node = node.children[0]
    return node if node.type == "inline" else None


def lone_picture(node: Node) -> Node | None:
    """The picture of a paragraph that holds one and nothing else."""
    words = inline_of(node) if node.type == "paragraph" else None
    return words.children[0] if words and [child.type for child in words.children] == ["image"] else None


def is_decorative(picture: Node) -> bool:
    return bool(picture.meta.get("decorative"))


def plain(node: Node) -> str:
    """The words of a node without any marks."""
    if node.type in BREAKS:
        return " "
    if node.type in ("inline", "image") or not node.token:
        return "".join(plain(child) for child in node.children)
    return node.content


WORD = re.compile(r"\w")


def count_words(text: str) -> int:
    return sum(bool(WORD.search(part)) for part in text.split())


def lines_and_runs(tree: Node) -> Iterator[tuple[int, str]]:
    """Each run of words with its line, without any marks: a heading, a paragraph, a line of a list, a caption."""
    for line, node in walk(tree):
        if node.type == "inline" and node.parent is not None:
            picture = lone_picture(node.parent)
            text = str(picture.attrs.get("title", "")) if picture else plain(node)
            if text.strip():
                yield line, text


def runs_in(tree: Node) -> Iterator[str]:
    """The runs alone; what is only said of a picture is no part of them."""
    return (text for _line, text in lines_and_runs(tree))
