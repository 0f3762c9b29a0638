"""Choices, statements, pairs and steps of a file as drafts."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from portal.exchange.questions.asked import Answer, Choices, Pairs, Statement, Steps
from portal.exchange.questions.making import (
    ENOUGH,
    FULL,
    NOTHING,
    Drafted,
    Making,
    NotKept,
    note_partial,
    written_and_different,
)


def choices(making: Making, body: Choices) -> Drafted:
    options = body.options
    texts = [option.text for option in options]
    written_and_different(texts)
    single = body.single
    right = [option for option in options if (option.fraction >= ENOUGH if single else option.fraction > NOTHING)]
    if not right:
        raise NotKept(_("None of its answers is right."))
    if single and len(right) > 1:
        raise NotKept(_("Several of its answers are right and one is to be chosen, which no kind of ours asks."))
    most = 5 if single else 6
    if not 3 <= len(options) <= most:
        message = _("Its answers: %(count)s. Here a question of its kind has between 3 and %(most)s.")
        raise NotKept(message % {"count": len(options), "most": most})
    if len(right) == len(options):
        raise NotKept(_("All of its answers are right; at least one must be wrong."))
    ids = making.ids.of("options", texts)
    named = list(zip(ids, options, strict=True))
    words: dict[str, Any] = {"options": dict(zip(ids, texts, strict=True))}
    if single:
        note_partial(making, [option for option in options if option not in right and option.fraction != NOTHING])
        making.because(right[0].feedback)
        wrong = [(one, option.text, option.feedback) for one, option in named if option is not right[0]]
        words["feedback"] = making.feedback(wrong)
        key: Any = {"right": next(one for one, option in named if option is right[0])}
        return making.done("single_choice", {"options": ids}, key, words)
    if _are_weighted(options, right):
        message = _("Its weights are not kept: right answers earn alike here, and each wrong one takes as much.")
        making.notes.append(message)
    words["feedback"] = making.feedback([(one, option.text, option.feedback) for one, option in named])
    key = {"right": [one for one, option in named if option in right]}
    return making.done("multiple_choice", {"options": ids}, key, words)


def _are_weighted(options: list[Answer], right: list[Answer]) -> bool:
    """Whether the file grades otherwise than `multiple_choice` does."""
    share = FULL / len(right)
    wanted = [share if option in right else -share for option in options]
    return any(abs(option.fraction - want) > Decimal("0.1") for option, want in zip(options, wanted, strict=True))


def statement(making: Making, body: Statement) -> Drafted:
    making.because(body.to_right)
    if not body.to_wrong:
        making.unwritten.append(_("why the other answer is wrong"))
    return making.done("true_false", {}, {"right": body.right}, {"feedback": body.to_wrong})


def pairs(making: Making, body: Pairs) -> Drafted:
    matched = [(prompt, match) for prompt, match in body.pairs if prompt]
    spare = [match for prompt, match in body.pairs if not prompt and match]
    prompts, matches = [prompt for prompt, _match in matched], [match for _prompt, match in matched]
    written_and_different(prompts)
    written_and_different([*matches, *spare])
    if not 2 <= len(matched) <= 6 or len(spare) > 3:
        raise NotKept(_("Here between 2 and 6 things are matched, with at most 3 choices left over."))
    of_prompts = making.ids.of("prompts", prompts)
    of_options = making.ids.of("options", [*matches, *spare])
    key = {"right": dict(zip(of_prompts, of_options, strict=False))}
    words = {
        "prompts": dict(zip(of_prompts, prompts, strict=True)),
        "options": dict(zip(of_options, [*matches, *spare], strict=True)),
        "feedback": {},
    }
    return making.done("matching", {"prompts": of_prompts, "options": of_options}, key, words)


def steps(making: Making, body: Steps) -> Drafted:
    written_and_different(body.steps)
    if not 3 <= len(body.steps) <= 8:
        raise NotKept(_("Its steps: %(count)s. Here there are between 3 and 8.") % {"count": len(body.steps)})
    ids = making.ids.of("options", body.steps)
    words = {"options": dict(zip(ids, body.steps, strict=True)), "feedback": {}}
    return making.done("ordering", {"options": ids}, {"right": [[one] for one in ids]}, words)
