"""Numbers and short answers of a file as drafts."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from portal.exchange.questions.asked import Answer, Numbers, Typed
from portal.exchange.questions.making import ENOUGH, HALF, NOTHING, Drafted, Making, NotKept, note_partial
from portal.exchange.questions.numbers import as_json, can_be_typed
from quizzes.kinds.short_answer import LONGEST, MOST_OPTIONS, MOST_SPELLINGS
from quizzes.kinds.spellings import normal


def numbers(making: Making, body: Numbers) -> Drafted:
    right = [each for each in body.ranges if each[2] >= ENOUGH]
    if not right:
        raise NotKept(_("No number in it is right."))
    if len({(low, high) for low, high, _share, _told in right}) > 1:
        raise NotKept(_("Several ranges of numbers are right; here it is one."))
    low, high, _share, told = right[0]
    if not (can_be_typed(low) and can_be_typed(high)):
        raise NotKept(_("Its numbers are too large, or have more than six decimal places."))
    making.because(told)
    key: dict[str, Any] = {"right": {"min": as_json(low), "max": as_json(high)}}
    for each in body.ranges:
        if each[2] >= ENOUGH:
            continue
        if "near" not in key and _is_near(each, low, high):
            key["near"] = {"min": as_json(each[0]), "max": as_json(each[1])}
            if each[3]:
                message = _("What is said to a nearly right number is not kept: “%(words)s”.")
                making.notes.append(message % {"words": each[3][:120]})
            continue
        message = _("The numbers from %(low)s to %(high)s with %(percent)s percent are not kept.")
        shown = {"low": as_json(each[0]), "high": as_json(each[1]), "percent": f"{each[2].normalize():f}"}
        making.notes.append(message % shown)
    if not body.unit:
        making.unwritten.append(_("the unit"))
    if not body.otherwise:
        making.unwritten.append(_("what to say to a number that is too low, and to one that is too high"))
    words = {"unit": body.unit, "feedback": {"low": body.otherwise, "high": body.otherwise}}
    return making.done("numerical", {}, key, words)


def _is_near(each: tuple[Decimal, Decimal, Decimal, str], low: Decimal, high: Decimal) -> bool:
    """Whether it is the range of half the points around the right one."""
    around = each[0] <= low and each[1] >= high
    return each[2] == HALF and around and can_be_typed(each[0]) and can_be_typed(each[1])


def typed(making: Making, body: Typed) -> Drafted:
    if body.capitals:
        making.notes.append(_("Small letters and capitals are the same here."))
    right, wrong = _spellings(making, body)
    if not right:
        raise NotKept(_("No answer in it is right that could be typed."))
    for answer in [*right[MOST_SPELLINGS:], *wrong[MOST_OPTIONS - 1 :]]:
        making.notes.append(_("“%(answer)s” is not kept: there are too many answers.") % {"answer": answer.text})
    right, wrong = right[:MOST_SPELLINGS], wrong[: MOST_OPTIONS - 1]
    texts = [right[0].text, *(answer.text for answer in wrong)]
    ids = making.ids.of("options", texts)
    key: dict[str, Any] = {"right": {ids[0]: [answer.text for answer in right]}}
    if wrong:
        key["wrong"] = {one: [answer.text] for one, answer in zip(ids[1:], wrong, strict=True)}
    told = [(one, answer.text, answer.feedback) for one, answer in zip(ids[1:], wrong, strict=True)]
    words = {"options": dict(zip(ids, texts, strict=True)), "feedback": making.feedback(told)}
    return making.done("short_answer", {"options": ids}, key, words)


def _spellings(making: Making, body: Typed) -> tuple[list[Answer], list[Answer]]:
    """What is right and what is wrong, each spelling once; what is neither is noted."""
    right, wrong = dict[str, Answer](), dict[str, Answer]()
    for answer in body.answers:
        if why := _why_no_spelling(answer):
            making.notes.append(why)
        elif answer.fraction >= ENOUGH:
            right.setdefault(normal(answer.text), answer)
            making.because(answer.feedback)
        elif answer.fraction != NOTHING:
            note_partial(making, [answer])
        else:
            wrong.setdefault(normal(answer.text), answer)
    for form in sorted(set(right) & set(wrong)):
        message = _("“%(answer)s” is not kept as wrong: it is spelt like a right answer.")
        making.notes.append(message % {"answer": wrong[form].text})
    return list(right.values()), [answer for form, answer in wrong.items() if form not in right]


def _why_no_spelling(answer: Answer) -> str:
    if "*" in answer.text:
        message = _("“%(answer)s” stands for many answers, which is not kept.")
        told = _("What is said to it: “%(words)s”.") % {"words": answer.feedback[:120]} if answer.feedback else ""
        return f"{message % {'answer': answer.text[:120]}} {told}".strip()
    if len(answer.text) > LONGEST or not normal(answer.text):
        message = _("“%(answer)s” is not kept: it is too long to be typed, or has no letter and no digit.")
        return message % {"answer": answer.text[:120]}
    return ""
