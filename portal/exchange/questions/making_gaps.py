"""Texts with gaps of a file as drafts."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.exchange.questions.asked import Answer, Gaps
from portal.exchange.questions.making import (
    ENOUGH,
    NOTHING,
    Drafted,
    Making,
    NotKept,
    note_partial,
    written_and_different,
)
from quizzes.kinds.gap_fill import GAP, MOST_CHOICES


def gaps(making: Making, body: Gaps) -> Drafted:
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


def _choices_of_gap(making: Making, at: int, gap: list[Answer]) -> list[Answer]:
    """Those that are kept: what is right first comes in, and what is wrong while there is room."""
    written_and_different([choice.text for choice in gap])
    right = [choice for choice in gap if choice.fraction >= ENOUGH]
    wrong = [choice for choice in gap if choice.fraction < ENOUGH]
    if not right or not wrong:
        message = _("Gap %(number)s needs at least one right choice and one wrong one.")
        raise NotKept(message % {"number": at})
    note_partial(making, [choice for choice in wrong if choice.fraction != NOTHING])
    right = right[: MOST_CHOICES - 1]
    kept = [*right, *wrong[: MOST_CHOICES - len(right)]]
    for choice in gap:
        if choice not in kept:
            message = _("“%(answer)s” is not kept: a gap has at most %(most)s choices.")
            making.notes.append(message % {"answer": choice.text[:120], "most": MOST_CHOICES})
    return [choice for choice in gap if choice in kept]


def _text_with_gaps(making: Making, pieces: Sequence[str], places: Sequence[str]) -> str:
    """The text with its gaps in braces; what only looks like a gap has round brackets."""
    mended = [GAP.sub(r"(\1)", piece) for piece in pieces]
    if mended != list(pieces):
        making.notes.append(_("Braces in its text have become round brackets."))
    gaps = [*(f"{{{place}}}" for place in places), ""]
    return "".join(f"{piece}{gap}" for piece, gap in zip(mended, gaps, strict=True)).strip()
