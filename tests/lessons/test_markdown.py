"""Markdown becomes the HTML that the pages' styles know; the format is in docs/course-packages.md."""

import pytest
from django.utils.translation import override

from lessons.markdown import PictureUse, Rendered, render
from lessons.markdown.figures import Shown
from tests.factories import MediaFactory

FIRST = "::: first\nCall.\n:::\n\n"
DRAWING = {"sha256": "a" * 64, "mime": "image/svg+xml", "file": f"aa/{'a' * 64}.svg"}
PICTURES = {"figures/hands.svg": Shown(MediaFactory.build(**DRAWING, width=640, height=480))}


def rendered(text: str, language: str = "en") -> Rendered:
    """A lesson whose first block says to call, and then `text`."""
    with override("en"):
        return render(FIRST + text, PICTURES, language=language)


def body(text: str, language: str = "en") -> str:
    return rendered(text, language).html.split("</div>\n", 1)[1]


def test_the_first_block_has_its_title_in_the_language_of_the_text() -> None:
    assert rendered("Go on.").html.startswith(
        '<div class="first"><p class="block-title">Do this first</p><p>Call.</p></div>'
    )


def test_steps_are_one_numbered_list() -> None:
    assert body("::: steps\n1. **Look.** Then go.\n2. **Call.** Wait.\n:::") == (
        '<div class="steps"><ol class="steps"><li><strong>Look.</strong> Then go.</li>'
        "<li><strong>Call.</strong> Wait.</li></ol></div>"
    )


def test_numbers_stand_large_before_their_words() -> None:
    assert body("::: numbers\n- **5–6 cm** how deep\n- **30 : 2** presses to breaths\n:::") == (
        '<div class="numbers"><ul><li><strong><bdi>5–6</bdi> cm</strong> how deep</li>'
        "<li><strong><bdi>30 : 2</bdi></strong> presses to breaths</li></ul></div>"
    )


def test_do_and_do_not_stand_side_by_side_when_they_follow_each_other() -> None:
    assert body("::: do\n- Press.\n:::\n\n::: dont\n- Wait.\n:::") == (
        '<div class="do-dont">'
        '<div class="do"><p class="block-title">Do</p><ul><li>Press.</li></ul></div>'
        '<div class="dont"><p class="block-title">Do not</p><ul><li>Wait.</li></ul></div>'
        "</div>"
    )


@pytest.mark.parametrize("text", ["::: dont\n- Wait.\n:::\n\n::: do\n- Press.\n:::", "::: do\n- Press.\n:::\n\nWhy?"])
def test_do_stands_alone_otherwise(text: str) -> None:
    assert "do-dont" not in body(text)


@pytest.mark.parametrize(("name", "title"), [("warning", "Warning"), ("key", "Remember")])
def test_a_warning_and_what_to_remember_have_their_titles(name: str, title: str) -> None:
    assert body(f"::: {name}\nMind *this*.\n:::") == (
        f'<div class="{name}"><p class="block-title">{title}</p><p>Mind <em>this</em>.</p></div>'
    )


def test_a_picture_is_a_figure_with_its_size_and_caption() -> None:
    assert body('![Two hands.](figures/hands.svg "Press 5–6 cm.")') == (
        f'<figure><img src="/media/{"a" * 64}.svg" width="640" height="480" alt="Two hands." loading="lazy" '
        'decoding="async"><figcaption>Press <bdi>5–6</bdi> cm.</figcaption></figure>'
    )


def test_a_picture_needs_no_caption() -> None:
    assert "figcaption" not in body("![Two hands.](figures/hands.svg)")


def test_headings_can_be_linked_to() -> None:
    assert body("## What to do\n\n## What to do\n\n### ماذا تفعلون") == (
        '<h2 id="part-what-to-do">What to do</h2>\n<h2 id="part-what-to-do-2">What to do</h2>\n'
        '<h3 id="part-ماذا-تفعلون">ماذا تفعلون</h3>'
    )


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("5–6", "<bdi>5–6</bdi>"),
        ("100-120", "<bdi>100-120</bdi>"),
        ("30 : 2", "<bdi>30 : 2</bdi>"),
        ("50–70 %", "<bdi>50–70 %</bdi>"),
        ("٥–٦", "<bdi>٥–٦</bdi>"),
        ("1.5–2.5", "<bdi>1.5–2.5</bdi>"),
        ("112", "112"),
        ("5 to 6", "5 to 6"),
        ("LS-2", "LS-2"),
    ],
)
def test_ranges_and_ratios_keep_their_order_in_arabic(text: str, html: str) -> None:
    assert body(f"x {text} y") == f"<p>x {html} y</p>"


def test_a_local_fact_stays_open_and_is_named() -> None:
    text = rendered("Call {fact:emergency-number}.")
    assert "<p>Call {fact:emergency-number}.</p>" in text.html
    assert text.facts == {"emergency-number"}


def test_a_link_to_a_lesson_stays_open_and_is_named() -> None:
    text = rendered("See [Stay or go](lesson:ES-1).")
    assert '<a href="{lesson:ES-1}">Stay or go</a>' in text.html
    assert text.lessons == {"ES-1"}


def test_a_link_out_tells_nobody_where_it_was_followed() -> None:
    assert body("[guide](https://example.org/a?b=1&c=2)") == (
        '<p><a href="https://example.org/a?b=1&amp;c=2" rel="external noopener noreferrer">guide</a></p>'
    )


def test_a_table_can_be_scrolled_by_keyboard_and_aligned() -> None:
    assert body("| a | b |\n|---|--:|\n| 1 | 2 |") == (
        '<div class="table-scroll" tabindex="0"><table><thead><tr><th scope="col">a</th>'
        '<th class="end" scope="col">b</th></tr></thead><tbody><tr><td>1</td><td class="end">2</td></tr></tbody>'
        "</table></div>"
    )


def test_plain_markdown_goes_through() -> None:
    assert body("> said\n\n---\n\n3. three\n4. four\n\nline\\\nbreak `code`") == (
        "<blockquote><p>said</p></blockquote>\n<hr>\n"
        '<ol start="3"><li>three</li><li>four</li></ol>\n<p>line<br>break <code>code</code></p>'
    )


def test_pictures_are_told_in_their_order() -> None:
    assert rendered('![Two hands.](figures/hands.svg "Press.")').pictures == (
        PictureUse("figures/hands.svg", "Two hands.", "Press."),
    )


def test_words_are_counted_without_marks() -> None:
    assert rendered("## Two words\n\n- **5–6 cm** deep — now").words == 1 + 2 + 4


def test_less_than_is_no_html() -> None:
    assert body("5 < 6 & 7 > 2") == "<p>5 &lt; 6 &amp; 7 &gt; 2</p>"


def test_a_figure_may_stand_in_a_step() -> None:
    html = body("::: steps\n1. **Press.** So:\n\n   ![Two hands.](figures/hands.svg)\n2. **Go on.**\n:::")
    assert "<li><p><strong>Press.</strong> So:</p><figure>" in html


def test_a_worksheet_says_of_each_line_what_is_filled_in() -> None:
    text = "::: worksheet water-sum\n- {people:number} People at **home**\n- {water:sum people x fact:water x 3} Litres"
    text += "\n:::"
    assert body(text) == (
        '<div class="worksheet" data-worksheet="water-sum"><p class="block-title">Fill in and print</p><ul>'
        '<li class="field" data-field="people" data-kind="number">People at <strong>home</strong></li>'
        '<li class="field" data-field="water" data-kind="sum" data-sum="people*fact:water*3">Litres</li></ul></div>'
    )
    assert rendered(text).facts == {"water"}


def test_sirens_say_the_rhythm_of_each_line() -> None:
    text = "::: sirens\n- {steady 60} **Steady.** One tone.\n- {low 20 off 10 x 12} Deep.\n:::"
    assert body(text) == (
        '<div class="sirens"><p class="block-title">Rhythms of sirens</p><ul>'
        '<li class="siren" data-pattern="steady,60,0,1"><strong>Steady.</strong> One tone.</li>'
        '<li class="siren" data-pattern="low,20,10,12">Deep.</li></ul></div>'
    )


def test_what_a_line_begins_with_is_no_word_of_it() -> None:
    assert rendered("::: worksheet a\n- {near:text} Meeting point\n:::").words == rendered("Meeting point").words


def test_braces_in_any_other_list_are_words() -> None:
    assert body("- {near:text} x") == "<ul>\n<li>{near:text} x</li>\n</ul>".replace("\n", "")
