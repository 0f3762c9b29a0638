"""The keys of the starter questions: right earns all, wrong less, and nothing but knowing tells which is right."""

from fractions import Fraction
from math import sqrt
from typing import Any

import pytest

from tests.curriculum.answers import right_answers, wrong_answers
from tests.curriculum.starter import LANGUAGES, Question, questions

# Values that chance exceeds once in a hundred such banks.
UNLIKELY = 2.33  # standard deviations, of the normal distribution
UNEVEN = {2: 9.21, 3: 11.34, 4: 13.28}  # chi-square, by degrees of freedom


def test_the_key_of_every_question_earns_everything() -> None:
    short = [f"{one}: {answer}" for one in questions() for answer in right_answers(one) if earned(one, answer) != 1]
    assert not short


def test_each_single_wrong_option_of_every_question_earns_less() -> None:
    full = [f"{one}: {answer}" for one in questions() for answer in wrong_answers(one) if earned(one, answer) >= 1]
    assert not full
    assert not [str(one) for one in questions() if not list(wrong_answers(one))], "without a wrong answer"


def test_a_wrong_answer_to_a_critical_question_earns_nothing() -> None:
    critical = [question for question in questions() if question.part.critical]
    assert not [f"{one}: {answer}" for one in critical for answer in wrong_answers(one) if earned(one, answer)]


def test_what_the_portal_shows_as_right_and_wrong_is_so() -> None:
    for question in questions():
        for words in question.words.values():
            samples = question.kind.samples(question.structure, question.answer_key, words)
            shares = [earned(question, answer) for answer in samples]
            assert 1 in shares, question
            assert min(shares) < 1, question


def test_the_right_option_stands_at_every_place_as_often() -> None:
    chosen = single_choices()
    most = max(len(one.structure.options) for one in chosen)
    found, expected = [0] * most, [0.0] * most
    for one in chosen:
        options = one.structure.options
        found[options.index(one.answer_key.right)] += 1
        for place in range(len(options)):
            expected[place] += 1 / len(options)
    distance = sum((count - chance) ** 2 / chance for count, chance in zip(found, expected, strict=True))
    assert distance < UNEVEN[most - 1], f"by place {found}, by chance {expected}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("which", [max, min], ids=["longest", "shortest"])
def test_the_right_option_is_the_longest_or_the_shortest_no_more_often_than_by_chance(
    which: Any, language: str
) -> None:
    chosen = single_choices()
    found = sum(share_of_key(one, which, language) for one in chosen)
    chances = [1 / len(one.structure.options) for one in chosen]
    spread = sqrt(sum(chance * (1 - chance) for chance in chances))
    assert found < sum(chances) + UNLIKELY * spread, f"{found:.1f} of {len(chosen)}, by chance {sum(chances):.1f}"


def test_a_statement_is_true_as_often_as_it_is_false() -> None:
    keys = [one.answer_key.right for one in questions() if one.kind.name == "true_false"]
    distance = abs(sum(keys) - len(keys) / 2) / sqrt(len(keys) / 4)
    assert distance < UNLIKELY, f"{sum(keys)} of {len(keys)} are true"


def single_choices() -> list[Question]:
    return [question for question in questions() if question.kind.name == "single_choice"]


def share_of_key(question: Question, which: Any, language: str) -> float:
    """1 where the key is the one option of that length, a half where it is one of two, 0 where it is another."""
    lengths = {option: len(text) for option, text in question.words[language].options.items()}
    first = [option for option, length in lengths.items() if length == which(lengths.values())]
    return (question.answer_key.right in first) / len(first)


def earned(question: Question, answer: Any) -> Fraction:
    kind = question.kind
    return Fraction(kind.grade(question.structure, question.answer_key, answer, critical=question.part.critical))
