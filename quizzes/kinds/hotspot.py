"""A place in a picture (QTI hotspot interaction, one choice).

The regions are drawn and numbered on the picture and named in a list below: pressing one on the picture chooses it in
the list, so eyes, hands and ears get the same question. An answer is always a region; where in it the press fell
says nothing more, so it is not kept. Several regions may be right, each of which earns everything (QTI: mapped to 1).
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import product
from random import Random
from typing import Annotated, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field

from quizzes.kinds.base import (
    BaseWords,
    Countable,
    Drawing,
    Kind,
    Mark,
    OptionId,
    OptionLine,
    OptionReview,
    Picture,
    Review,
    Schema,
    Text,
    exactly,
)
from quizzes.kinds.choices import Rights, option_lines
from quizzes.kinds.shapes import Region, overlap

CHOOSE = gettext_lazy("Choose a place in the picture or in the list, then send it.")
NO_SUCH = gettext_lazy("That place is not one of this question's. Choose one of those shown.")
PHONE, FINGER = 320, 44  # CSS pixels: the narrowest picture, and the smallest target for a finger
MARK_REACH = 4  # hundredths of the width that a number needs on each side


class Structure(Schema):
    """The picture, and the regions that may be chosen."""

    picture: Picture
    regions: Annotated[list[Region], Field(min_length=2, max_length=8)]


class Key(Schema):
    """The right region, or a list of those of which each is right."""

    right: Rights


class Words(BaseWords):
    """`alt` says what is to be seen and not which place is right; `feedback` is for each wrong region."""

    alt: Text
    regions: dict[OptionId, Text]
    feedback: dict[OptionId, Text]


class Hotspot(Kind[Structure, Key, Words]):
    name = "hotspot"
    label = gettext_lazy("A place in a picture")
    help_text = gettext_lazy("A picture with several places marked on it, of which one is chosen.")
    script = "js/hotspot.js"
    structure, key, words = Structure, Key, Words

    def agree(self, structure: Structure, key: Key) -> None:
        _regions_fit(structure)
        ids = self.ids(structure)
        if strangers := set(key.right) - set(ids):
            raise ValueError(f"right: {', '.join(sorted(strangers))} not among the regions")
        if not set(ids) - set(key.right):
            raise ValueError("right: at least one region must be wrong")
        rights = [region for region in structure.regions if region.id in key.right]
        wrongs = [region for region in structure.regions if region.id not in key.right]
        for right, wrong in product(rights, wrongs):
            if overlap(right, wrong):
                raise ValueError(f"regions: {right.id} is right and overlaps {wrong.id}, which is wrong")

    def words_agree(self, words: Words, structure: Structure, key: Key) -> None:
        ids = set(self.ids(structure))
        exactly(words.regions, ids, "regions")
        exactly(words.feedback, ids - set(key.right), "feedback (one for each wrong region)")
        alt = words.alt.casefold()
        named = {one for one, name in words.regions.items() if name.casefold() in alt}
        if named and named <= set(key.right):
            raise ValueError("alt: names the right place, and so gives the answer away")

    def doubts(self, structure: Structure, key: Key) -> list[str]:
        names = [region.id for region in structure.regions if not _fits_finger(region, structure.picture)]
        message = _("Too small for a finger on a phone, below %(size)s pixels there: %(places)s.")
        return [message % {"size": FINGER, "places": ", ".join(names)}] if names else []

    def ids(self, structure: Structure) -> list[str]:
        return [region.id for region in structure.regions]

    def meant(self, structure: Structure) -> tuple[Picture, dict[str, Region]]:
        """The picture, and where in it each region lies."""
        return structure.picture, {region.id: region for region in structure.regions}

    def option_order(self, structure: Structure, key: Key, random: Random) -> list[str]:
        """From top to bottom and from left to right, so that neither the list nor a number tells what is right."""
        return [region.id for region in sorted(structure.regions, key=lambda region: (region.top[1], region.box))]

    def field(self, structure: Structure) -> forms.Field:
        choices = [(one, one) for one in self.ids(structure)]
        return forms.ChoiceField(choices=choices, error_messages={"required": CHOOSE, "invalid_choice": NO_SUCH})

    def lines(self, structure: Structure, words: Words, order: list[str], prefix: str, answer: Any) -> list[OptionLine]:
        return option_lines(order, words.regions, prefix, answer)

    def drawing(self, structure: Structure, words: Words, order: list[str], prefix: str, answer: Any) -> Drawing:
        """The regions with the ids of their inputs, if `prefix` names some."""
        marks = marks_of(structure.regions, order, structure.picture)
        told = (
            replace(
                mark,
                text=words.regions[mark.id],
                input_id=f"{prefix}-{mark.id}" if prefix else "",
                chosen=mark.id == answer,
            )
            for mark in marks
        )
        return drawn(structure.picture, words.alt, told)

    def grade(self, structure: Structure, key: Key, answer: Any, *, critical: bool = False) -> Fraction:
        """All or nothing."""
        return Fraction(answer in key.right)

    def review(self, structure: Structure, key: Key, words: Words, order: list[str], answer: Any) -> Review:
        ids = sorted(self.ids(structure), key=order.index)
        why = words.feedback.get(answer, "")
        options = tuple(
            OptionReview(one, words.regions[one], one == answer, one in key.right, why if one == answer else "")
            for one in ids
        )
        asked = self.drawing(structure, words, order, "", answer)
        marks = tuple(replace(mark, right=mark.id in key.right) for mark in asked.marks)
        right = " · ".join(words.regions[one] for one in ids if one in key.right)
        given, whys = words.regions.get(answer, ""), (why,) if why else ()
        return Review(options, given, right, whys, drawing=replace(asked, marks=marks))

    def countables(self, structure: Structure, key: Key, words: Words) -> list[Countable]:
        return [Countable(one, words.regions[one], one in key.right) for one in self.ids(structure)]

    def counted(self, structure: Structure, key: Key, answer: Any) -> list[str]:
        return [answer] if answer in self.ids(structure) else []


def _regions_fit(structure: Structure) -> None:
    """Raises ValueError for a region that stands twice or reaches out of the picture."""
    ids, picture = [region.id for region in structure.regions], structure.picture
    if twice := {one for one in ids if ids.count(one) > 1}:
        raise ValueError(f"regions: {', '.join(sorted(twice))} stands twice")
    for region in structure.regions:
        left, top, right, bottom = region.box
        if left < 0 or top < 0 or right > picture.width or bottom > picture.height:
            size = f"{picture.width} × {picture.height}"
            raise ValueError(f"regions: {region.id} reaches out of the picture, which is {size}")


def drawn(picture: Picture, alt: str, marks: Any) -> Drawing:
    return Drawing(picture.file, picture.width, picture.height, alt, tuple(marks))


def marks_of(regions: Sequence[Region], order: Sequence[str], picture: Picture) -> list[Mark]:
    """The regions as they are drawn, numbered in that order."""
    by_id = {region.id: region for region in regions}
    return [_mark(by_id[one], number, picture) for number, one in enumerate(order, 1)]


def _mark(region: Region, number: int, picture: Picture) -> Mark:
    """A region with its number on top of its outline, kept within the picture."""
    left, top, right, bottom = region.box
    reach = round(picture.width * MARK_REACH / 100)
    x, y = region.top
    return Mark(
        region.id,
        number,
        "",
        region.shape,
        left,
        top,
        right - left,
        bottom - top,
        " ".join(f"{across},{down}" for across, down in region.polygon or ()),
        min(max(x, reach), max(reach, picture.width - reach)),
        min(max(y, reach), max(reach, picture.height - reach)),
    )


def _fits_finger(region: Region, picture: Picture) -> bool:
    left, top, right, bottom = region.box
    scale = Fraction(PHONE, picture.width)
    return min(right - left, bottom - top) * scale >= FINGER
