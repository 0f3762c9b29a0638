"""Whatever is written, readers never get anything that acts."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.markdown import MarkdownFaults, render
from lessons.markdown.figures import Shown
from lessons.markdown.sanitising import sanitised
from tests.factories import MediaFactory

TAGS = {
    "a",
    "bdi",
    "blockquote",
    "br",
    "code",
    "div",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
} | {"img", "li", "ol", "p", "picture", "pre", "source", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"}
ATTRIBUTES = {
    "alt",
    "class",
    "decoding",
    "height",
    "href",
    "id",
    "loading",
    "rel",
    "scope",
    "src",
    "start",
    "width",
} | {"fetchpriority"}
PICTURES = {"hands.webp": Shown(MediaFactory.build())}
ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    "[x](javascript:alert(1))",
    "[x](java&#115;cript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    '[x](https://e.org" onmouseover="alert(1))',
    '![x" onerror="alert(1)](hands.webp)',
    '![x](hands.webp "<script>")',
    "![x](javascript:alert(1))",
    "<https://e.org/><javascript:alert(1)>",
    "&lt;script&gt;",
    "```html\n<script>\n```",
    '[x]: javascript:alert(1) "y"\n\n[x]',
    "| <script> | b |\n|---|---|\n| c | [x](javascript:1) |",
    "{fact:a}{lesson:B-1}<style>@import x</style>",
]


class Reader(HTMLParser):
    """Fails at the first thing that a lesson may not hold."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, tag
        for name, value in attrs:
            assert name in ATTRIBUTES | {"tabindex"}, name
            if name == "href":
                assert str(value).startswith(("https://", "{lesson:")), value
            if name == "src":
                assert str(value).startswith("/media/"), value

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)


def read(html: str) -> None:
    reader = Reader()
    reader.feed(html)
    reader.close()


def html_of(markdown: str) -> str:
    """What readers would get: nothing where the text is refused."""
    try:
        return render(f"::: first\nx\n:::\n\n{markdown}", PICTURES).html
    except MarkdownFaults:
        return ""


@pytest.mark.parametrize("markdown", ATTACKS)
def test_a_known_attack_comes_to_nothing(markdown: str) -> None:
    read(html_of(markdown))


@given(st.text())
def test_arbitrary_text_comes_to_nothing(text: str) -> None:
    read(html_of(text))


PIECES = st.sampled_from(
    [*ATTACKS, "\n\n", "- ", "> ", "**", "`", "[", "](", ")", "::: key\n", "\n:::\n", "&", "<", '"']
)


@given(st.lists(PIECES | st.text(max_size=8), max_size=12).map("".join))
def test_attacks_among_markdown_come_to_nothing(text: str) -> None:
    read(html_of(text))


@given(st.lists(PIECES | st.text(max_size=8), max_size=12).map("".join))
def test_the_last_step_alone_would_stop_them(html: str) -> None:
    """The allow-list does not rely on the writer: here it gets the attacks as they are."""
    clean = sanitised(html)
    assert "<script" not in clean.lower()
    for tag in _tags(clean):
        assert tag in TAGS


def _tags(html: str) -> list[str]:
    found: list[str] = []

    class Collector(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append(tag)
            assert not [name for name, _value in attrs if name.startswith("on") or name == "style"]
            assert not [value for name, value in attrs if name in {"href", "src"} and "script:" in str(value).lower()]

    Collector().feed(html)
    return found
