"""What is counted of a text, and the one sentence of advice about it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.measuring import LONG_SENTENCE, Measure, measure
from lessons.reading_level import long_words, sentences_in

EASY = "Press hard on the wound. Do not let go. Call for help at once. " * 4
LONG = (
    "When you see that the person is bleeding you should go to them and you should press on it and you should not go. "
)
HARD = "Haemorrhagic complications necessitate instantaneous intervention. Immobilisation techniques predominate. " * 6


def english(markdown: str, planned: int = 6) -> Measure:
    return measure(markdown, "en", planned)


@pytest.mark.parametrize(
    ("run", "sentences"),
    [
        ("Press. Wait.", ["Press", "Wait"]),
        ("هل يتنفّس؟ اضغطوا.", ["هل يتنفّس", "اضغطوا"]),
        ("قال: «ابتعدوا!» ثم خرج.", ["قال: «ابتعدوا", "» ثم خرج"]),
        ("5.5 cm deep", ["5.5 cm deep"]),
        ("Call {fact:emergency-number}.", ["Call the number"]),
        ("...", []),
        ("", []),
    ],
)
def test_a_run_of_words_is_split_into_its_sentences(run: str, sentences: list[str]) -> None:
    assert sentences_in(run) == sentences


def test_marks_on_arabic_letters_make_no_word_longer() -> None:
    assert long_words(["مُسْتَشْفَى"]) == 0
    assert long_words(["المستشفيات"]) == 1
    assert long_words(["الـــــدم", "الإسعافات"]) == 0.5


def test_where_there_are_no_words_none_are_long() -> None:
    assert long_words(["", "5–6", "{fact:emergency-number}"]) == 0


def test_the_outline_is_the_headings_with_their_lines_and_levels() -> None:
    outline = english("::: first\nPress.\n:::\n\n## Stop **it**\n\nWords.\n\n### Call {fact:number}\n").outline
    assert [(place.line, place.text, place.level) for place in outline] == [(5, "Stop it", 2), (9, "Call …", 3)]


def test_long_sentences_come_with_their_lines_the_longest_of_them_where_there_are_many() -> None:
    found = english(f"Short.\n\n{LONG}\n\n- Short too.\n- {LONG}").long_sentences
    assert [place.line for place in found] == [3, 6]
    many = "\n\n".join(f"{'word ' * (LONG_SENTENCE + number)}." for number in range(1, 30))
    listed = english(many).longest
    assert [len(place.text.split()) for place in listed] == list(range(42, 50))


def test_words_of_pictures_are_counted_as_readers_see_them() -> None:
    assert english('![not counted](figures/a.svg "a caption")').words == 2


@pytest.mark.parametrize(
    ("markdown", "planned", "said"),
    [
        ("Press hard.", 6, "Too short to judge yet."),
        (EASY, 6, "It reads easily."),
        (LONG * 3, 6, "Sentences are long: split them."),
        (HARD, 6, "Many words are long: say it in everyday words."),
        (EASY * 10, 1, "It takes longer to read than the lesson says: shorten it, or make two."),
        (EASY * 3 + LONG, 6, "It reads easily. A few sentences are still long."),
    ],
)
def test_one_sentence_says_what_would_help_most(markdown: str, planned: int, said: str) -> None:
    assert english(markdown, planned).advice == said


@pytest.mark.parametrize(("markdown", "well"), [(EASY, True), (EASY * 3 + LONG, True), (LONG * 3, False)])
def test_a_text_reads_well_also_where_a_few_sentences_are_long(markdown: str, well: bool) -> None:
    assert english(markdown).reads_well is well


def test_a_grade_is_said_of_english_only() -> None:
    assert english(EASY).grade == 1
    assert measure(EASY, "ar", 6).grade is None
    assert english("اضغطوا على الجرح.").grade is None


def test_arabic_is_measured_by_its_sentences_and_long_words() -> None:
    """Two sentences of three words, one word of the six longer than six letters."""
    found = measure("اضغطوا على الجرح. ثم اطلبوا الإسعافات.", "ar", 6)
    assert (found.words, found.sentence, found.long_words, found.lix) == (6, 3.0, 17, 20)


def test_arabic_takes_longer_to_read_than_english() -> None:
    words = "word " * 600
    assert measure(words, "en", 6).minutes == 3
    assert measure(words, "ar", 6).minutes == 5
    assert measure(words, "fr", 6).minutes == 4


def test_nothing_is_counted_of_an_empty_text() -> None:
    found = english("")
    assert (found.words, found.minutes, found.sentence, list(found.outline)) == (0, 0, 0.0, [])


@given(st.text(max_size=300), st.sampled_from(["en", "ar", "fr"]))
def test_any_text_can_be_measured(markdown: str, language: str) -> None:
    found = measure(markdown, language, 6)
    assert found.advice
    assert all(1 <= place.line <= len(markdown.splitlines()) + 1 for place in (*found.outline, *found.long_sentences))
