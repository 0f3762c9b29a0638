"""What the rules of good questions say about the shipped ones is worth saying: they seldom speak."""

from collections import Counter, defaultdict
from functools import cache

from django.utils.translation import override

from quizzes.lint.base import Asked, Finding
from quizzes.lint.checking import lint, lint_check
from tests.curriculum.starter import Question, questions

MOST_SPOKEN_OF = 0.06
"""The share of the shipped questions about which anything is said."""
MOST_OF_A_RULE = 0.02


@cache
def advice() -> dict[str, list[Finding]]:
    with override("en"):
        return {str(question): lint(_read(question)) for question in questions()}


def _read(question: Question) -> dict[str, Asked]:
    parts = question.kind, question.structure, question.answer_key
    return {
        language: Asked(*parts, language, words, question.part.critical) for language, words in question.words.items()
    }


def test_most_of_the_shipped_questions_are_left_in_peace() -> None:
    spoken_of = [key for key, found in advice().items() if found]
    assert len(advice()) > 550
    assert len(spoken_of) <= MOST_SPOKEN_OF * len(advice()), spoken_of


def test_no_rule_speaks_of_many_of_them() -> None:
    counted = Counter(rule for found in advice().values() for rule in {each.rule for each in found})
    assert not {rule: count for rule, count in counted.items() if count > MOST_OF_A_RULE * len(advice())}


def test_none_of_the_graver_rules_is_broken() -> None:
    grave = {
        "all-or-none",
        "duplicate",
        "critical-unexplained",
        "no-feedback",
        "untranslated",
        "key-longest",
        "no-unit",
    }
    assert not {key: found for key, found in advice().items() if grave & {each.rule for each in found}}


def test_the_keys_of_each_lesson_stand_in_several_places() -> None:
    places = defaultdict(list)
    for question in questions():
        if question.kind.name == "single_choice":
            options = question.structure.options
            places[question.lesson.folder.place].append((options.index(question.answer_key.right), len(options)))
    assert not {lesson: found for lesson, found in places.items() if lint_check(found)}
