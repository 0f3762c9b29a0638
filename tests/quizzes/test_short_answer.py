"""A short answer: what is recognised, the form, what is shown after it."""

from contextlib import suppress
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from quizzes.kinds import kind_named
from quizzes.kinds.base import Review, read_answer
from quizzes.kinds.short_answer import recognised
from tests.factories import SHORT

KIND: Any = kind_named("short_answer")
STRUCTURE, KEY = KIND.parse(SHORT["structure"], SHORT["answer_key"])
EXACT, _KEY = KIND.parse(SHORT["structure"] | {"spelling": "exact"}, SHORT["answer_key"])
WORDS = {language: KIND.parse_words(said, STRUCTURE, KEY) for language, said in SHORT["words"].items()}

rights = st.sampled_from([*KEY.right["strap"], *(words.options["strap"] for words in WORDS.values())])
wrongs = st.sampled_from([*KEY.wrong["cord"], *(words.options["cord"] for words in WORDS.values())])
around = st.sampled_from(["{}", "  {} ", "{}.", "«{}»", "the {}", "{}\u200f", "{}\u064e"])
structures = st.sampled_from([STRUCTURE, EXACT])


@given(structures, rights, around, st.booleans(), st.booleans())
def test_every_accepted_form_of_either_language_earns_everything(
    structure: Any, spelling: str, frame: str, loud: bool, critical: bool
) -> None:
    typed = frame.format(spelling.upper() if loud else spelling)
    assert KIND.grade(structure, KEY, typed, critical=critical) == 1


@given(structures, wrongs, around)
def test_a_named_misconception_earns_nothing_and_is_told_apart(structure: Any, spelling: str, frame: str) -> None:
    typed = frame.format(spelling)
    assert KIND.grade(structure, KEY, typed) == 0
    assert KIND.counted(structure, KEY, typed) == ["cord"]


@given(structures, st.text(max_size=100))
def test_whatever_is_typed_earns_everything_or_nothing(structure: Any, typed: str) -> None:
    assert KIND.grade(structure, KEY, typed) in {0, 1}
    assert KIND.grade(structure, KEY, typed) == (recognised(structure, KEY, typed) == "strap")


@given(st.text(max_size=120) | rights)
def test_whatever_is_sent_is_an_answer_or_refused(typed: str) -> None:
    with suppress(ValidationError):
        answer = read_answer(KIND.field(STRUCTURE), {"answer": typed})
        assert answer == typed.strip()
        assert KIND.review(STRUCTURE, KEY, WORDS["en"], [], answer).answer_display == answer


@pytest.mark.parametrize(
    ("typed", "lenient"), [("torniquet", "strap"), ("عاصية", "strap"), ("sting", "cord"), ("corn", "")]
)
def test_a_slip_is_forgiven_only_where_that_is_wanted(typed: str, lenient: str) -> None:
    assert (recognised(STRUCTURE, KEY, typed), recognised(EXACT, KEY, typed)) == (lenient, "")


def test_a_slip_that_may_mean_two_things_means_neither() -> None:
    key = {"right": {"a": ["inhale"]}, "wrong": {"b": ["exhale"]}}
    structure, parsed = KIND.parse({"options": ["a", "b"], "spelling": "lenient"}, key)
    assert [recognised(structure, parsed, typed) for typed in ("inhael", "exhal", "enhale")] == ["a", "b", ""]


def test_the_exact_spelling_of_a_misconception_is_never_a_slip_for_what_is_right() -> None:
    key = {"right": {"a": ["hypothermia"]}, "wrong": {"b": ["hypothermie"]}}
    structure, parsed = KIND.parse({"options": ["a", "b"], "spelling": "lenient"}, key)
    assert KIND.grade(structure, parsed, "Hypothermie") == 0


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Write your answer, then send it."),
        ("   ", "Write your answer, then send it."),
        ("?!", "Write your answer in letters or digits."),
        ("x" * 101, "This is too long. Write no more than a few words."),
    ],
)
def test_what_is_wrong_with_an_answer_is_said(typed: str, said: str) -> None:
    with pytest.raises(ValidationError) as fault:
        read_answer(KIND.field(STRUCTURE), {"answer": typed})
    assert fault.value.messages == [said]


def test_the_same_word_written_otherwise_is_the_same_answer() -> None:
    assert KIND.canonical("The Tourniquet") == KIND.canonical(" tourniquet.")
    assert KIND.canonical("tourniquet") != KIND.canonical("cord")


def review(answer: Any, language: str = "en") -> Review:
    return KIND.review(STRUCTURE, KEY, WORDS[language], [], answer)


def test_the_review_shows_what_was_typed_and_what_is_right() -> None:
    seen = review("حبل")
    assert (seen.answer_display, seen.right_display, seen.whys) == ("حبل", "A tourniquet", ("WHY-NO-CORD it cuts.",))


@pytest.mark.parametrize("answer", [None, "عاصبة", "nonsense"])
def test_nothing_is_said_of_what_names_no_misconception(answer: str | None) -> None:
    assert review(answer, "ar").whys == ()


def test_what_may_be_counted_are_its_options() -> None:
    found = KIND.countables(STRUCTURE, KEY, WORDS["en"])
    assert [(one.id, one.label, one.right) for one in found] == [
        ("strap", "A tourniquet", True),
        ("cord", "A cord", False),
    ]
    assert [KIND.counted(STRUCTURE, KEY, typed) for typed in ("CAT", "string", "rope", None)] == [
        ["strap"],
        ["cord"],
        [],
        [],
    ]


def test_authors_see_every_spelling_and_what_is_said() -> None:
    assert KIND.told(STRUCTURE, KEY, WORDS["en"]) == [
        ("Taken for “A tourniquet”:", "tourniquet · CAT · عاصبة · رباط ضاغط"),
        ("Taken for “A cord”:", "cord · string · حبل"),
        ("Said to “A cord”:", "WHY-NO-CORD it cuts."),
    ]


@pytest.mark.parametrize(
    ("structure", "key", "said"),
    [
        ({"options": []}, {"right": {"a": ["x"]}}, "at least 1 item"),
        ({"options": ["a", "a"]}, {"right": {"a": ["x"]}}, "option ids must differ"),
        ({"options": list("abcdefghi")}, {"right": {"a": ["x"]}}, "at most 8 items"),
        ({"options": ["a"], "spelling": "free"}, {"right": {"a": ["x"]}}, "'exact' or 'lenient'"),
        ({"options": ["a"], "forms": []}, {"right": {"a": ["x"]}}, "Extra inputs"),
        ({"options": ["a"]}, {"right": {}}, "at least 1 item"),
        ({"options": ["a"]}, {"right": {"a": []}}, "at least 1 item"),
        ({"options": ["a"]}, {"right": {"a": ["  "]}}, "at least 1 character"),
        ({"options": ["a"]}, {"right": {"a": ["x" * 101]}}, "at most 100 characters"),
        ({"options": ["a"]}, {"right": {"a": ["?"]}}, "right: a: “\\?” has no letter and no digit"),
        ({"options": ["a"]}, {"right": {"a": ["x"]}, "wrong": {"b": ["y"]}}, "right and wrong: unknown b"),
        ({"options": ["a", "b"]}, {"right": {"a": ["x"]}}, "right and wrong: missing b"),
        ({"options": ["a"]}, {"right": {"a": ["x"]}, "wrong": {"a": ["y"]}}, "wrong: a is right already"),
        (
            {"options": ["a", "b"]},
            {"right": {"a": ["The cord"]}, "wrong": {"b": ["CORD"]}},
            "wrong: “CORD” stands for a and for b",
        ),
        ({"options": ["a"]}, {"right": ["a"]}, "valid dictionary"),
    ],
)
def test_a_key_that_does_not_fit_is_refused(structure: dict[str, Any], key: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        KIND.parse(structure, key)


@pytest.mark.parametrize(
    ("part", "said", "fault"),
    [
        ("options", {"strap": "A tourniquet"}, "options: missing cord"),
        ("options", {"strap": "A tourniquet", "cord": "A cord", "tape": "Tape"}, "options: unknown tape"),
        ("options", {"strap": "A band", "cord": "A cord"}, "options: strap: “A band” is not among its spellings"),
        ("feedback", {}, "missing cord"),
        ("feedback", {"cord": "No.", "strap": "Yes."}, "unknown strap"),
        ("feedback", {"cord": ""}, "at least 1 character"),
    ],
)
def test_words_that_do_not_fit_are_refused(part: str, said: dict[str, str], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        KIND.parse_words(SHORT["words"]["en"] | {part: said}, STRUCTURE, KEY)


def test_all_that_is_right_is_named_in_the_order_of_the_question() -> None:
    key = {"right": {"b": ["Cold"], "a": ["Ice"]}, "wrong": {"c": ["Heat"]}}
    structure, parsed = KIND.parse({"options": ["a", "c", "b"]}, key)
    called = {"a": "Ice", "b": "Cold", "c": "Heat"}
    said = {"stem": "-", "explanation": "-", "options": called, "feedback": {"c": "It burns."}}
    words = KIND.parse_words(said, structure, parsed)
    seen = [KIND.review(structure, parsed, words, [], typed) for typed in ("heat", "cold", None)]
    assert [(one.answer_display, one.right_display, one.whys) for one in seen] == [
        ("heat", "Ice · Cold", ("It burns.",)),
        ("cold", "Ice · Cold", ()),
        ("", "Ice · Cold", ()),
    ]


def test_what_was_typed_is_kept_as_it_was_without_the_space_around_it() -> None:
    assert read_answer(KIND.field(STRUCTURE), {"answer": " The Tourniquet "}) == "The Tourniquet"


def test_the_exact_spelling_of_what_is_right_is_never_a_slip_for_a_misconception() -> None:
    key = {"right": {"a": ["hypothermia"]}, "wrong": {"b": ["hypothermie"]}}
    structure, parsed = KIND.parse({"options": ["a", "b"], "spelling": "lenient"}, key)
    assert KIND.grade(structure, parsed, "Hypothermia") == 1
    assert KIND.counted(structure, parsed, "hypothermie") == ["b"]


def test_a_short_answer_has_no_options_to_show() -> None:
    assert review("cord").options == ()
