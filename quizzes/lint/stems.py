"""Rules about what is asked, and what is said once the answer is in."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from quizzes.lint.base import ASKS, Asked, Finding
from quizzes.lint.lexicon import NEGATIONS, STRESSED, TASK, WHY_NOT

LONGEST_STEM, LONGEST_OPTION = 320, 140
"""Characters: with a longer stem the options are below the fold of a phone."""
THIN = 25
ASKED_IN_WORDS = ("single_choice", "multiple_choice", "numerical", "short_answer")
"""Kinds whose task the stem must say; of the others the page says what is to be done."""


def negative(asked: Asked) -> Iterator[Finding]:
    """Asked what is not so, people who know the answer choose what is (guideline 17)."""
    found = NEGATIONS.get(asked.language)
    if found is None or asked.kind.name == "true_false" or STRESSED.search(asked.stem):
        return
    asking = asked.asking
    if found.search(asking) and not WHY_NOT[asked.language].search(asking):
        message = _("It asks for what is not so (“%(word)s”), which is easily read over. Ask for what is right.")
        hit = found.search(asking)
        yield Finding("negative-stem", message % {"word": hit[0] if hit else ""}, asked.language)


def without_question(asked: Asked) -> Iterator[Finding]:
    """The stem says clearly what is wanted (guideline 14)."""
    stem, task = asked.stem, TASK.get(asked.language)
    if not stem or asked.kind.name not in ASKED_IN_WORDS or task is None:
        return
    if not ASKS.search(stem) and not task.search(stem) and not stem.endswith((":", "…", "__")):
        yield Finding("no-question", _("The stem asks nothing: end it with a question."), asked.language)


def too_long(asked: Asked) -> Iterator[Finding]:
    """Little to read (guidelines 8 and 16): most people answer on a phone."""
    if len(asked.stem) > LONGEST_STEM:
        message = _("The question has %(length)s characters: on a phone its answers are out of sight. Shorten it.")
        yield Finding("long-stem", message % {"length": len(asked.stem)}, asked.language)
    longest = max((len(choice.text) for choice in asked.choices), default=0)
    if longest > LONGEST_OPTION:
        message = _("An option has %(length)s characters. Move what all options share into the question.")
        yield Finding("long-option", message % {"length": longest}, asked.language)


def unexplained(asked: Asked) -> Iterator[Finding]:
    """Who is wrong about a matter of life must read why, and more than the right answer again."""
    said = asked.explanation
    if asked.critical and len(said) < THIN:
        message = _("It is critical, and hardly explained. Say why the right answer is right.")
        yield Finding("critical-unexplained", message, asked.language)
    elif said and said.rstrip(".").casefold() in {right.rstrip(".").casefold() for right in asked.rights}:
        message = _("The explanation only repeats the right answer. Say why it is right.")
        yield Finding("explanation-repeats", message, asked.language)


def says_nothing_to_wrong_answers(asked: Asked) -> Iterator[Finding]:
    """One reason at least for who is wrong: people learn from the answer that they nearly gave."""
    said = getattr(asked.words, "feedback", None)
    wrongs = getattr(asked.key, "wrong", None)
    may_be_left_out = asked.kind.name in {"matching", "gap_fill"} or bool(wrongs)
    if may_be_left_out and not said:
        message = _("Nothing is said to a wrong answer. Write for one of them at least why it is wrong.")
        yield Finding("no-feedback", message, asked.language)


RULES = (negative, without_question, too_long, unexplained, says_nothing_to_wrong_answers)
