"""Moodle XML: each kind with the draft that it becomes, and XML that means harm."""

import base64
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.exchange.questions.reading import questions_in
from tests.portal.exchange.questions.drafting import (
    answer,
    asked_in,
    draft_of,
    faults_of,
    moodle,
    read_or_refused,
    why_not,
)

WHY = '<generalfeedback format="html"><text>Pressure stops blood.</text></generalfeedback>'
THREE = answer("Press", "100") + answer("Wait", "0", "Minutes count.") + answer("Wash", "0", "Later.")


def test_one_right_answer() -> None:
    made = draft_of(moodle("multichoice", WHY + "<single>true</single>" + THREE))
    assert (made.kind, made.answer_key) == ("single_choice", {"right": "a"})
    assert made.words == {
        "stem": "What first?",
        "explanation": "Pressure stops blood.",
        "options": {"a": "Press", "b": "Wait", "c": "Wash"},
        "feedback": {"b": "Minutes count.", "c": "Later."},
    }


def test_several_right_answers() -> None:
    inside = answer("Cloth", "50") + answer("Shirt", "50") + answer("Sand", "-50")
    made = draft_of(moodle("multichoice", f"<single>false</single>{inside}"))
    assert (made.kind, made.answer_key, made.notes) == ("multiple_choice", {"right": ["a", "b"]}, [])


def test_true_or_false() -> None:
    made = draft_of(moodle("truefalse", answer("true", "0", "Look at it.") + answer("false", "100", "It is.")))
    assert (made.kind, made.answer_key) == ("true_false", {"right": False})
    assert (made.words["feedback"], made.words["explanation"]) == ("Look at it.", "It is.")


def test_a_number_with_its_unit() -> None:
    units = (
        "<units><unit><multiplier>1</multiplier><unit_name>cm</unit_name></unit>"
        "<unit><multiplier>0.1</multiplier><unit_name>mm</unit_name></unit></units>"
    )
    inside = answer("5.5", "100", more="<tolerance>0.5</tolerance>") + answer("*", "0", "Measure.") + units
    text = moodle("numerical", inside)
    made = draft_of(text)
    assert made.answer_key == {"right": {"min": 5, "max": 6}}
    assert made.words["unit"] == "cm"
    assert made.words["feedback"] == {"low": "Measure.", "high": "Measure."}
    assert [note.message for note in asked_in(text).notes] == ["The unit “mm” is not kept: a question has one unit."]


def test_a_short_answer_with_shares() -> None:
    inside = answer("tourniquet", "100") + answer("strap", "50") + answer("cord", "0", "It cuts.")
    made = draft_of(moodle("shortanswer", f"<usecase>1</usecase>{inside}"))
    assert made.answer_key == {"right": {"a": ["tourniquet"]}, "wrong": {"b": ["cord"]}}
    assert made.notes == [
        "Small letters and capitals are the same here.",
        "“strap” earns 50 percent in the file; here it earns nothing.",
    ]


def test_things_that_belong_together_with_one_left_over() -> None:
    pairs = [("Fire", "Outside"), ("Flood", "Uphill"), ("", "Indoors")]
    inside = "".join(
        f"<subquestion><text>{one}</text><answer><text>{two}</text></answer></subquestion>" for one, two in pairs
    )
    made = draft_of(moodle("matching", inside))
    assert made.answer_key == {"right": {"a": "c", "b": "d"}}
    assert made.words["options"] == {"c": "Outside", "d": "Uphill", "e": "Indoors"}


def test_steps_in_their_order() -> None:
    inside = answer("Press", "2.0") + answer("Look", "1.0") + answer("Wait", "3.0")
    made = draft_of(moodle("ordering", inside))
    assert made.answer_key == {"right": [["a"], ["b"], ["c"]]}
    assert made.words["options"] == {"a": "Look", "b": "Press", "c": "Wait"}


def test_gaps_with_choices_by_group() -> None:
    options = [("chest", 1), ("belly", 1), ("hard", 2), ("softly", 2)]
    inside = "".join(
        f"<selectoption><text>{text}</text><group>{group}</group></selectoption>" for text, group in options
    )
    made = draft_of(moodle("gapselect", inside, stem="Press on the [[1]], [[3]]."))
    assert made.kind == "gap_fill"
    assert made.words["text"] == "Press on the {a}, {b}."
    [where, how] = made.structure["gaps"]
    assert made.words["choices"][where][made.answer_key["right"][where][0]] == "chest"
    assert sorted(made.words["choices"][how].values()) == ["hard", "softly"]
    assert made.words["stem"] == "Fill the gaps."


def test_embedded_answers_that_are_chosen() -> None:
    stem = r"Press on the {1:MULTICHOICE:=chest#Yes.~belly#No heart.~%50%side} with {2:MCV:one~=two} hands."
    made = draft_of(moodle("cloze", "", stem=stem))
    assert made.words["text"] == "Press on the {a} with {b} hands."
    assert made.words["explanation"] == "Yes."
    assert list(made.words["feedback"].values()) == ["No heart."]
    assert made.notes == ["“side” earns 50 percent in the file; here it earns nothing."]


@pytest.mark.parametrize(
    ("kind", "inside", "stem", "why"),
    [
        ("essay", "", "Tell.", "It is an essay, which nobody is there to mark."),
        ("description", "", "Tell.", "It is a description without an answer, which a check does not have."),
        ("calculated", "", "Add.", "Questions of the kind “calculated” are not kept."),
        ("cloze", "", "{1:SHORTANSWER:=a}", "In one of its gaps something is typed; gaps here are chosen from a list."),
        ("cloze", "", "Nothing.", "There is no gap in its text."),
        ("gapselect", "", "Press [[9]].", "A gap names a choice that is not there."),
        ("multichoice", THREE, "", "It asks nothing: its text is empty."),
        ("multichoice", answer("Press", "many"), "What?", "A number in it cannot be read."),
        ("truefalse", answer("yes", "100"), "What?", "Its answers are not true and false."),
        ("numerical", answer("much", "100"), "What?", "A number in it cannot be read."),
        ("ordering", answer("a", "1") + answer("b", "2"), "What?", "Its steps: 2. Here there are between 3 and 8."),
    ],
)
def test_what_no_kind_of_ours_asks_is_named(kind: str, inside: str, stem: str, why: str) -> None:
    assert why_not(moodle(kind, inside, stem=stem)) == why


def test_hints_tags_points_and_formatting_are_named_with_their_lines() -> None:
    inside = (
        f"{THREE}\n<hint><text>Think.</text></hint>\n<tags><tag><text>blood</text></tag></tags>\n"
        "<defaultgrade>2.0000000</defaultgrade>\n<penalty>0.3</penalty>"
    )
    text = moodle("multichoice", inside, stem="What <b>first</b>?")
    assert [(note.line, note.message) for note in asked_in(text).notes] == [
        (5, "Formatting is not kept: b."),
        (7, "The hint is not kept: “Think.”."),
        (8, "Tags are not kept: blood."),
        (9, "Each question counts one point here, not 2.0000000."),
    ]
    assert [(note.line, note.message) for note in questions_in(text.encode()).notes] == [
        (10, "<penalty> is kept of no question.")
    ]


def test_the_number_of_a_question_names_it_before_its_name() -> None:
    assert asked_in(moodle("multichoice", f"{THREE}<idnumber>LS-7</idnumber>")).identity == "LS-7"
    assert asked_in(moodle("multichoice", THREE, name="Press")).identity == "Press"


def test_a_picture_in_the_file_is_found_with_its_words() -> None:
    data = base64.b64encode(b"a picture").decode()
    stem = '<img src="@@PLUGINFILE@@/two%20hands.png" alt="Two hands">What?'
    text = moodle("multichoice", THREE, stem=stem).replace(
        "</questiontext>", f'<file name="two hands.png" path="/" encoding="base64">{data}</file></questiontext>'
    )
    [picture] = asked_in(text).pictures
    assert (picture.name, picture.base64, picture.alt, picture.line) == ("two hands.png", data, "Two hands", 5)


BILLION = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "doctype",
    [
        f'<!DOCTYPE quiz [<!ENTITY a0 "ha">{BILLION}]>',
        '<!DOCTYPE quiz [<!ENTITY a9 SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE quiz SYSTEM "http://127.0.0.1:9/x.dtd">',
        '<!DOCTYPE quiz [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>',
    ],
)
def test_entities_and_doctypes_are_refused(doctype: str) -> None:
    text = moodle("multichoice", THREE, stem="]]>&a9;<![CDATA[").replace("<quiz>", f"{doctype}<quiz>")
    assert faults_of(text) == [
        (2, "The XML holds a DOCTYPE or entities, which are not allowed. Export the file again without them.")
    ]


@pytest.mark.parametrize(
    ("text", "line", "begins"),
    [
        ("<quiz><question></quiz>", 1, "The XML is broken here."),
        ("<quiz>\n&nbsp;</quiz>", 2, "The XML is broken here."),
        ("<quiz>" + "<a>" * 60 + "</a>" * 60 + "</quiz>", 1, "The XML has too many parts"),
        ("<?xml version='1.0'?><html/>", 1, "This is XML, but no Moodle question file: it begins with <html>"),
        ("<quiz/>", 0, "There is no question in this file."),
    ],
)
def test_other_xml_is_refused_with_its_line(text: str, line: int, begins: str) -> None:
    [(where, message)] = faults_of(text)
    assert where == line
    assert message.startswith(begins)


@pytest.mark.parametrize("piece", ["<a ", "<!--", "{1:MC:", "{1:MC:\\", "<p><b>", "&#", "<a b='"])
def test_what_never_ends_is_read_in_its_time(piece: str) -> None:
    text = moodle("cloze", "", stem=piece * (90_000 // len(piece)))
    began = time.process_time()
    assert all(read_or_refused(text.encode()))
    assert time.process_time() - began < 5


def test_a_text_that_is_too_long_is_named() -> None:
    assert why_not(moodle("multichoice", THREE, stem="a" * 100_001)).startswith("A text in it is longer than 100000")


TAGS = ["question", "answer", "text", "subquestion", "units", "unit", "file", "feedback", "selectoption", "single"]
KINDS = ["multichoice", "truefalse", "numerical", "shortanswer", "matching", "ordering", "gapselect", "cloze", "x"]
SAID = st.text(st.sampled_from("ab <>&;[1]{}:=~%\\#MC*0.5-١"), max_size=12)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


ELEMENTS = st.recursive(
    SAID.map(_escaped),
    lambda inside: st.builds(
        lambda tag, fraction, parts: f'<{tag} fraction="{fraction}">{"".join(parts)}</{tag}>',
        st.sampled_from(TAGS),
        st.sampled_from(["", "100", "0", "50", "-1", "x", "NaN", "1e9"]),
        st.lists(inside, max_size=4),
    ),
    max_leaves=12,
)


@given(st.sampled_from(KINDS), SAID, st.lists(ELEMENTS, max_size=5))
def test_any_question_is_read_or_named_as_not_kept(kind: str, stem: str, parts: list[str]) -> None:
    text = moodle(kind, "".join(parts), stem=stem.replace("]]>", ""))
    assert all(read_or_refused(text.encode()))


@given(st.one_of(st.text(max_size=60), st.text(st.sampled_from("<quiz>/?!ab&; \"'="), max_size=60)))
def test_any_text_is_read_or_refused_with_a_line_and_a_sentence(text: str) -> None:
    said = read_or_refused(text.encode("utf-8", errors="replace"), "moodle")
    assert said
    assert all(said)
