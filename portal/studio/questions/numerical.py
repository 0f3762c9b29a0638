"""A number within a range."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from crispy_forms.layout import Div, Fieldset, LayoutObject
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.studio.compositions import Composed
from portal.studio.questions.base import Place, QuestionForm
from quizzes.kinds.numbers import parse_number

ENDS = {"low": "min", "high": "max"}


class NumberField(forms.CharField):
    """A number in any digits, or nothing; its cleaned value is what JSON holds of it."""

    def __init__(self, label: str) -> None:
        attrs = {"inputmode": "decimal", "dir": "ltr", "autocomplete": "off"}
        super().__init__(label=label, required=False, max_length=40, widget=forms.TextInput(attrs=attrs))

    def clean(self, value: Any) -> int | float | None:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            number = parse_number(typed)
        except ValueError:
            raise forms.ValidationError(_("Write one number in digits, such as 12 or 2.5.")) from None
        return _as_json(number)


def _as_json(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


class NumericalForm(QuestionForm):
    kind = "numerical"

    def add_own_fields(self) -> None:
        self.add_words("unit", gettext("Unit"), 1, gettext("One that suits any number: cm, min, per home."))
        for part, name in (("right", gettext("Right")), ("near", gettext("Nearly right"))):
            self.fields[f"{part}_min"] = NumberField(gettext("%(range)s from") % {"range": name})
            self.fields[f"{part}_max"] = NumberField(gettext("%(range)s to") % {"range": name})
        self.add_words("low", gettext("What to say to a number that is too low"), 2)
        self.add_words("high", gettext("What to say to a number that is too high"), 2)

    def own_layout(self) -> list[LayoutObject | str]:
        return [
            self.fields_side_by_side("unit"),
            self._range_layout("right", gettext("Right: both ends are accepted, and one of them may stay empty")),
            self._range_layout("near", gettext("Nearly right, for half the points: may stay empty")),
            self.fields_side_by_side("low"),
            self.fields_side_by_side("high"),
        ]

    def _range_layout(self, part: str, legend: str) -> Fieldset:
        return Fieldset(legend, Div(f"{part}_min", f"{part}_max", css_class="studio-range"))

    def _range(self, part: str) -> dict[str, int | float]:
        ends = {end: self.cleaned_data.get(f"{part}_{end}") for end in ("min", "max")}
        return {end: number for end, number in ends.items() if number is not None}

    def structure_and_key(self) -> tuple[dict[str, Any], dict[str, Any]]:
        right, near = self._range("right"), self._range("near")
        if not right and not self.errors:
            self.add_error("right_min", gettext("Write at least one end of what is right."))
        for part, ends in (("right", right), ("near", near)):
            if len(ends) == 2 and ends["min"] > ends["max"]:
                self.add_error(f"{part}_max", gettext("This is below the first number."))
        self._near_reaches_around(right, near)
        return {}, {"right": right} | ({"near": near} if near else {})

    def _near_reaches_around(self, right: dict[str, int | float], near: dict[str, int | float]) -> None:
        """Also where the right range is open at an end: the near one has nothing to add there."""
        message = gettext("“Nearly right” must reach around what is right.")
        if "min" in near and near["min"] > right.get("min", float("-inf")):
            self.add_error("near_min", message)
        if "max" in near and near["max"] < right.get("max", float("inf")):
            self.add_error("near_max", message)

    def own_words(self, language: str) -> dict[str, Any]:
        right = self._range("right")
        said = {name: self.cleaned_data.get(f"{name}_{language}", "") for name in ENDS}
        for name, end in ENDS.items():
            if said[name] and end not in right:
                self.add_error(f"{name}_{language}", gettext("No number can be that: take this out, or set that end."))
        feedback = {name: said[name] for name, end in ENDS.items() if end in right}
        return {"unit": self.cleaned_data.get(f"unit_{language}", ""), "feedback": feedback}

    def own_word_fields(self, language: str) -> Iterable[str]:
        return [f"{name}_{language}" for name in ("unit", *ENDS)]

    def place_of(self, place: Place, language: str) -> str | None:
        return f"{place[1]}_{language}" if place[:1] == ("feedback",) else super().place_of(place, language)

    @classmethod
    def own_initial(cls, composed: Composed) -> dict[str, Any]:
        key = composed.answer_key
        ends = {f"{part}_{end}": (key.get(part) or {}).get(end) for part in ("right", "near") for end in ("min", "max")}
        for language, said in composed.words.items():
            ends[f"unit_{language}"] = said.get("unit", "")
            for name in ENDS:
                ends[f"{name}_{language}"] = said.get("feedback", {}).get(name, "")
        return ends
