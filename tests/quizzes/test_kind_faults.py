"""What is wrong with a question is said in full: every name that does not fit, in the order of the alphabet."""

from typing import Any

import pytest

from quizzes.kinds import kind_named
from quizzes.kinds.base import exactly
from tests.factories import GAPS, HOTSPOT, MATCHING, MULTIPLE, NUMERICAL, ORDERING, SHORT, SINGLE, TRUE_FALSE

EVERY = [SINGLE, MULTIPLE, TRUE_FALSE, NUMERICAL, ORDERING, MATCHING, SHORT, GAPS, HOTSPOT]
SIX = list("abcdef")
DOTS = [{"id": one, "rect": [at * 20, 0, 9, 9]} for at, one in enumerate("dcbadcba")]


@pytest.mark.parametrize(
    ("kind", "structure", "key", "said"),
    [
        ("multiple_choice", {"options": SIX}, {"right": list("zyxw")}, "right: w, x, y, z not among the options"),
        ("ordering", {"options": SIX}, {"right": list("dcbadcba")}, "right: a, b, c, d stands twice"),
        ("ordering", {"options": SIX}, {"right": list("ab")}, "right: missing c, d, e, f"),
        (
            "matching",
            {"prompts": SIX[:4], "options": list("uvst")},
            {"right": dict(zip(SIX, "zyxw", strict=False))},
            "right: w, x, y, z not among the options",
        ),
        (
            "matching",
            {"prompts": SIX, "options": list("uvwxyz")},
            {"right": dict(zip(SIX, "zzyyxx", strict=True))},
            "right: x, y, z belongs to one prompt only",
        ),
        ("matching", {"prompts": list("dcba"), "options": list("dcba")}, {"right": {}}, "must all differ: a, b, c, d"),
        (
            "gap_fill",
            {"gaps": {"gap": list("abcd")}},
            {"right": {"gap": list("zyxw")}},
            "right: w, x, y, z not among the choices of gap",
        ),
        ("hotspot", {"regions": DOTS[:4]}, {"right": list("zyxw")}, "right: w, x, y, z not among the regions"),
        ("hotspot", {"regions": DOTS}, {"right": "a"}, "regions: a, b, c, d stands twice"),
        (
            "short_answer",
            {"options": list("abcd")},
            {"right": {one: [one] for one in "dcba"}, "wrong": {one: [one] for one in "dcba"}},
            "wrong: a, b, c, d is right already",
        ),
    ],
)
def test_a_key_that_does_not_fit_names_all_that_is_wrong(
    kind: str, structure: dict[str, Any], key: dict[str, Any], said: str
) -> None:
    picture = {"picture": HOTSPOT["structure"]["picture"]} if kind == "hotspot" else {}
    with pytest.raises(ValueError, match=said):
        kind_named(kind).parse(structure | picture, key)


def test_gaps_that_stand_twice_in_the_text_are_all_named() -> None:
    kind = kind_named("gap_fill")
    parsed = kind.parse({"gaps": {gap: ["x", "y"] for gap in "dcba"}}, {"right": dict.fromkeys("dcba", "x")})
    choices = {gap: {"x": "x", "y": "y"} for gap in "dcba"}
    words = {"stem": "-", "explanation": "-", "text": "{d}{c}{b}{a}{d}{c}{b}{a}", "choices": choices}
    with pytest.raises(ValueError, match="text: a, b, c, d stands twice"):
        kind.parse_words(words, *parsed)


@pytest.mark.parametrize(
    ("found", "said"), [("", "steps: missing a, b, c, d"), ("abcdhgfe", "steps: unknown e, f, g, h")]
)
def test_what_is_missing_or_left_over_is_named_in_order(found: str, said: str) -> None:
    with pytest.raises(ValueError, match=f"^{said}$"):
        exactly(found, "dcba", "steps")


@pytest.mark.parametrize("spec", EVERY, ids=lambda spec: spec["kind"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_words_that_fit_are_taken(spec: dict[str, Any], language: str) -> None:
    kind = kind_named(spec["kind"])
    parsed = kind.parse(spec["structure"], spec["answer_key"])
    assert kind.parse_words(spec["words"][language], *parsed).stem == spec["words"][language]["stem"]


@pytest.mark.parametrize(
    ("spec", "left_out"),
    [(SINGLE, "options"), (MULTIPLE, "options"), (ORDERING, "options"), (MATCHING, "options"), (MATCHING, "prompts")],
    ids=lambda value: value["kind"] if isinstance(value, dict) else value,
)
def test_words_that_leave_something_out_say_where(spec: dict[str, Any], left_out: str) -> None:
    kind, words = kind_named(spec["kind"]), spec["words"]["en"]
    name = min(words[left_out])
    fewer = {one: said for one, said in words[left_out].items() if one != name}
    with pytest.raises(ValueError, match=f"^{left_out}: missing {name}$"):
        kind.parse_words(words | {left_out: fewer}, *kind.parse(spec["structure"], spec["answer_key"]))


@pytest.mark.parametrize(
    ("spec", "feedback", "said"),
    [
        (SINGLE, {"wait": "No."}, r"feedback \(one for each wrong option\): missing wash"),
        (SINGLE, dict.fromkeys(["press", "wait", "wash"], "?"), r"wrong option\): unknown press"),
        (MULTIPLE, {"cloth": "Yes."}, r"feedback \(one for each option\): missing dirt, hand, ice"),
        (NUMERICAL, {"low": "Less."}, "feedback: high is missing"),
        (NUMERICAL, {"high": "More."}, "feedback: low is missing"),
        (SHORT, {}, r"feedback \(one for each wrong option\): missing cord"),
        (GAPS, {"where:chest": "Yes."}, r"feedback \(only for wrong choices\): unknown where:chest"),
        (HOTSPOT, {}, r"feedback \(one for each wrong region\): missing belly, side"),
    ],
    ids=lambda value: value["kind"] if isinstance(value, dict) and "kind" in value else "",
)
def test_feedback_that_does_not_fit_is_named(spec: dict[str, Any], feedback: dict[str, str], said: str) -> None:
    kind = kind_named(spec["kind"])
    parsed = kind.parse(spec["structure"], spec["answer_key"])
    with pytest.raises(ValueError, match=said):
        kind.parse_words(spec["words"]["en"] | {"feedback": feedback}, *parsed)


def test_feedback_for_an_open_end_of_a_range_is_refused() -> None:
    kind = kind_named("numerical")
    with pytest.raises(ValueError, match="feedback: high is for an answer that is right"):
        kind.parse_words(NUMERICAL["words"]["en"], *kind.parse({}, {"right": {"min": 5}}))


@pytest.mark.parametrize("near", [{"min": 4}, {"max": 7}, {"min": 5, "max": 6}, {"min": 5}, {"max": 6}])
def test_a_near_range_may_be_open_or_begin_where_the_right_one_does(near: dict[str, int]) -> None:
    assert kind_named("numerical").parse({}, {"right": {"min": 5, "max": 6}, "near": near})


@pytest.mark.parametrize(
    ("right", "near"),
    [
        ({"min": 5}, {"min": 4, "max": 7}),
        ({"max": 6}, {"min": 4, "max": 7}),
        ({"min": 5, "max": 6}, {"min": 4, "max": 5.5}),
        ({"min": 5, "max": 6}, {"max": 5}),
        ({"min": 5, "max": 6}, {"min": 6}),
    ],
)
def test_a_near_range_that_leaves_out_what_is_right_is_refused(right: dict[str, Any], near: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="near: must reach around the right range"):
        kind_named("numerical").parse({}, {"right": right, "near": near})
