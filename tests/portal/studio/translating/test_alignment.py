"""A translation set beside its source, block by block, and what the source has changed since."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.studio.translating.alignment import Fate, align, in_order, parted
from portal.studio.translating.blocks import join, split, words_of

BLOCKS = [
    "## Press hard",
    "### Then wait",
    "Press with both hands.",
    "Call {fact:emergency-number} and say where you are.",
    "::: steps\n1. Lie down.\n2. Press for 10 minutes.\n:::",
    "::: dont\n- Do not look.\n- Do not let go.\n:::",
    "::: first\nPress.\n:::",
    '![Two hands on a leg](hands "Press here")',
    "| Sign | Meaning |\n|---|---|\n| red | stop |",
    "- gauze\n- cloth",
    "1. one\n2. two",
    "> A quotation.",
    "[here]: https://example.org",
    "---",
    "    code",
]
TEXTS = st.lists(st.sampled_from(BLOCKS), max_size=9).map("\n\n".join)
ANY = st.text(alphabet="ab#:-|>![]()1. \t\n\r`*{}=_ا٣", max_size=120) | TEXTS


@given(ANY)
def test_the_blocks_of_a_text_joined_are_the_text(text: str) -> None:
    assert "".join(block.text for block in split(text)) == text


@given(ANY)
def test_a_text_beside_itself_is_itself_row_by_row(text: str) -> None:
    rows = align(text, text)
    assert [row.source for row in rows] == [row.text for row in rows] == [block.text for block in split(text)]
    assert {row.fate for row in rows} <= {Fate.SAME}
    assert not parted(rows)


@given(ANY, ANY)
def test_rows_joined_give_the_translation_and_the_source_byte_for_byte(source: str, translation: str) -> None:
    rows = align(source, translation)
    assert "".join(row.text for row in rows) == translation
    assert "".join(row.source for row in rows) == source


@given(TEXTS, TEXTS, TEXTS)
def test_whatever_the_source_becomes_nothing_of_the_translation_is_lost(before: str, now: str, text: str) -> None:
    rows = align(now, text, before)
    assert sorted(block.words for row in rows for block in split(row.text)) == sorted(
        block.words for block in split(text)
    )
    assert "".join(row.source for row in rows) == now
    assert in_order(rows, text) or any(row.moved for row in rows)


@given(ANY, ANY, ANY)
def test_any_text_whatever_is_laid_out_whole(before: str, now: str, text: str) -> None:
    rows = align(now, text, before)
    assert sorted("".join(row.text for row in rows)) == sorted(text)
    assert "".join(row.source for row in rows) == now


@given(TEXTS, TEXTS)
def test_a_source_that_did_not_change_leaves_nothing_to_compare(source: str, text: str) -> None:
    assert not [row for row in align(source, text, source) if row.fate in (Fate.CHANGED, Fate.REMOVED)]


@given(ANY)
def test_rows_that_nobody_touched_give_the_same_text(text: str) -> None:
    kept = words_of(text)
    rows = align(kept, kept)
    assert join([(row.words, row.gap) for row in rows], kept) == kept


@given(st.lists(st.sampled_from(BLOCKS[:10]), min_size=1, max_size=6), st.sampled_from(BLOCKS[:10]))
def test_joining_never_runs_two_blocks_into_one(words: list[str], added: str) -> None:
    rows = [(each, "\n") for each in words] + [(added, "")]
    joined = join(rows)
    assert all(each in joined for each in (*words, added))
    assert len(split(joined)) >= len(split("\n\n".join((*words, added))))


def test_a_row_without_words_is_left_out_with_its_gap() -> None:
    assert join([("One.", "\n\n"), ("", "\n\n\n"), ("Two.", "")]) == "One.\n\nTwo."


def test_a_single_line_end_between_a_heading_and_its_text_is_kept() -> None:
    assert join([("## A", "\n"), ("Words.", "")]) == "## A\nWords."


def test_a_single_line_end_becomes_an_empty_line_where_a_paragraph_would_swallow_the_next() -> None:
    assert join([("A, no heading any more", "\n"), ("Words.", "")]) == "A, no heading any more\n\nWords."


SOURCE = "## Press\n\nPress with both hands.\n\nCall for help.\n\n- gauze\n- cloth\n"
ARABIC = "## الضغط\n\nاضغطوا بكلتا اليدين.\n\nاطلبوا المساعدة.\n\n- شاش\n- قماش\n"


def test_each_block_stands_beside_the_one_that_it_says() -> None:
    rows = align(SOURCE, ARABIC)
    assert [(row.source_words, row.words) for row in rows] == [
        ("## Press", "## الضغط"),
        ("Press with both hands.", "اضغطوا بكلتا اليدين."),
        ("Call for help.", "اطلبوا المساعدة."),
        ("- gauze\n- cloth", "- شاش\n- قماش"),
    ]


def test_a_changed_paragraph_is_marked_on_its_row_alone() -> None:
    rows = align(SOURCE.replace("Call for help.", "Call for help at once."), ARABIC, SOURCE)
    changed = [row for row in rows if row.fate == Fate.CHANGED]
    assert [(row.before_words, row.source_words, row.words) for row in changed] == [
        ("Call for help.", "Call for help at once.", "اطلبوا المساعدة.")
    ]
    assert not parted(rows)


def test_a_new_paragraph_has_an_empty_row_where_it_stands() -> None:
    rows = align(SOURCE.replace("Call for help.", "Lie the person down.\n\nCall for help."), ARABIC, SOURCE)
    assert [(row.fate, row.words) for row in rows][2] == (Fate.NEW, "")
    assert rows[2].source_words == "Lie the person down."
    assert in_order(rows, ARABIC)


def test_a_removed_paragraph_leaves_its_translation_in_its_place() -> None:
    rows = align(SOURCE.replace("Press with both hands.\n\n", ""), ARABIC, SOURCE)
    removed = next(row for row in rows if row.fate == Fate.REMOVED)
    assert (removed.before_words, removed.words) == ("Press with both hands.", "اضغطوا بكلتا اليدين.")
    assert rows.index(removed) == 1
    assert in_order(rows, ARABIC)


def test_what_was_left_out_of_the_translation_is_not_called_new() -> None:
    rows = align(SOURCE.replace("- gauze", "- bandage"), ARABIC.replace("اضغطوا بكلتا اليدين.\n\n", ""), SOURCE)
    assert [row.fate for row in rows] == [Fate.SAME, Fate.MISSING, Fate.SAME, Fate.CHANGED]


def test_a_moved_paragraph_takes_its_translation_along() -> None:
    moved = "## Press\n\nCall for help.\n\n- gauze\n- cloth\n\nPress with both hands.\n"
    rows = align(moved, ARABIC, SOURCE)
    assert [(row.source_words, row.moved) for row in rows][-1] == ("Press with both hands.", True)
    assert rows[-1].words == "اضغطوا بكلتا اليدين."
    assert not any(row.fate in (Fate.NEW, Fate.REMOVED) for row in rows)


def test_two_paragraphs_for_one_stand_together_and_say_so() -> None:
    source = "## Press\n\nPress with both hands, straight down, and do not look. Call for help when you can do it.\n"
    translation = "## الضغط\n\nاضغطوا بكلتا اليدين إلى أسفل ولا تنظروا.\n\nاطلبوا المساعدة حين تستطيعون ذلك.\n"
    rows = align(source, translation)
    assert [row.merged for row in rows] == [False, True]
    assert in_order(rows, translation)


def test_a_missing_block_in_the_middle_does_not_shift_the_rest() -> None:
    translation = ARABIC.replace("اضغطوا بكلتا اليدين.\n\n", "").replace("اطلبوا المساعدة.", "اتصلوا بالرقم ٩٩٧.")
    rows = align(SOURCE.replace("Call for help.", "Call 997."), translation)
    assert [(row.source_words, row.words) for row in rows][2] == ("Call 997.", "اتصلوا بالرقم ٩٩٧.")
    assert rows[1].fate == Fate.MISSING


def test_a_block_that_only_the_translation_has_is_kept_as_a_row_of_its_own() -> None:
    rows = align("## Press\n", "## الضغط\n\n::: warning\nتنبيه محلي.\n:::\n")
    assert [row.fate for row in rows] == [Fate.SAME, Fate.EXTRA]
    assert parted(rows)


def test_a_text_without_a_translation_is_all_missing() -> None:
    assert {row.fate for row in align(SOURCE, "")} == {Fate.MISSING}


@pytest.mark.parametrize("many", [300, 1500])
def test_very_long_texts_are_laid_out_whole_all_the_same(many: int) -> None:
    source = "\n\n".join(f"Paragraph {number}." for number in range(many))
    translation = source.replace("Paragraph 7.", "## A heading\n\nParagraph 7.")
    rows = align(source, translation)
    assert in_order(rows, translation)
    assert "".join(row.source for row in rows) == source
