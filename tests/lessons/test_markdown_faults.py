"""What is wrong with a text is said with its line, in the language of whoever wrote it, all of it at once."""

import pytest
from django.utils.translation import override

from lessons.markdown import MarkdownFaults, render
from lessons.markdown.figures import Shown
from tests.factories import MediaFactory

FIRST = "::: first\nCall.\n:::\n\n"  # so that `text` begins on line 5
FIELD = (
    "A line of a worksheet begins with its key and one of text, number, tick, sum, as in “- {people:number} …” "
    "or “- {water:sum people x 4 x 3} …”."
)
RHYTHM = (
    "A line of the block “sirens” begins with a rhythm in seconds: “{steady 60}”, “{wave 4 x 15}”, “{on 5 off 3 x 7}” "
    "or “{low 20 off 10 x 12}”, of ten minutes at most."
)
LINKS = "Begin it with https://, or write lesson:KEY, as in lesson:ES-2."
PICTURES = {"hands.webp": Shown(MediaFactory.build())}


def faults_of(markdown: str) -> list[str]:
    """Each as `line: message`."""
    with pytest.raises(MarkdownFaults) as found, override("en"):
        render(markdown, PICTURES)
    return [str(fault) for fault in found.value.faults]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a\n\n<script>x</script>", "7: HTML is not allowed: “<script>x</script>”. Write it in Markdown."),
        ("a\nb <b>c</b>", "6: HTML is not allowed: “<b>”. Write it in Markdown."),
        ("<!-- note -->", "5: HTML is not allowed: “<!-- note -->”. Write it in Markdown."),
        ("# Title", "5: Headings begin at “##”: the title of the lesson stands above them."),
        ("## A\n\n#### B", "7: This heading skips a level. Use “###”."),
        ("##", "5: This heading is empty. Write it or take it away."),
        ("- ## A", "5: A heading cannot stand in a block or list. Make it bold instead."),
        (
            "::: tip\nx\n:::",
            (
                "5: There is no block “tip”. The blocks are: first, steps, numbers, do, dont, warning, key, worksheet, "
                "sirens."
            ),
        ),
        ("a\n:::", "6: This “:::” closes nothing. Take it away, or open a block above it."),
        ("::: key\nx", "5: The block “key” is not closed. Write “:::” alone on the line after it."),
        ("::: key\n:::", "5: The block “key” is empty. Fill it or take it away."),
        ("::: do\n- x\n::: dont\n- y\n:::", "7: “::: dont” stands inside “do”. Close that one with “:::” first."),
        ("::: first\nx\n:::", "5: There is a second “::: first”. Keep one and make the other a paragraph."),
        ("::: steps\n- x\n:::", "5: The block “steps” holds one numbered list (1. 2. 3.) and nothing else."),
        ("::: do\nx\n:::", "5: The block “do” holds one list, each line of it with “- ”, and nothing else."),
        (
            "::: numbers\n- **1** a\n- 2 b\n:::",
            "7: A line of the block “numbers” begins with the number in bold: “- **5–6 cm** deep”.",
        ),
        (
            "::: worksheet\n- {a:text} x\n:::",
            "5: A worksheet has a key, in small Latin letters, digits and “-”: “::: worksheet contact-card”.",
        ),
        ("::: worksheet a\n- {a:text} x\n- y\n:::", "7: " + FIELD),
        ("::: worksheet a\n- {a:date} x\n:::", "6: " + FIELD),
        ("::: worksheet a\n- {a:sum 2 -} x\n:::", "6: " + FIELD),
        (
            "::: worksheet a\n- {a:text} x\n- {a:tick} y\n:::",
            "7: A line before has the key “a” already.",
        ),
        (
            "::: worksheet a\n- {n:text} x\n- {all:sum n x 3} y\n:::",
            "5: The sum “all” asks for “n”, but no line “{n:number}” is there.",
        ),
        (
            "::: worksheet a\n- {a:text} x\n:::\n\n::: worksheet a\n- {a:text} x\n:::",
            "9: There is a second worksheet “a”. Give it another key: what is filled in is kept by it.",
        ),
        (
            "::: worksheet a\nx\n:::",
            "5: The block “worksheet” holds one list, each line of it with “- ”, and nothing else.",
        ),
        ("::: sirens\n- {steady 601} x\n:::", "6: " + RHYTHM),
        ("::: sirens\n- {wave 0 x 3} x\n:::", "6: " + RHYTHM),
        ("::: sirens\n- loud\n:::", "6: " + RHYTHM),
        (
            "![x](hands.webp) and words",
            "5: A picture stands alone in its paragraph. Put an empty line before and after it.",
        ),
        ("![x](foot.webp)", "5: There is no picture “foot.webp”. Add it, or correct its name."),
        (
            "![](hands.webp)",
            "5: The picture “hands.webp” has no alternative text. Say between [ ] what is to be seen.",
        ),
        (
            "![Two hands.](hands.webp){decorative}",
            "5: The picture “hands.webp” is marked as decorative, so take its words away, or the mark.",
        ),
        (
            '![](hands.webp "Press."){decorative}',
            "5: The picture “hands.webp” is marked as decorative, so take its words away, or the mark.",
        ),
        (
            "![](hands.webp){decorative} Press.",
            "5: A picture stands alone in its paragraph. Put an empty line before and after it.",
        ),
        (
            "![{fact:a}](hands.webp)",
            "5: A local fact cannot stand in an alternative text. Move it to the caption.",
        ),
        (
            "[x](javascript:alert(1))",
            "5: The link “javascript:alert(1)” is not allowed. " + LINKS,
        ),
        (
            "a\n[x](http://example.org)",
            "6: The link “http://example.org” is not allowed. " + LINKS,
        ),
        ("[](lesson:ES-2)", "5: This link has no words. Write between [ ] where it leads."),
        ("See {lesson:ES-2}", "5: Write a link to a lesson as [its title](lesson:KEY)."),
        (
            "Call {fact:Emergency number}",
            "5: Write a local fact as {fact:key}, its key in small letters and without spaces.",
        ),
        ("> " * 16 + "deep", "5: This is nested too deeply. Use fewer levels."),
    ],
)
def test_a_fault_says_the_line_and_what_to_do(text: str, fault: str) -> None:
    assert fault in faults_of(FIRST + text)


@pytest.mark.parametrize("markdown", ["", "Words.", "Words.\n\n" + FIRST])
def test_a_lesson_begins_with_the_first_thing_to_do(markdown: str) -> None:
    [fault] = faults_of(markdown)
    assert fault.endswith("The lesson must begin with the block “::: first”, the first thing to do.")


def test_all_faults_are_told_at_once_in_order() -> None:
    assert [fault[0] for fault in faults_of("::: first\nx <i>\n:::\n\n# A\n\n![](no)")] == ["2", "5", "7", "7"]


def test_a_text_without_end_is_refused_unread() -> None:
    assert faults_of("x" * 60_001) == ["1: The text is longer than 60000 characters. Make two lessons of it."]
