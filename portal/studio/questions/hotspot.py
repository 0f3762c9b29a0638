"""A picture, its regions as rows of numbers, and which of them are right."""

import re
from typing import Any

from crispy_forms.layout import HTML, Div, Field, LayoutObject
from django import forms
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext, pgettext
from pydantic import ValidationError

from portal.studio.compositions import Composed
from portal.studio.course_pictures import CoursePicture
from portal.studio.questions.base import Place
from portal.studio.questions.options import OptionsForm
from quizzes.kinds.base import Drawing, Picture
from quizzes.kinds.hotspot import marks_of
from quizzes.kinds.shapes import SHAPES, Region, overlap

NUMBERS = re.compile(r"[\s,،;]+")


def numbers_of(shape: str, typed: str) -> Any:
    """What was typed for a shape as a region has it; raises ValueError where it is no list of whole numbers."""
    numbers = [int(part) for part in NUMBERS.split(typed.strip()) if part]
    if shape != "polygon":
        return numbers
    if len(numbers) % 2:
        raise ValueError("a corner without its second number")
    return list(zip(numbers[::2], numbers[1::2], strict=True))


class HotspotForm(OptionsForm):
    """Beside the fields of options, `picture`, `alt_ar`, and in each row `option-0-shape` and `option-0-place`."""

    kind = "hotspot"
    fewest, most, shown_at_first = 2, 8, 3

    def add_own_fields(self) -> None:
        choices = [("", gettext("Choose a picture")), *((one.file, one.label) for one in self.about.pictures)]
        self.fields["picture"] = forms.ChoiceField(
            label=gettext("Picture"),
            choices=choices,
            error_messages={"required": gettext("Choose the picture that the question is about.")},
            help_text=gettext("One of the course's. Add a new one on the page of the lesson first."),
        )
        help_text = gettext("What is to be seen, for those who cannot see it. Do not say which place is right.")
        self.add_words("alt", gettext("What the picture shows"), 2, help_text)
        super().add_own_fields()

    def add_row(self, row: int) -> None:
        shapes = [("rect", gettext("Rectangle")), ("circle", gettext("Circle")), ("polygon", gettext("Polygon"))]
        self.fields[f"option-{row}-shape"] = forms.ChoiceField(
            label=gettext("Shape"), choices=shapes, required=False, initial="rect"
        )
        self.fields[f"option-{row}-place"] = forms.CharField(
            label=gettext("Where it lies"),
            required=False,
            max_length=400,
            widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
            help_text=gettext(
                "Pixels from the left and from the top. Rectangle: left top width height. Circle: middle across, "
                "middle down, radius. Polygon: across and down for each corner."
            ),
        )
        super().add_row(row)

    def right_field(self, row: int) -> forms.BooleanField:
        return forms.BooleanField(label=gettext("This is a right place"), required=False)

    def text_label(self) -> str:
        return gettext("Name of the place")

    def why_label(self) -> str:
        return gettext("Why it is wrong (not for a right one)")

    def row_title(self, number: int) -> str:
        return pgettext("one of the regions of a picture", "Place %(number)s") % {"number": number}

    def empty_row_message(self) -> str:
        return gettext("This row is empty. Write the place, or unmark it.")

    def own_layout(self) -> list[LayoutObject | str]:
        help_text = gettext(
            "A row left empty is taken away. Readers see every place with a number, in the picture and in a list. If "
            "several are marked as right, each of them is a right answer."
        )
        rows = self.rows_layout(gettext("Places"), help_text, gettext("Add a row for a place"))
        return ["picture", self.fields_side_by_side("alt"), HTML(self._sheet()), *rows]

    def row_layout(self, row: int) -> Div:
        return Div(
            HTML(format_html('<h2 class="h3">{}</h2>', self.row_title(row + 1))),
            Field(f"option-{row}-right"),
            Div(f"option-{row}-shape", f"option-{row}-place", css_class="side-by-side", data_region=str(row)),
            Div(*self._names(row, "text"), css_class="side-by-side"),
            Div(*self._names(row, "why"), css_class="side-by-side"),
            f"option-{row}-id",
            css_class="studio-option",
        )

    # The picture with what is drawn on it so far.

    def _sheet(self) -> str:
        pictures = {one.file: [one.url, one.width, one.height] for one in self.about.pictures}
        context = {"drawing": self._drawing(), "pictures": pictures, "locked": self.about.locked}
        # An HTML of crispy's is a template of its own, and nothing of ours may be read as one.
        return "{% verbatim %}" + render_to_string("studio/regions.html", context) + "{% endverbatim %}"

    def _drawing(self) -> Drawing | None:
        chosen = self._picture(str(self["picture"].value() or ""))
        if chosen is None:
            return None
        kept = Picture.model_validate(chosen.stored)
        regions = {row: self._typed_region(row) for row in range(self.rows)}
        marks = [
            mark
            for row, region in regions.items()
            for mark in (marks_of([region], [region.id], kept) if region else ())
        ]
        return Drawing(chosen.file, chosen.width, chosen.height, "", tuple(marks))

    def _typed_region(self, row: int) -> Region | None:
        shape, place = (str(self[f"option-{row}-{name}"].value() or "") for name in ("shape", "place"))
        try:
            return Region(id=f"row-{row}", **{shape: numbers_of(shape, place)}) if shape in SHAPES else None
        except ValueError:
            return None

    def _picture(self, file: str) -> CoursePicture | None:
        return next((one for one in self.about.pictures if one.file == file), None)

    # What the fields mean.

    def ids(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for row in range(self.rows):
            if self.is_filled((f"option-{row}-place", *self._names(row, "text"), *self._names(row, "why"))):
                found[self.id_for(self.cleaned_data.get(f"option-{row}-id", ""), found, "r")] = row
        return found

    @cached_property
    def regions(self) -> dict[str, Region]:
        """The regions by their ids; one that cannot be drawn is a fault beside its numbers."""
        found = {}
        for region, row in self.ids().items():
            name = f"option-{row}-place"
            shape, typed = self.cleaned_data.get(f"option-{row}-shape") or "rect", self.cleaned_data.get(name, "")
            try:
                found[region] = Region(id=region, **{shape: numbers_of(shape, typed)})
            except ValidationError:
                self.add_error(name, gettext("These numbers make no such shape. Count them, or draw the place anew."))
            except ValueError:
                self.add_error(name, gettext("Write whole numbers with spaces between them."))
        return found

    def structure_and_key(self) -> tuple[dict[str, Any], dict[str, Any]]:
        ids = self.ids()
        self.right = list(self.marked(ids))
        if not self.right:
            self.add_error(None, gettext("Mark the place that is right."))
        elif len(self.right) == len(ids):
            self.add_error(None, gettext("At least one place must be wrong."))
        picture = self._picture(self.cleaned_data.get("picture", ""))
        for region in self.regions.values():
            self._place(region, ids, picture)
        stored = [region.model_dump(mode="json", exclude_none=True) for region in self.regions.values()]
        structure = {"picture": picture.stored if picture else {}, "regions": stored}
        return structure, {"right": self.right[0] if len(self.right) == 1 else self.right}

    def _place(self, region: Region, ids: dict[str, int], picture: CoursePicture | None) -> None:
        """Faults of where a region lies, said beside its numbers."""
        name = f"option-{ids[region.id]}-place"
        left, top, right, bottom = region.box
        if picture and (left < 0 or top < 0 or right > picture.width or bottom > picture.height):
            message = gettext("This reaches out of the picture, which is %(width)s × %(height)s pixels.")
            self.add_error(name, message % {"width": picture.width, "height": picture.height})
        for other in self.regions.values():
            if region.id in self.right and other.id not in self.right and overlap(region, other):
                message = gettext("This is right and overlaps “%(place)s”, which is wrong. Draw them apart.")
                self.add_error(name, message % {"place": self.row_title(ids[other.id] + 1)})

    def own_words(self, language: str) -> dict[str, Any]:
        said = super().own_words(language)
        return {
            "alt": self.cleaned_data.get(f"alt_{language}", ""),
            "regions": said["options"],
            "feedback": said["feedback"],
        }

    def own_word_fields(self, language: str) -> list[str]:
        return [f"alt_{language}", *super().own_word_fields(language)]

    def needs_why(self, option: str, why: str) -> bool:
        return option not in self.right or bool(why)

    def place_of(self, place: Place, language: str) -> str | None:
        return "picture" if place[:1] == ("picture",) else super().place_of(place, language)

    @classmethod
    def own_initial(cls, composed: Composed) -> dict[str, Any]:
        regions = [Region.model_validate(region) for region in composed.structure["regions"]]
        names = {**composed.structure, "options": [region.id for region in regions]}
        words = {language: {**said, "options": said.get("regions", {})} for language, said in composed.words.items()}
        kept = Composed(names, composed.answer_key, composed.critical, words)
        initial = super().own_initial(kept) | {"picture": composed.structure["picture"]["file"]}
        initial |= {f"alt_{language}": said.get("alt", "") for language, said in words.items()}
        for row, region in enumerate(regions):
            numbers = region.rect or region.circle or [one for corner in region.polygon or () for one in corner]
            initial |= {f"option-{row}-shape": region.shape, f"option-{row}-place": " ".join(map(str, numbers))}
        return initial

    @classmethod
    def rows_of(cls, structure: dict[str, Any]) -> int:
        return len(structure["regions"])
