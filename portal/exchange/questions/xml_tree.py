"""XML as a tree that knows its lines. A DOCTYPE is refused, so no entity can be declared and nothing is fetched."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from django.utils.translation import gettext as _

from portal.exchange.questions.asked import FileRefused, Note

DEEPEST, MOST = 40, 200_000


@dataclass
class Node:
    """An element; `text` is all that stands directly in it."""

    tag: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    text: str = ""
    children: list["Node"] = field(default_factory=list)

    def all(self, tag: str) -> list["Node"]:
        return [child for child in self.children if child.tag == tag]

    def first(self, tag: str) -> "Node | None":
        return next((child for child in self.children if child.tag == tag), None)

    def said(self, tag: str = "text") -> str:
        """What stands in the first child of that name; "" without one."""
        child = self.first(tag)
        return child.text if child else ""

    def walk(self) -> Iterator["Node"]:
        """Itself and everything in it."""
        todo = [self]
        while todo:
            node = todo.pop()
            yield node
            todo.extend(reversed(node.children))


def tree_of(text: str) -> Node:
    """The root element; raises FileRefused."""
    return _Builder().build(text)


class _Builder:
    def __init__(self) -> None:
        self.parser = expat.ParserCreate(encoding="utf-8")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.StartDoctypeDeclHandler = self.refuse_doctype
        self.parser.EntityDeclHandler = self.refuse_doctype
        self.parser.ExternalEntityRefHandler = self.refuse
        self.root: Node | None = None
        self.open: list[Node] = []
        self.words: list[list[str]] = []
        self.count = 0

    def build(self, text: str) -> Node:
        try:
            self.parser.Parse(text.encode("utf-8", errors="replace"), True)
        except expat.ExpatError as error:
            message = _("The XML is broken here. Export the file again, or mend this line.")
            raise FileRefused([Note(error.lineno, message)]) from None
        if self.root is None:
            raise FileRefused([Note(0, _("The XML holds nothing. Choose another file."))])
        return self.root

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if len(self.open) >= DEEPEST or self.count > MOST:
            message = _("The XML has too many parts, or too many within each other. Divide the file.")
            raise FileRefused([Note(self.parser.CurrentLineNumber, message)])
        node = Node(tag, self.parser.CurrentLineNumber, attributes)
        if self.open:
            self.open[-1].children.append(node)
        self.root = self.root or node
        self.open.append(node)
        self.words.append([])

    def end(self, tag: str) -> None:
        self.open.pop().text = "".join(self.words.pop())

    def characters(self, data: str) -> None:
        self.words[-1].append(data)

    def refuse_doctype(self, *declared: object) -> None:
        self.refuse()

    def refuse(self, *declared: object) -> int:
        message = _("The XML holds a DOCTYPE or entities, which are not allowed. Export the file again without them.")
        raise FileRefused([Note(self.parser.CurrentLineNumber, message)])
