"""What a file asks, made into structure, key and words of one of our kinds; what does not fit is said.

Words that the file has not, an explanation above all, stay empty: the draft is kept, and is not published before they
are written.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.exchange.questions.asked import (
    Answer,
    Asked,
    Choices,
    Gaps,
    NotOurs,
    Numbers,
    Pairs,
    Statement,
    Steps,
    Typed,
)
from portal.exchange.questions.numbers import as_json, can_be_typed
from portal.exchange.questions.option_ids import OptionIds
from quizzes.kinds import kind_named
from quizzes.kinds.gap_fill import GAP, MOST_CHOICES
from quizzes.kinds.short_answer import LONGEST, MOST_OPTIONS, MOST_SPELLINGS
from quizzes.kinds.spellings import normal

LONGEST_TEXT = 2000
FULL, NOTHING, HALF = Decimal(100), Decimal(0), Decimal(50)
ENOUGH = Decimal("99.9")  # thirds add up to 99.99999


@dataclass(frozen=True)
class Drafted:
    """A question of one of our kinds with its words in one language.

    `notes` say what is not kept, `unwritten` which words the file does not have.
    """

    kind: str
    structure: dict[str, Any]
    answer_key: dict[str, Any]
    words: dict[str, Any]
    notes: list[str]
    unwritten: list[str]


class NotKept(Exception):
    """No question of ours can be made of it; the words say why."""


def drafted(asked: Asked, language: str, ids: OptionIds) -> Drafted:
    """The draft; raises NotKept."""
    if isinstance(asked.body, NotOurs):
        raise NotKept(asked.body.reason)
    made = MAKERS[type(asked.body)](_Making(asked, language, ids), asked.body)
    _check(made)
    return made


class _Making:
    """What the makers share: the question, ids for its parts, and notes."""

    def __init__(self, asked: Asked, language: str, ids: OptionIds) -> None:
        self.asked, self.language, self.ids = asked, language, ids
        self.notes: list[str] = []
        self.unwritten: list[str] = []
        self.reasons = [asked.explanation]

    def because(self, told: str) -> None:
        """What is said to a right answer is why it is right: a part of the explanation."""
        if told and told not in self.reasons:
            self.reasons.append(told)

    def done(self, kind: str, structure: dict[str, Any], key: dict[str, Any], words: dict[str, Any]) -> Drafted:
        explanation = "\n".join(filter(None, self.reasons))
        if not explanation:
            self.unwritten.insert(0, _("why the right answer is right"))
        both = {"stem": self.asked.stem, "explanation": explanation}
        return Drafted(kind, structure, key, both | words, self.notes, self.unwritten)

    def feedback(self, told: Sequence[tuple[str, str, str]]) -> dict[str, str]:
        """(id, its words, what is said to it): what is missing is noted."""
        if missing := [text for _id, text, said in told if not said]:
            self.unwritten.append(_("what to say to: %(options)s") % {"options": ", ".join(missing)[:300]})
        return {one: said for one, _text, said in told}


def _choices(making: _Making, body: Choices) -> Drafted:
    options = body.options
    texts = [option.text for option in options]
    _written_and_different(texts)
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
        _note_partial(making, [option for option in options if option not in right and option.fraction != NOTHING])
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


def _note_partial(making: _Making, answers: Sequence[Answer]) -> None:
    for answer in answers:
        message = _("“%(answer)s” earns %(percent)s percent in the file; here it earns nothing.")
        making.notes.append(message % {"answer": answer.text[:120], "percent": f"{answer.fraction.normalize():f}"})


def _statement(making: _Making, body: Statement) -> Drafted:
    making.because(body.to_right)
    if not body.to_wrong:
        making.unwritten.append(_("why the other answer is wrong"))
    return making.done("true_false", {}, {"right": body.right}, {"feedback": body.to_wrong})


def _numbers(making: _Making, body: Numbers) -> Drafted:
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


def _typed(making: _Making, body: Typed) -> Drafted:
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


def _spellings(making: _Making, body: Typed) -> tuple[list[Answer], list[Answer]]:
    """What is right and what is wrong, each spelling once; what is neither is noted."""
    right, wrong = dict[str, Answer](), dict[str, Answer]()
    for answer in body.answers:
        if why := _why_no_spelling(answer):
            making.notes.append(why)
        elif answer.fraction >= ENOUGH:
            right.setdefault(normal(answer.text), answer)
            making.because(answer.feedback)
        elif answer.fraction != NOTHING:
            _note_partial(making, [answer])
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


def _pairs(making: _Making, body: Pairs) -> Drafted:
    matched = [(prompt, match) for prompt, match in body.pairs if prompt]
    spare = [match for prompt, match in body.pairs if not prompt and match]
    prompts, matches = [prompt for prompt, _match in matched], [match for _prompt, match in matched]
    _written_and_different(prompts)
    _written_and_different([*matches, *spare])
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


def _steps(making: _Making, body: Steps) -> Drafted:
    _written_and_different(body.steps)
    if not 3 <= len(body.steps) <= 8:
        raise NotKept(_("Its steps: %(count)s. Here there are between 3 and 8.") % {"count": len(body.steps)})
    ids = making.ids.of("options", body.steps)
    words = {"options": dict(zip(ids, body.steps, strict=True)), "feedback": {}}
    return making.done("ordering", {"options": ids}, {"right": [[one] for one in ids]}, words)


def _gaps(making: _Making, body: Gaps) -> Drafted:
    if not 1 <= len(body.gaps) <= 8:
        raise NotKept(_("Its gaps: %(count)s. Here there are between 1 and 8.") % {"count": len(body.gaps)})
    kept = [_choices_of_gap(making, at, gap) for at, gap in enumerate(body.gaps, 1)]
    places = making.ids.of("gaps", [f"gap {at}" for at in range(1, len(kept) + 1)])
    structure: dict[str, list[str]] = {}
    right: dict[str, list[str]] = {}
    words: dict[str, Any] = {"choices": {}, "feedback": {}}
    for place, gap in zip(places, kept, strict=True):
        texts = [choice.text for choice in gap]
        ids = making.ids.of(f"choices of {place}", texts)
        structure[place] = ids
        right[place] = sorted(one for one, choice in zip(ids, gap, strict=True) if choice.fraction >= ENOUGH)
        words["choices"][place] = dict(zip(ids, texts, strict=True))
        for one, choice in zip(ids, gap, strict=True):
            if choice.fraction >= ENOUGH:
                making.because(choice.feedback)
            elif choice.feedback:
                words["feedback"][f"{place}:{one}"] = choice.feedback
    words["text"] = _text_with_gaps(making, body.pieces, places)
    with override(making.language):
        words["stem"] = _("Fill the gaps.")
    return making.done("gap_fill", {"gaps": structure}, {"right": right}, words)


def _choices_of_gap(making: _Making, at: int, gap: list[Answer]) -> list[Answer]:
    """Those that are kept: what is right first comes in, and what is wrong while there is room."""
    _written_and_different([choice.text for choice in gap])
    right = [choice for choice in gap if choice.fraction >= ENOUGH]
    wrong = [choice for choice in gap if choice.fraction < ENOUGH]
    if not right or not wrong:
        message = _("Gap %(number)s needs at least one right choice and one wrong one.")
        raise NotKept(message % {"number": at})
    _note_partial(making, [choice for choice in wrong if choice.fraction != NOTHING])
    right = right[: MOST_CHOICES - 1]
    kept = [*right, *wrong[: MOST_CHOICES - len(right)]]
    for choice in gap:
        if choice not in kept:
            message = _("“%(answer)s” is not kept: a gap has at most %(most)s choices.")
            making.notes.append(message % {"answer": choice.text[:120], "most": MOST_CHOICES})
    return [choice for choice in gap if choice in kept]


def _text_with_gaps(making: _Making, pieces: Sequence[str], places: Sequence[str]) -> str:
    """The text with its gaps in braces; what only looks like a gap has round brackets."""
    mended = [GAP.sub(r"(\1)", piece) for piece in pieces]
    if mended != list(pieces):
        making.notes.append(_("Braces in its text have become round brackets."))
    gaps = [*(f"{{{place}}}" for place in places), ""]
    return "".join(f"{piece}{gap}" for piece, gap in zip(mended, gaps, strict=True)).strip()


def _written_and_different(texts: Sequence[str]) -> None:
    """Raises NotKept where one of them is empty, or two are the same."""
    if not all(texts):
        raise NotKept(_("One of its answers has no words."))
    if twice := next((text for text in texts if list(texts).count(text) > 1), None):
        raise NotKept(_("“%(answer)s” stands among its answers twice.") % {"answer": twice[:120]})


MAKERS: dict[type, Callable[[_Making, Any], Drafted]] = {
    Choices: _choices,
    Statement: _statement,
    Numbers: _numbers,
    Typed: _typed,
    Pairs: _pairs,
    Steps: _steps,
    Gaps: _gaps,
}


def _check(made: Drafted) -> None:
    """The kind has the last word on structure and key, and on how long words may be."""
    for said in _all_words(made.words):
        if len(said) > LONGEST_TEXT:
            message = _("A text in it is longer than %(most)s characters: “%(begin)s…”.")
            raise NotKept(message % {"most": LONGEST_TEXT, "begin": said[:60]})
    try:
        kind_named(made.kind).parse(made.structure, made.answer_key)
    except ValueError as fault:
        raise NotKept(_("It does not fit together: %(fault)s") % {"fault": str(fault)[:200]}) from None


def _all_words(words: Any) -> list[str]:
    if isinstance(words, dict):
        return [said for each in words.values() for said in _all_words(each)]
    return [words] if isinstance(words, str) else []
