"""GIFT: each kind with the draft that it becomes, and what is said where it cannot."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.exchange.questions.asked import Answer, Asked, Body, Choices, Pairs, Statement, Typed
from portal.exchange.questions.decoding import NOT_TEXT
from portal.exchange.questions.plain import looks_like_html, tidy
from portal.exchange.questions.reading import questions_in
from tests.portal.exchange.questions.drafting import asked_in, draft_of, faults_of, read_or_refused, why_not
from tests.portal.exchange.questions.gift_writer import written


def test_one_right_answer_with_feedback_and_an_explanation() -> None:
    made = draft_of("::Q1:: What first? {=Press ~Wait#Minutes count. ~Wash#Later. ####Pressure stops blood.}")
    assert (made.kind, made.structure, made.answer_key) == (
        "single_choice",
        {"options": ["a", "b", "c"]},
        {"right": "a"},
    )
    assert made.words == {
        "stem": "What first?",
        "explanation": "Pressure stops blood.",
        "options": {"a": "Press", "b": "Wait", "c": "Wash"},
        "feedback": {"b": "Minutes count.", "c": "Later."},
    }
    assert (made.notes, made.unwritten) == ([], [])


def test_what_is_said_to_the_right_answer_is_why_it_is_right() -> None:
    made = draft_of("What first? {=Press#It stops blood. ~Wait#No. ~Wash#No. ####Always.}")
    assert made.words["explanation"] == "Always.\nIt stops blood."


def test_what_the_file_does_not_say_is_named() -> None:
    assert draft_of("What first? {=Press ~Wait ~Wash#Later.}").unwritten == [
        "why the right answer is right",
        "what to say to: Wait",
    ]


def test_points_for_a_half_right_answer_are_named() -> None:
    made = draft_of("What first? {=Press ~%50%Call ~Wash}")
    assert made.notes == ["“Call” earns 50 percent in the file; here it earns nothing."]


def test_several_right_answers() -> None:
    made = draft_of("With what? {~%50%Cloth#Yes. ~%50%Shirt#Yes. ~%-50%Sand#No. ####Clean.}")
    assert (made.kind, made.answer_key) == ("multiple_choice", {"right": ["a", "b"]})
    assert made.words["feedback"] == {"a": "Yes.", "b": "Yes.", "c": "No."}
    assert made.notes == []


def test_other_weights_are_named() -> None:
    made = draft_of("With what? {~%75%Cloth ~%25%Shirt ~Sand}")
    assert made.notes == ["Its weights are not kept: right answers earn alike here, and each wrong one takes as much."]


@pytest.mark.parametrize(("typed", "right"), [("T", True), ("TRUE", True), ("F", False), ("false", False)])
def test_true_or_false(typed: str, right: bool) -> None:
    made = draft_of(f"Blood is red. {{{typed}#Look at it.#It carries iron.}}")
    assert (made.kind, made.answer_key) == ("true_false", {"right": right})
    assert made.words == {"stem": "Blood is red.", "explanation": "It carries iron.", "feedback": "Look at it."}


@pytest.mark.parametrize(
    ("typed", "ends"),
    [
        ("#5.5:0.5", {"min": 5, "max": 6}),
        ("#5..6", {"min": 5, "max": 6}),
        ("#=5.5:0.5", {"min": 5, "max": 6}),
        ("#-3", {"min": -3, "max": -3}),
        ("#٥..٦", {"min": 5, "max": 6}),
    ],
)
def test_a_number(typed: str, ends: dict[str, int]) -> None:
    made = draft_of(f"How deep? {{{typed}}}")
    assert (made.kind, made.answer_key) == ("numerical", {"right": ends})
    assert "the unit" in made.unwritten


def test_a_nearly_right_number_for_half_the_points() -> None:
    made = draft_of("How deep? {#=5.5:0.5#Good. =%50%5.5:1.5 ~#Neither.}")
    assert made.answer_key == {"right": {"min": 5, "max": 6}, "near": {"min": 4, "max": 7}}
    assert made.words["feedback"] == {"low": "Neither.", "high": "Neither."}
    assert made.words["explanation"] == "Good."


def test_other_shares_of_a_number_are_named() -> None:
    made = draft_of("How deep? {#=5..6 =%20%1..9}")
    assert made.notes == ["The numbers from 1 to 9 with 20 percent are not kept."]


def test_things_that_belong_together() -> None:
    made = draft_of("Match. {=Fire -> Outside =Flood -> Uphill = -> Indoors}")
    assert made.structure == {"prompts": ["a", "b"], "options": ["c", "d", "e"]}
    assert made.answer_key == {"right": {"a": "c", "b": "d"}}
    assert made.words["options"] == {"c": "Outside", "d": "Uphill", "e": "Indoors"}


def test_a_short_answer_with_several_spellings_and_a_mistake() -> None:
    made = draft_of("What stops it? {=tourniquet =CAT =%0%cord#It cuts.}")
    assert made.answer_key == {"right": {"a": ["tourniquet", "CAT"]}, "wrong": {"b": ["cord"]}}
    assert made.words["feedback"] == {"b": "It cuts."}


def test_a_missing_word_is_a_blank() -> None:
    assert draft_of("Press on the {=chest ~belly ~side} hard.").words["stem"] == "Press on the _____ hard."


def test_escaped_signs_are_themselves() -> None:
    made = draft_of(r"::a\:b:: 1 \= 1 \{x\} \~ \# \\n? {=yes\=1 ~no\#2#why\~ ~\%50}")
    assert made.words["stem"] == r"1 = 1 {x} ~ # \n?"
    assert made.words["options"] == {"a": "yes=1", "b": "no#2", "c": r"\%50"}
    assert made.words["feedback"]["b"] == "why~"


def test_a_written_line_end_is_one_and_a_wrapped_line_is_none() -> None:
    assert asked_in("One\ntwo\\nthree {T}").stem == "One two\nthree"


def test_comments_and_lines_are_counted() -> None:
    asked = asked_in("// A comment\n\n// Another\n\n\n// [id:Q-7]\nBlood\n// in between\nis red. {T}\n")
    assert (asked.line, asked.identity, asked.stem) == (7, "Q-7", "Blood is red.")


def test_the_identity_is_the_name_or_else_what_is_asked() -> None:
    assert asked_in("::Red:: Blood is red. {T}").identity == "Red"
    assert asked_in("Blood is red. {T}").identity == "Blood is red."


def test_a_category_is_said_not_to_be_kept() -> None:
    found = questions_in(b"$CATEGORY: first/aid\n\nBlood is red. {T}")
    assert [(note.line, note.message) for note in found.notes] == [
        (1, "The category “first/aid” is not kept: questions stand in their lesson.")
    ]


def test_html_is_read_as_its_words() -> None:
    asked = asked_in("[html]<p>What <b>first</b>&nbsp;&amp; now?</p><script>alert(1)</script> {T}")
    assert asked.stem == "What first & now?"
    assert [note.message for note in asked.notes] == ["Formatting is not kept: b, script."]


def test_a_picture_that_is_elsewhere_is_named() -> None:
    asked = asked_in('[html]<img src\\="https\\://x.test/a.png" alt\\="A"> What? {T}')
    assert "The picture “https://x.test/a.png” is not in the file, so it is not kept." in [
        note.message for note in asked.notes
    ]


def test_less_than_is_no_tag() -> None:
    assert asked_in("[moodle]Is 3 < 5 and a<c? {T}").stem == "Is 3 < 5 and a<c?"


def test_markdown_stays_as_it_is_typed_and_that_is_said() -> None:
    asked = asked_in("[markdown]Press *hard* {T}")
    assert asked.stem == "Press *hard*"
    assert [note.message for note in asked.notes] == ["Markdown is kept as it is typed: questions are plain text."]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Tell. {}", "It is an essay, which nobody is there to mark."),
        ("Only words.", "It is a description without an answer, which a check does not have."),
        ("Which? {=a ~b}", "Its answers: 2. Here a question of its kind has between 3 and 5."),
        ("Which? {~a ~b ~c}", "None of its answers is right."),
        ("Which? {=a =b ~c}", "Several of its answers are right and one is to be chosen, which no kind of ours asks."),
        ("Which? {=a ~b ~b}", "“b” stands among its answers twice."),
        ("Which? {~%50%a ~%25%b ~%25%c}", "All of its answers are right; at least one must be wrong."),
        ("How? {#=1 =2}", "Several ranges of numbers are right; here it is one."),
        ("How? {#99999999999}", "Its numbers are too large, or have more than six decimal places."),
        ("Match {=a -> 1 =b -> 1}", "“1” stands among its answers twice."),
        ("Match {=a -> 1}", "Here between 2 and 6 things are matched, with at most 3 choices left over."),
        ("Type {=*}", "No answer in it is right that could be typed."),
    ],
)
def test_what_no_kind_of_ours_asks_is_named(text: str, why: str) -> None:
    assert why_not(text) == why


@pytest.mark.parametrize(
    ("text", "line", "begins"),
    [
        ("Fine. {T}\n\nWhat\nfirst? {=a ~b", 4, "The answers begin with { and no } ends them"),
        ("What? {=a ~{b} ~c}", 1, "A second { or } stands here."),
        ("What? }", 1, "A } closes nothing."),
        ("{T}", 1, "The question asks nothing"),
        ("What? {yes}", 1, "An answer begins with ="),
        ("What? {\n=a\n~%x%b\n~c}", 3, "A weight is a number between two percent signs."),
        ("What? {\n=a\n~%300%b\n~c}", 3, "A weight lies between minus 100 and 100 percent."),
        ("What? {=a ~#why ~c}", 1, "This answer has no words."),
        ("What? {=a -> 1 =b}", 1, "Some answers of this question have -> and some have not."),
        ("What? {=a -> =b -> 2}", 1, "Nothing stands behind ->."),
        ("What? {#6..5}", 1, "The range begins above its end."),
        ("What? {#many}", 1, "“many” is no number."),
        ("// only a comment", 0, "There is no question in this file."),
    ],
)
def test_a_fault_is_said_with_its_line(text: str, line: int, begins: str) -> None:
    [(where, message)] = faults_of(text)
    assert where == line
    assert message.startswith(begins)


def test_all_faults_are_said_at_once() -> None:
    assert [line for line, _message in faults_of("One {#x}\n\nTwo {=a\n\nThree {T}\n\nFour {z}")] == [1, 3, 7]


SIGNS = st.text(st.sampled_from("={}~#:%\\->.0123TF$/ \n<b>&;[]html()*م١é"), max_size=60)


@given(st.one_of(SIGNS, st.text(max_size=80)))
def test_any_text_is_read_or_refused_with_a_line_and_a_sentence(text: str) -> None:
    said = read_or_refused(text.encode("utf-8", errors="replace"), "gift")
    assert said
    assert all(said)


def _sayable(text: str) -> bool:
    """Whether it stays itself as plain words that do not begin with a sign of GIFT."""
    return bool(text) and text == tidy(text) and not NOT_TEXT.search(text) and text[0].isalnum() and "->" not in text


WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn", "Zl", "Zp")) | st.sampled_from("\n={}~#:\\"), max_size=20
)
SAID = WORDS.map(tidy).filter(lambda text: _sayable(text) and not looks_like_html(text))
ANSWERS = st.lists(SAID, min_size=3, max_size=5, unique=True)


@st.composite
def bodies(draw: st.DrawFn) -> Body:
    kind = draw(st.sampled_from(["statement", "single", "multiple", "typed", "pairs"]))
    if kind == "statement":
        return Statement(draw(st.booleans()), draw(SAID), draw(SAID))
    texts = draw(ANSWERS)
    if kind == "pairs":
        return Pairs([(text, draw(SAID)) for text in texts])
    whys = [draw(st.just("") | SAID) for _text in texts]
    shares = [Decimal(100)] + [Decimal(0)] * (len(texts) - 1)
    if kind == "multiple":
        shares = [Decimal(50), Decimal(50)] + [Decimal(-50)] * (len(texts) - 2)
    answers = [Answer(*each) for each in zip(texts, shares, whys, strict=True)]
    return Typed(answers) if kind == "typed" else Choices(answers, single=kind == "single")


@given(st.lists(st.tuples(SAID, SAID, bodies(), st.just("") | SAID), min_size=1, max_size=3))
def test_what_is_written_is_read_again(made: list[tuple[str, str, Body, str]]) -> None:
    asked = [Asked(0, name, name, stem, body, explanation) for name, stem, body, explanation in made]
    found = questions_in("\n".join(map(written, asked)).encode())
    assert [(one.name, one.stem, one.body, one.explanation) for one in found.questions] == [
        (one.name, one.stem, one.body, one.explanation) for one in asked
    ]
