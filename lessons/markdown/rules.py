"""What a text may hold and where: each rule yields what breaks it."""

import re
from collections.abc import Callable, Container, Iterator

from django.utils.translation import gettext as _

from lessons.filling import FACT
from lessons.markdown.faults import MarkdownFault
from lessons.markdown.tree import (
    BLOCKS,
    CONTAINER,
    Node,
    block_key,
    block_name,
    inline_of,
    is_decorative,
    lone_picture,
    plain,
    row_mark,
    walk,
)
from lessons.rows import FACT_FACTOR, KEY, KINDS, FieldMark, field_mark, pattern

MOST_CHARACTERS = 60_000
DEEPEST = 12
LESSON_LINK = re.compile(r"lesson:([A-Za-z0-9-]+)")
FENCE = re.compile(r"\s*:{3,}\s*(\S*)")
OPEN_PLACE = re.compile(r"\{(fact|lesson):")

Faults = Iterator[MarkdownFault]


def faults_in(tree: Node, markdown: str, pictures: Container[str]) -> Faults:
    """Everything that breaks a rule; `pictures` are the names that the text may show."""
    yield from _one_first_block(tree)
    yield from _worksheets_differ(tree)
    lines = markdown.splitlines()
    for line, node in walk(tree):
        if rule := RULES.get(node.type):
            yield from rule(node, line)
        if node.type == CONTAINER:
            yield from _block_is_closed(node, line, lines)
        if node.type == "image":
            yield from _picture(node, line, pictures)
        if node.level > DEEPEST:
            yield MarkdownFault(line, _("This is nested too deeply. Use fewer levels."))


def _one_first_block(tree: Node) -> Faults:
    found = [(line, node) for line, node in walk(tree) if block_name(node) == "first"]
    if not found or (tree.children[0] is not found[0][1]):
        line = found[0][0] if found else 1
        yield MarkdownFault(line, _("The lesson must begin with the block “::: first”, the first thing to do."))
    for line, _node in found[1:]:
        yield MarkdownFault(line, _("There is a second “::: first”. Keep one and make the other a paragraph."))


def _worksheets_differ(tree: Node) -> Faults:
    seen: set[str] = set()
    for line, node in walk(tree):
        if block_name(node) == "worksheet":
            if block_key(node) in seen:
                message = _(
                    "There is a second worksheet “%(key)s”. Give it another key: what is filled in is kept by it."
                )
                yield MarkdownFault(line, message % {"key": block_key(node)})
            seen.add(block_key(node))


def _html(node: Node, line: int) -> Faults:
    text = " ".join(node.content.split())[:40]
    yield MarkdownFault(line, _("HTML is not allowed: “%(text)s”. Write it in Markdown.") % {"text": text})


def _heading(node: Node, line: int) -> Faults:
    if node.parent is not None and not node.parent.is_root:
        yield MarkdownFault(line, _("A heading cannot stand in a block or list. Make it bold instead."))
    if not plain(node).strip():
        yield MarkdownFault(line, _("This heading is empty. Write it or take it away."))
    level = int(node.tag[1])
    if level == 1:
        yield MarkdownFault(line, _("Headings begin at “##”: the title of the lesson stands above them."))
    elif level > _level_before(node) + 1:
        yield MarkdownFault(line, _("This heading skips a level. Use “%(marks)s”.") % {"marks": "#" * (level - 1)})


def _level_before(node: Node) -> int:
    headings = [sibling for sibling in node.siblings if sibling.type == "heading"]
    earlier = headings[: next(at for at, sibling in enumerate(headings) if sibling is node)]
    return int(earlier[-1].tag[1]) if earlier else 1


def _paragraph(node: Node, line: int) -> Faults:
    """A line of colons that made no block would be shown to readers as it stands."""
    words = inline_of(node)
    for offset, text in enumerate(words.content.splitlines() if words else ()):
        if fence := FENCE.match(text):
            yield MarkdownFault(line + offset, _fence_message(fence[1]))


def _fence_message(name: str) -> str:
    if not name:
        return _("This “:::” closes nothing. Take it away, or open a block above it.")
    known = ", ".join(BLOCKS)
    return _("There is no block “%(name)s”. The blocks are: %(known)s.") % {"name": name[:40], "known": known}


def _block(node: Node, line: int) -> Faults:
    name = block_name(node)
    parent = node.parent
    if parent is not None and not parent.is_root:
        outer = block_name(parent) or _("list")
        yield MarkdownFault(
            line,
            _("“::: %(name)s” stands inside “%(outer)s”. Close that one with “:::” first.")
            % {"name": name, "outer": outer},
        )
    if not node.children:
        yield MarkdownFault(line, _("The block “%(name)s” is empty. Fill it or take it away.") % {"name": name})
    elif check := INSIDE.get(name):
        yield from check(node, line)


def _block_is_closed(node: Node, line: int, lines: list[str]) -> Faults:
    end = node.map[1] if node.map else 0
    if set(lines[end].strip() if end < len(lines) else "") != {":"}:
        message = _("The block “%(name)s” is not closed. Write “:::” alone on the line after it.")
        yield MarkdownFault(line, message % {"name": block_name(node)})


def _one_list(node: Node, kind: str) -> bool:
    return [child.type for child in node.children] == [kind]


def _steps(node: Node, line: int) -> Faults:
    if not _one_list(node, "ordered_list"):
        yield MarkdownFault(line, _("The block “steps” holds one numbered list (1. 2. 3.) and nothing else."))


def _points(node: Node, line: int) -> Faults:
    if not _one_list(node, "bullet_list"):
        message = _("The block “%(name)s” holds one list, each line of it with “- ”, and nothing else.")
        yield MarkdownFault(line, message % {"name": block_name(node)})


def _numbers(node: Node, line: int) -> Faults:
    if not _one_list(node, "bullet_list"):
        yield from _points(node, line)
        return
    for at, item in walk(node.children[0], line):
        if item.type == "list_item" and not _begins_bold(item):
            yield MarkdownFault(
                at, _("A line of the block “numbers” begins with the number in bold: “- **5–6 cm** deep”.")
            )


def _worksheet(node: Node, line: int) -> Faults:
    if not KEY.fullmatch(block_key(node)):
        yield MarkdownFault(
            line, _("A worksheet has a key, in small Latin letters, digits and “-”: “::: worksheet contact-card”.")
        )
    rows = list(_rows(node, line))
    yield from _points(node, line)
    fields: dict[str, FieldMark] = {}
    for at, item in rows:
        mark = field_mark(row_mark(item))
        if mark is None:
            yield MarkdownFault(
                at,
                _(
                    "A line of a worksheet begins with its key and one of %(kinds)s, as in “- {people:number} …” "
                    "or “- {water:sum people x 4 x 3} …”."
                )
                % {"kinds": ", ".join(KINDS)},
            )
        elif mark.key in fields:
            yield MarkdownFault(at, _("A line before has the key “%(key)s” already.") % {"key": mark.key})
        else:
            fields[mark.key] = mark
    numbers = {key for key, mark in fields.items() if mark.kind == "number"}
    for mark in fields.values():
        for factor in sorted(mark.sum.factors if mark.sum else ()):
            if not (factor[0].isdigit() or factor.startswith(FACT_FACTOR) or factor in numbers):
                message = _("The sum “%(sum)s” asks for “%(key)s”, but no line “{%(key)s:number}” is there.")
                yield MarkdownFault(line, message % {"sum": mark.key, "key": factor})


def _sirens(node: Node, line: int) -> Faults:
    yield from _points(node, line)
    for at, item in _rows(node, line):
        if pattern(row_mark(item)) is None:
            yield MarkdownFault(
                at,
                _(
                    "A line of the block “sirens” begins with a rhythm in seconds: “{steady 60}”, “{wave 4 x 15}”, "
                    "“{on 5 off 3 x 7}” or “{low 20 off 10 x 12}”, of ten minutes at most."
                ),
            )


def _rows(node: Node, line: int) -> Iterator[tuple[int, Node]]:
    """The lines of the block's list with their places, and any that stand deeper."""
    return ((at, item) for at, item in walk(node, line) if item.type == "list_item")


def _begins_bold(item: Node) -> bool:
    """Markdown puts an empty text before a mark that opens a line."""
    words = inline_of(item)
    told = [child for child in words.children if child.type != "text" or child.content] if words else []
    return bool(told) and told[0].type == "strong"


def _picture(node: Node, line: int, pictures: Container[str]) -> Faults:
    name, alt = str(node.attrs["src"]), plain(node).strip()
    if not _stands_alone(node):
        yield MarkdownFault(line, _("A picture stands alone in its paragraph. Put an empty line before and after it."))
    if name not in pictures:
        yield MarkdownFault(line, _("There is no picture “%(name)s”. Add it, or correct its name.") % {"name": name})
    yield from _words_of(node, line)
    if OPEN_PLACE.search(alt):
        yield MarkdownFault(line, _("A local fact cannot stand in an alternative text. Move it to the caption."))
    yield from _places(str(node.attrs.get("title", "")), line)


def _words_of(node: Node, line: int) -> Faults:
    """A picture says something, or is marked as one that does not."""
    name, alt = str(node.attrs["src"]), plain(node).strip()
    if is_decorative(node):
        if alt or node.attrs.get("title"):
            message = _("The picture “%(name)s” is marked as decorative, so take its words away, or the mark.")
            yield MarkdownFault(line, message % {"name": name})
    elif not alt:
        message = _("The picture “%(name)s” has no alternative text. Say between [ ] what is to be seen.")
        yield MarkdownFault(line, message % {"name": name})


def _stands_alone(picture: Node) -> bool:
    words = picture.parent
    return words is not None and words.parent is not None and lone_picture(words.parent) is picture


def _link(node: Node, line: int) -> Faults:
    address = str(node.attrs["href"])
    if not plain(node).strip():
        yield MarkdownFault(line, _("This link has no words. Write between [ ] where it leads."))
    if not address.startswith("https://") and not LESSON_LINK.fullmatch(address):
        yield MarkdownFault(
            line,
            _("The link “%(address)s” is not allowed. Begin it with https://, or write lesson:KEY, as in lesson:ES-2.")
            % {"address": address[:80]},
        )


def _text(node: Node, line: int) -> Faults:
    yield from _places(node.content, line)


def _places(text: str, line: int) -> Faults:
    """What stands in braces is filled in when the text is read, so it must be one that can be."""
    for place in OPEN_PLACE.finditer(text):
        if place[1] == "lesson":
            yield MarkdownFault(line, _("Write a link to a lesson as [its title](lesson:KEY)."))
        elif not FACT.match(text, place.start()):
            yield MarkdownFault(
                line, _("Write a local fact as {fact:key}, its key in small letters and without spaces.")
            )


INSIDE: dict[str, Callable[[Node, int], Faults]] = {
    "steps": _steps,
    "numbers": _numbers,
    "do": _points,
    "dont": _points,
    "worksheet": _worksheet,
    "sirens": _sirens,
}
RULES: dict[str, Callable[[Node, int], Faults]] = {
    "html_block": _html,
    "html_inline": _html,
    "heading": _heading,
    "paragraph": _paragraph,
    CONTAINER: _block,
    "link": _link,
    **dict.fromkeys(("text", "code_inline", "code_block", "fence"), _text),
}
