"""Words of a question file as plain text, which is all that our questions hold."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import nh3

BLOCKS = {"p", "div", "br", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre"}
QUIET = {"p", "div", "br", "span", "html", "body"}
UNSEEN = {"script", "style", "template", "iframe", "object"}
TAGS = r"p|br|div|span|b|i|u|em|strong|a|img|ul|ol|li|sub|sup|h[1-6]|table|script|style"
TAG = re.compile(rf"<\s*/?\s*(?:{TAGS})\b", re.IGNORECASE)
FORMATTING = {
    *("b", "i", "u", "em", "strong", "a", "img", "sub", "sup", "s", "small", "code", "font", "dl", "dt", "dd")
}
CLEAN: dict[str, Any] = {
    "tags": BLOCKS
    | QUIET
    | FORMATTING
    | {"tbody", "thead", "td", "th", "hr", "audio", "video", "input", "math", "svg"},
    "clean_content_tags": UNSEEN,
    "attributes": {"img": {"src", "alt"}},
    "url_schemes": {"http", "https", "data"},
    "link_rel": None,
}
HIDDEN = re.compile(rf"<\s*({'|'.join(sorted(UNSEEN))})\b", re.IGNORECASE)
MOST_CHARACTERS = 100_000  # of one text with its tags
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")


@dataclass
class Plain:
    """`left` are the tags that said something which plain text cannot; `pictures` are (address, alternative text)."""

    text: str
    left: list[str] = field(default_factory=list)
    pictures: list[tuple[str, str]] = field(default_factory=list)


def tidy(text: str) -> str:
    """Without control characters; blanks are one, lines keep their ends and none is empty."""
    lines = (" ".join(line.split()) for line in CONTROLS.sub("", text).split("\n"))
    return "\n".join(line for line in lines if line)


def looks_like_html(text: str) -> bool:
    return bool(TAG.search(text))


def plain_of_html(html: str) -> Plain:
    """The words of the HTML, a line for each block; nothing of it is ever rendered.

    Ammonia makes it well formed first: the parser of the standard library takes hours over tags that never end.
    """
    reader = _Reader()
    reader.feed(nh3.clean(html, **CLEAN))
    reader.close()
    left = reader.left | {name.lower() for name in HIDDEN.findall(html)}
    return Plain(tidy("".join(reader.words)), sorted(left), reader.pictures)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.left: set[str] = set()
        self.pictures: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self.words.append("\n")
        if tag == "img":
            said = {name: value or "" for name, value in attrs}
            self.pictures.append((said.get("src", ""), said.get("alt", "")))
        elif tag not in QUIET:
            self.left.add(tag[:20])

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        # A line end in the source of HTML is a blank.
        self.words.append(" ".join(data.splitlines()) if data.strip() else " ")
