"""The HTML of a text that keeps the rules."""

from collections.abc import Callable, Mapping, Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import pgettext

from lessons.markdown.figures import Shown, picture_html
from lessons.markdown.numbers import isolated
from lessons.markdown.rules import LESSON_LINK
from lessons.markdown.tree import CONTAINER, Node, block_key, block_name, is_decorative, lone_picture, plain, row_mark
from lessons.rows import field_mark, pattern

TAGS = {
    "blockquote": "blockquote",
    "bullet_list": "ul",
    "em": "em",
    "strong": "strong",
    "tbody": "tbody",
    "thead": "thead",
    "tr": "tr",
}
FIXED = {"hardbreak": "<br>", "softbreak": "\n", "hr": "<hr>"}


def _titles() -> dict[str, str]:
    """The words above a block; the others need none."""
    return {
        "first": pgettext("block of a lesson", "Do this first"),
        "do": pgettext("block of a lesson", "Do"),
        "dont": pgettext("block of a lesson", "Do not"),
        "warning": pgettext("block of a lesson", "Warning"),
        "key": pgettext("block of a lesson", "Remember"),
        "worksheet": pgettext("block of a lesson", "Fill in and print"),
        "sirens": pgettext("block of a lesson", "Rhythms of sirens"),
    }


class Writer:
    """Writes one text; `pictures` are by the names that the text uses."""

    def __init__(self, pictures: Mapping[str, Shown]) -> None:
        self.pictures = pictures
        self.titles = _titles()
        self.ids: set[str] = set()
        self.leading: Node | None = None
        self.writers: dict[str, Callable[[Node], str]] = {
            "code_block": self.code,
            "code_inline": lambda node: format_html("<code>{}</code>", node.content),
            "fence": self.code,
            "heading": self.heading,
            "image": self.picture,
            "inline": self.inside,
            "link": self.link,
            "list_item": self.list_item,
            "ordered_list": self.ordered_list,
            "paragraph": self.paragraph,
            "table": self.table,
            "td": self.cell,
            "th": self.cell,
            CONTAINER: self.block,
        }

    def document(self, root: Node) -> str:
        """The whole text; a block of things to do and the one of things not to do after it stand side by side."""
        parts: list[str] = []
        before = ""
        self.leading = _leading_picture(root)
        for node in root.children:
            name, html = block_name(node), self.node(node)
            if name == "dont" and before == "do":
                parts[-1] = f'<div class="do-dont">{parts[-1]}{html}</div>'
            else:
                parts.append(html)
            before = name
        return "\n".join(parts)

    def node(self, node: Node) -> str:
        if node.type in FIXED:
            return FIXED[node.type]
        if write := self.writers.get(node.type):
            return write(node)
        if tag := TAGS.get(node.type):
            return f"<{tag}>{self.inside(node)}</{tag}>"
        return isolated(node.content)

    def inside(self, node: Node) -> str:
        return self.nodes(node.children)

    def nodes(self, nodes: Sequence[Node]) -> str:
        return "".join(self.node(child) for child in nodes)

    def block(self, node: Node) -> str:
        name = block_name(node)
        title = self.titles.get(name)
        head = format_html('<p class="block-title">{}</p>', title) if title else ""
        marks = f' data-worksheet="{block_key(node)}"' if name == "worksheet" else ""
        return f'<div class="{name}"{marks}>{head}{self.inside(node)}</div>'

    def list_item(self, node: Node) -> str:
        return f"<li{_row_marks(node)}>{self.inside(node)}</li>"

    def ordered_list(self, node: Node) -> str:
        """A list of steps carries their class; any other says where it begins counting."""
        is_steps = node.parent is not None and block_name(node.parent) == "steps"
        start = node.attrs.get("start", 1)
        marks = ' class="steps"' if is_steps else "" if start == 1 else f' start="{start}"'
        return f"<ol{marks}>{self.inside(node)}</ol>"

    def paragraph(self, node: Node) -> str:
        if lone_picture(node) or _is_tight(node):
            return self.inside(node)
        return f"<p>{self.inside(node)}</p>"

    def heading(self, node: Node) -> str:
        return f'<{node.tag} id="{self.new_id(plain(node))}">{self.inside(node)}</{node.tag}>'

    def new_id(self, title: str) -> str:
        """A mark to link to, of this text alone and unlike any of the page around it."""
        stem = f"part-{slugify(title, allow_unicode=True)[:60]}".rstrip("-")
        mark, count = stem, 1
        while mark in self.ids:
            count += 1
            mark = f"{stem}-{count}"
        self.ids.add(mark)
        return mark

    def picture(self, node: Node) -> SafeString:
        shown = self.pictures[str(node.attrs["src"])]
        caption = str(node.attrs.get("title", ""))
        return format_html(
            "<figure{}>{}{}</figure>",
            mark_safe(' aria-hidden="true"' if is_decorative(node) else ""),  # noqa: S308 - written here
            picture_html(shown, plain(node).strip(), leading=node is self.leading),
            mark_safe(f"<figcaption>{isolated(caption)}</figcaption>" if caption else ""),  # noqa: S308 - escaped there
        )

    def link(self, node: Node) -> SafeString:
        address = str(node.attrs["href"])
        words = mark_safe(self.inside(node))  # noqa: S308 - written here
        if lesson := LESSON_LINK.fullmatch(address):
            return format_html('<a href="{}">{}</a>', f"{{lesson:{lesson[1]}}}", words)
        return format_html('<a href="{}" rel="external noopener noreferrer">{}</a>', address, words)

    def table(self, node: Node) -> str:
        return f'<div class="table-scroll" tabindex="0"><table>{self.inside(node)}</table></div>'

    def cell(self, node: Node) -> str:
        """Markdown's alignments are of the left and right hand, ours of the start and end of a line."""
        align = {"text-align:center": ' class="center"', "text-align:right": ' class="end"'}
        marks = align.get(str(node.attrs.get("style", "")), "") + (' scope="col"' if node.type == "th" else "")
        return f"<{node.tag}{marks}>{self.inside(node)}</{node.tag}>"

    def code(self, node: Node) -> SafeString:
        return format_html("<pre><code>{}</code></pre>", node.content)


def _row_marks(item: Node) -> str:
    """What is to be filled in on a line of a worksheet, or the rhythm that a line of sirens tells."""
    mark = row_mark(item)
    if field := field_mark(mark):
        total = f' data-sum="{field.sum}"' if field.sum else ""
        return f' class="field" data-field="{field.key}" data-kind="{field.kind}"{total}'
    if rhythm := pattern(mark):
        return f' class="siren" data-pattern="{rhythm}"'
    return ""


def _leading_picture(root: Node) -> Node | None:
    """The first picture, where it stands in the first block or right behind it: seen before anybody scrolls."""
    return next((node for part in root.children[:2] for node in part.walk() if node.type == "image"), None)


def _is_tight(node: Node) -> bool:
    """Whether the paragraph is a line of a list without empty lines, which needs no <p>."""
    return bool(node.nester_tokens and node.nester_tokens.opening.hidden)
