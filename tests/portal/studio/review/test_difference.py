"""A rendered text beside what it was: words marked in their place, elements that stay whole."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from portal.studio.review.blocks import VOID, blocks_of
from portal.studio.review.difference import compared, marked

ADDED = '<ins><span class="visually-hidden">added: </span>{}</ins>'
REMOVED = '<del><span class="visually-hidden">removed: </span>{}</del>'
WORDS = st.lists(st.sampled_from(["press", "hard", "30", "two", "اضغطوا"]), min_size=1, max_size=6).map(" ".join)
ITEMS = st.lists(WORDS, min_size=1, max_size=4).map(lambda items: "".join(f"<li>{item}</li>" for item in items))
BLOCK = st.one_of(
    WORDS.map(lambda words: f"<p>{words}</p>"),
    st.tuples(WORDS, WORDS).map(lambda pair: f"<p>{pair[0]} <strong>{pair[1]}</strong></p>"),
    ITEMS.map(lambda items: f"<ul>{items}</ul>"),
    WORDS.map(lambda words: f'<figure><img src="/a.svg" alt="{words}"><figcaption>{words}</figcaption></figure>'),
)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with override("en"):
        yield


class Balance(HTMLParser):
    """Raises where an element ends that did not begin last."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def is_well_formed(html: str) -> bool:
    parser = Balance()
    parser.feed(html)
    parser.close()
    return not parser.open


def sorts(old: str, new: str) -> list[str]:
    return [block.sort for block in compared(blocks_of(old), blocks_of(new))]


def test_a_text_falls_into_its_outermost_elements() -> None:
    html = '<p>One <b>two</b></p>\n<ul>\n<li>three</li></ul>\n<img src="a.svg" alt="four">five'
    assert [block.text for block in blocks_of(html)] == ["One two", "three", "four", "five"]


def test_another_word_is_marked_where_it_stands() -> None:
    html = marked("<p>Press 30 times.</p>", "<p>Press 15 times.</p>")
    assert html == f"<p>Press {REMOVED.format('30')}{ADDED.format('15')} times.</p>"


def test_a_word_that_becomes_strong_keeps_its_element() -> None:
    html = marked("<p>Press hard now.</p>", "<p>Press <strong>hard</strong> now.</p>")
    assert "<strong>" in html
    assert is_well_formed(html)


def test_a_step_that_is_gone_stands_crossed_out_in_its_place() -> None:
    html = marked("<ol><li>Look</li><li>Call</li><li>Press</li></ol>", "<ol><li>Look</li><li>Press</li></ol>")
    assert REMOVED.format("Call") in html
    assert is_well_formed(html)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("<p>Same</p>", "<p>Same</p>", ["same"]),
        ("", "<p>New</p>", ["added"]),
        ("<p>Gone</p>", "", ["removed"]),
        ("<p>Press hard on it</p>", "<p>Press soft on it</p>", ["changed"]),
        ("<p>Press hard</p><p>Stay</p>", "<p>Stay</p>", ["removed", "same"]),
        ("<p>One two</p>", "<p>Three four</p>", ["added", "removed"]),
        ('<img src="a.svg" alt="A hand">', '<img src="b.svg" alt="A hand">', ["picture"]),
        ('<img src="a.svg" alt="A hand">', '<img src="a.svg" alt="Two hands">', ["picture"]),
    ],
)
def test_each_part_is_told_apart(old: str, new: str, expected: list[str]) -> None:
    assert sorts(old, new) == expected


def test_a_picture_is_shown_as_it_was_and_as_it_is() -> None:
    [block] = compared(blocks_of('<img src="a.svg" alt="One">'), blocks_of('<img src="b.svg" alt="One">'))
    assert 'src="a.svg"' in block.before
    assert 'src="b.svg"' in block.html


def test_what_stands_twice_on_the_page_has_no_name() -> None:
    [block] = compared(blocks_of('<h2 id="part-1">Look first</h2>'), blocks_of('<h2 id="part-1">Look twice</h2>'))
    assert "id=" not in block.before
    assert 'id="part-1"' in block.html


def test_places_count_the_blocks_of_the_new_text() -> None:
    found = compared(blocks_of("<p>Gone for good</p><p>Stays</p>"), blocks_of("<p>Stays</p><p>Comes</p>"))
    assert [block.place for block in found] == [None, 0, 1]


@given(old=st.lists(BLOCK, max_size=4), new=st.lists(BLOCK, max_size=4))
def test_whatever_is_compared_stays_well_formed_and_loses_no_block(old: list[str], new: list[str]) -> None:
    found = compared(blocks_of("".join(old)), blocks_of("".join(new)))
    assert all(is_well_formed(block.html) for block in found)
    assert [block.plain for block in found if block.place is not None] == new


@given(old=BLOCK, new=BLOCK)
def test_the_new_words_can_be_read_from_the_marked_text(old: str, new: str) -> None:
    html = marked(old, new)
    without = re.sub(r"<del>.*?</del>", "", re.sub(r'<span class="visually-hidden">[^<]*</span>', "", html))
    read = [" ".join(block.text.split()) for block in blocks_of(without.replace("<ins>", "").replace("</ins>", ""))]
    [expected] = blocks_of(new)
    assert expected.text in read
