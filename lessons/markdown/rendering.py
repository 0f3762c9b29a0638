"""From Markdown to stored HTML, with local facts and lesson links left open."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from lessons.filling import facts_in
from lessons.markdown.faults import MarkdownFault, MarkdownFaults
from lessons.markdown.figures import Shown
from lessons.markdown.rules import LESSON_LINK, MOST_CHARACTERS, faults_in
from lessons.markdown.sanitising import sanitised
from lessons.markdown.tree import Node, count_words, is_decorative, parse, plain
from lessons.markdown.writing import Writer


@dataclass(frozen=True)
class PictureUse:
    """A picture as the text shows it."""

    name: str
    alt: str
    caption: str
    decorative: bool = False


@dataclass(frozen=True)
class Rendered:
    """A text as HTML, and what it refers to: keys of local facts and lessons, pictures in their order."""

    html: str
    facts: frozenset[str]
    lessons: frozenset[str]
    pictures: tuple[PictureUse, ...]
    words: int


def render(markdown: str, pictures: Mapping[str, Shown], *, language: str | None = None) -> Rendered:
    """The text rendered and sanitised; raises MarkdownFaults, which speak the language of whoever is reading.

    `language` is that of the text: the titles of its blocks are in it (or in the reader's, where it is left out).
    """
    if len(markdown) > MOST_CHARACTERS:
        message = _("The text is longer than %(number)s characters. Make two lessons of it.")
        raise MarkdownFaults([MarkdownFault(1, message % {"number": MOST_CHARACTERS})])
    tree = parse(markdown)
    if faults := list(faults_in(tree, markdown, pictures)):
        raise MarkdownFaults(faults)
    with override(language or get_language()):
        html = sanitised(Writer(pictures).document(tree))
    nodes = list(tree.walk())
    return Rendered(
        html,
        frozenset(facts_in(html)),
        frozenset(_lessons_linked(nodes)),
        tuple(_picture_use(node) for node in nodes if node.type == "image"),
        sum(count_words(plain(node)) for node in nodes if node.type == "inline"),
    )


def _lessons_linked(nodes: list[Node]) -> list[str]:
    links = (LESSON_LINK.fullmatch(str(node.attrs["href"])) for node in nodes if node.type == "link")
    return [link[1] for link in links if link]


def _picture_use(node: Node) -> PictureUse:
    words = (plain(node).strip(), str(node.attrs.get("title", "")))
    return PictureUse(str(node.attrs["src"]), *words, is_decorative(node))
