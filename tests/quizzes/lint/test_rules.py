"""Each rule speaks about a question that breaks it, in Arabic and English, and is silent about one that does not."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.kinds import KINDS
from quizzes.lint import lint_check, lint_question
from tests.factories import GAPS, HOTSPOT, MATCHING, MULTIPLE, NUMERICAL, ORDERING, SHORT, SINGLE, TRUE_FALSE

ALL = (SINGLE, MULTIPLE, TRUE_FALSE, NUMERICAL, ORDERING, MATCHING, SHORT, GAPS, HOTSPOT)
GOOD = {
    "en": ["Press hard on it", "Wait for help", "Wash the wound"],
    "ar": ["اضغطوا عليه بقوة", "انتظروا المساعدة", "اغسلوا الجرح"],
}
STEMS = {"en": "Blood spurts from a leg. What first?", "ar": "دم يندفع من ساق. ماذا أولًا؟"}


def said(spec: dict[str, Any], **fields: Any) -> list[tuple[str, str]]:
    """(rule, language) of everything that is said about a question."""
    spec = spec | fields
    parts = spec["kind"], spec["structure"], spec["answer_key"], spec["words"]
    return [(found.rule, found.language) for found in lint_question(*parts, critical=spec.get("critical", False))]


def single(language: str, stem: str = "", options: list[str] | None = None, **fields: Any) -> list[str]:
    """The rules that speak about a question with one right option, the first, in one language."""
    texts = options or GOOD[language]
    ids = [f"o{at}" for at in range(len(texts))]
    words = {
        "stem": stem or STEMS[language],
        "options": dict(zip(ids, texts, strict=True)),
        "explanation": {"en": "Pressure on the wound stops it.", "ar": "الضغط على الجرح يوقف النزيف."}[language],
        "feedback": dict.fromkeys(ids[1:], {"en": "Minutes count.", "ar": "الدقائق ثمينة."}[language]),
    }
    spec = {"kind": "single_choice", "structure": {"options": ids}, "answer_key": {"right": "o0"}}
    return [rule for rule, _language in said(spec, words={language: words | fields})]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_good_question_is_left_in_peace(language: str) -> None:
    assert single(language) == []


LONG = {
    "en": "Press hard on it with both hands, and do not look under the cloth until help comes",
    "ar": "اضغطوا عليه بقوة بكلتا يديكم ولا ترفعوا القماش لتنظروا تحته حتى تصل المساعدة",
}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_right_option_that_is_by_far_the_longest_gives_itself_away(language: str) -> None:
    assert "key-longest" in single(language, options=[LONG[language], *GOOD[language][1:]])


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_wrong_option_may_be_the_longest(language: str) -> None:
    assert "key-longest" not in single(language, options=[GOOD[language][0], LONG[language], GOOD[language][2]])


NEGATIVE = [
    ("en", "Which of these is not a sign of a stroke?"),
    ("en", "All of these help, except which?"),
    ("en", "What shouldn’t you do?"),
    ("ar", "أيّ هذه ليس من علامات السكتة؟"),
    ("ar", "كل هذه تنفع ما عدا واحدة. ما هي؟ كلها نافعة إلا أيّها؟"),
    ("ar", "ما الذي لا يجوز فعله؟"),
]


@pytest.mark.parametrize(("language", "stem"), NEGATIVE)
def test_a_stem_that_asks_for_what_is_not_so_is_noticed(language: str, stem: str) -> None:
    assert "negative-stem" in single(language, stem)


POSITIVE = [
    ("en", "He does not answer and is not breathing. What do you do?"),
    ("en", "Why must he not be moved?"),
    ("en", "Which of these is NOT a sign of a stroke?"),
    ("en", "Which of these is **not** a sign of a stroke?"),
    ("ar", "لا يجيب ولا يتنفس. ماذا تفعلون؟"),
    ("ar", "لماذا لا يجوز تحريكه؟"),
    ("ar", "ليس في البيت أحد غيركم. ماذا تفعلون؟"),
]


@pytest.mark.parametrize(("language", "stem"), POSITIVE)
def test_a_negation_in_the_story_or_one_that_is_stressed_is_none_of_that(language: str, stem: str) -> None:
    assert "negative-stem" not in single(language, stem)


@pytest.mark.parametrize(
    ("language", "option"),
    [
        ("en", "All of the above"),
        ("en", "None of these"),
        ("en", "Both A and B"),
        ("ar", "كل ما سبق"),
        ("ar", "جميع ما ذكر"),
        ("ar", "لا شيء مما سبق"),
    ],
)
def test_an_option_that_speaks_of_the_others_is_noticed(language: str, option: str) -> None:
    assert "all-or-none" in single(language, options=[*GOOD[language][:2], option])


@pytest.mark.parametrize(("language", "stem"), [("en", "Blood spurts from a leg."), ("ar", "دم يندفع من ساق.")])
def test_a_stem_that_asks_nothing_is_noticed(language: str, stem: str) -> None:
    assert "no-question" in single(language, stem)


@pytest.mark.parametrize(
    ("language", "stem"),
    [("en", "Choose what stops the blood."), ("en", "The first thing is to:"), ("ar", "اختاروا ما يوقف الدم.")],
)
def test_a_task_or_a_sentence_to_be_ended_asks_too(language: str, stem: str) -> None:
    assert "no-question" not in single(language, stem)


ABSOLUTE = [("en", "Always wait for help"), ("en", "Never touch the leg"), ("ar", "انتظروا دائمًا")]


@pytest.mark.parametrize(("language", "wrong"), ABSOLUTE)
def test_strong_words_in_wrong_options_alone_give_them_away(language: str, wrong: str) -> None:
    assert "absolute" in single(language, options=[*GOOD[language][:2], wrong])
    assert "absolute" not in single(language, options=[wrong, *GOOD[language][:2]])


def test_a_story_of_somebody_who_never_did_something_is_not_a_strong_word() -> None:
    assert "absolute" not in single("en", options=[*GOOD["en"][:2], "A man who has never had it"])


CLANG = [
    ("en", "The pressure bandage is soaked with blood. What do you do?", "Put a second pressure bandage over it"),
    ("ar", "تشبّعت الضمادة الضاغطة بالدم. ماذا تفعلون؟", "تضعون ضمادة ضاغطة ثانية فوق الأولى"),
]


@pytest.mark.parametrize(("language", "stem", "right"), CLANG)
def test_words_of_the_question_in_the_right_option_alone_are_noticed(language: str, stem: str, right: str) -> None:
    assert "clang" in single(language, stem, [right, *GOOD[language][1:]])


@pytest.mark.parametrize(("language", "stem", "right"), CLANG)
def test_words_that_a_wrong_option_repeats_too_tell_nothing(language: str, stem: str, right: str) -> None:
    assert "clang" not in single(language, stem, [right, f"{right} .", GOOD[language][1]])


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [("en", "Press hard on it", "press hard on it."), ("ar", "اضغطوا على الجُرح", "اضغطوا على الجرح")],
)
def test_two_options_that_say_the_same_are_noticed(language: str, one: str, other: str) -> None:
    assert "duplicate" in single(language, options=[one, GOOD[language][1], other])


def test_options_of_many_lengths_are_noticed() -> None:
    assert "unequal-length" in single("en", options=["Run", "Wait", LONG["en"]])


@pytest.mark.parametrize("odd", ["Wait for help.", "wait for help"])
def test_options_of_two_forms_are_noticed(odd: str) -> None:
    assert "unequal-form" in single("en", options=[GOOD["en"][0], odd, GOOD["en"][2]])


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_is_too_long_for_a_phone_is_noticed(language: str) -> None:
    story = (STEMS[language] + " ") * 12
    assert "long-stem" in single(language, story)
    assert "long-option" in single(language, options=[*GOOD[language][:2], LONG[language] * 3])


def test_an_explanation_that_only_repeats_the_right_option_is_noticed() -> None:
    assert "explanation-repeats" in single("en", explanation="Press hard on it.")


@pytest.mark.parametrize(("critical", "rules"), [(True, ["critical-unexplained"]), (False, [])])
def test_a_critical_question_that_is_hardly_explained_is_noticed(critical: bool, rules: list[str]) -> None:
    words = {"en": SINGLE["words"]["en"] | {"explanation": "It stops."}}
    assert [rule for rule, _language in said(SINGLE, words=words, critical=critical)] == rules


def test_an_explanation_that_is_not_written_yet_is_none() -> None:
    words = {"en": SINGLE["words"]["en"] | {"explanation": "…"}}
    assert said(SINGLE, words=words, critical=True) == [("critical-unexplained", "en")]


@pytest.mark.parametrize("spec", [MATCHING, GAPS])
def test_where_feedback_may_be_left_out_one_is_asked_for(spec: dict[str, Any]) -> None:
    words = {"en": spec["words"]["en"] | {"feedback": {}}}
    assert ("no-feedback", "en") in said(spec, words=words)
    assert ("no-feedback", "en") not in said(spec, words={"en": spec["words"]["en"]})


@pytest.mark.parametrize(("low", "high", "speaks"), [("5.5", "5.5", True), ("5", "5", False), ("5", "6", False)])
def test_a_measure_that_must_be_hit_exactly_is_noticed(low: str, high: str, speaks: bool) -> None:
    key = {"right": {"min": low, "max": high}}
    assert ("no-tolerance" in [rule for rule, _ in said(NUMERICAL, answer_key=key)]) is speaks


def test_a_number_without_a_unit_is_noticed() -> None:
    words = {"en": NUMERICAL["words"]["en"] | {"unit": "…"}}
    assert said(NUMERICAL, words=words) == [("no-unit", "en")]


def test_a_language_in_which_no_spelling_is_accepted_is_noticed() -> None:
    key = {"right": {"strap": ["a tourniquet", "tourniquet"]}, "wrong": {"cord": ["a cord", "حبل", "الحبل"]}}
    words = {"en": SHORT["words"]["en"], "ar": SHORT["words"]["ar"]}
    words["ar"] = words["ar"] | {"options": {"strap": "tourniquet", "cord": "حبل"}}
    assert ("no-spelling", "ar") in said(SHORT, answer_key=key, words=words)


@pytest.mark.parametrize(("spelling", "speaks"), [("exact", True), ("lenient", False)])
def test_one_spelling_alone_is_noticed_unless_slips_are_forgiven(spelling: str, speaks: bool) -> None:
    key = {"right": {"strap": ["tourniquet", "عاصبة", "رباط"]}, "wrong": {"cord": ["cord", "حبل"]}}
    structure = SHORT["structure"] | {"spelling": spelling}
    assert (("few-spellings", "en") in said(SHORT, answer_key=key, structure=structure)) is speaks


def test_places_that_are_too_small_for_a_finger_are_noticed_once() -> None:
    regions = [*HOTSPOT["structure"]["regions"][:2], {"id": "side", "rect": [500, 20, 20, 20]}]
    found = said(HOTSPOT, structure=HOTSPOT["structure"] | {"regions": regions})
    assert found == [("kind", "")]


def test_numbers_that_stand_in_one_language_only_are_noticed() -> None:
    words = {
        "en": SINGLE["words"]["en"] | {"stem": "It has bled for 350 seconds. What first?"},
        "ar": SINGLE["words"]["ar"] | {"stem": "ينزف منذ ٣٦٠ ثانية. ماذا أولًا؟"},
    }
    assert ("numbers-apart", "ar") in said(SINGLE, words=words)


@pytest.mark.parametrize(
    ("english", "arabic"),
    [("It bled for 350 seconds.", "ينزف منذ ٣٥٠ ثانية."), ("A man of 50 bleeds.", "رجل في الخمسين ينزف.")],
)
def test_numbers_in_other_digits_or_in_words_are_the_same(english: str, arabic: str) -> None:
    words = {
        "en": SINGLE["words"]["en"] | {"stem": f"{english} What first?"},
        "ar": SINGLE["words"]["ar"] | {"stem": f"{arabic} ماذا أولًا؟"},
    }
    assert said(SINGLE, words=words) == []


def test_a_local_fact_that_is_named_in_one_language_only_is_noticed() -> None:
    words = SINGLE["words"] | {"en": SINGLE["words"]["en"] | {"explanation": "Call {fact:emergency-number} and press."}}
    assert said(SINGLE, words=words) == [("facts-apart", "ar")]


def test_a_stem_that_is_cut_off_in_one_language_is_noticed() -> None:
    words = SINGLE["words"] | {"ar": SINGLE["words"]["ar"] | {"stem": "ماذا؟"}}
    long = SINGLE["words"]["en"] | {
        "stem": "Blood spurts from the leg of a man who has fallen from a roof. What first?"
    }
    assert ("stem-cut", "ar") in said(SINGLE, words=words | {"en": long})


def test_arabic_words_that_are_still_english_are_noticed() -> None:
    words = SINGLE["words"] | {"ar": SINGLE["words"]["en"]}
    assert ("untranslated", "ar") in said(SINGLE, words=words)


@pytest.mark.parametrize(
    ("places", "speaks"),
    [([0, 0, 0, 0], True), ([0, 0, 0, 1], True), ([0, 0, 1, 2], False), ([0, 0, 0], False), ([], False)],
)
def test_keys_that_always_stand_in_one_place_are_noticed(places: list[int], speaks: bool) -> None:
    assert bool(lint_check((place, 4) for place in places)) is speaks


def test_ticking_everything_must_not_be_nearly_right() -> None:
    ids = ["a", "b", "c", "d", "e"]
    words = MULTIPLE["words"]["en"] | {
        "options": {one: f"Way {one}" for one in ids},
        "feedback": dict.fromkeys(ids, "So."),
    }
    parts = {"structure": {"options": ids}, "words": {"en": words}}
    assert ("nearly-all-right", "") in said(MULTIPLE, **parts, answer_key={"right": ids[:4]})
    assert ("nearly-all-right", "") not in said(MULTIPLE, **parts, answer_key={"right": ids[:3]})


def test_what_cannot_be_read_is_not_advised_on() -> None:
    assert said(SINGLE, answer_key={"right": "nowhere"}) == []
    assert said(SINGLE, kind="essay") == []
    assert said(SINGLE, words={"en": {"stem": "What?"}}) == []


@pytest.mark.parametrize("spec", ALL, ids=lambda spec: str(spec["kind"]))
def test_every_kind_is_read(spec: dict[str, Any]) -> None:
    assert spec["kind"] in KINDS
    assert all(rule for rule, _language in said(spec))


@given(st.text(max_size=60), st.text(min_size=1, max_size=60), st.sampled_from(["en", "ar", "fr"]))
def test_no_words_are_too_odd_to_be_read(stem: str, option: str, language: str) -> None:
    words = SINGLE["words"]["en"] | {"stem": stem, "options": {"press": option, "wait": "A", "wash": "B"}}
    assert isinstance(said(SINGLE, words={language: words}), list)
