"""A text with gaps: in the text `{1}` stands for the first gap, and each gap has its row of choices."""

import re
from collections.abc import Iterable
from typing import Any

from crispy_forms.layout import HTML, Div, Field, LayoutObject
from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext, pgettext

from portal.studio.compositions import Composed
from portal.studio.questions.base import Place, WordsField
from portal.studio.questions.rows import RowsForm
from quizzes.kinds.gap_fill import GAP, MOST_CHOICES, MOST_GAPS

NUMBERED = re.compile(r"\{\s*(\d{1,3})\s*\}")
SLOTS = range(MOST_CHOICES)


class GapFillForm(RowsForm):
    """Fields `text_ar`; rows of `gap-0-id` with `gap-0-1-id`, `gap-0-1-right`, `gap-0-1-text-ar`, `gap-0-1-why-ar`."""

    kind = "gap_fill"
    fewest, most, shown_at_first = 1, MOST_GAPS, 2

    def add_own_fields(self) -> None:
        help_text = gettext("Write {1} where the first gap is, {2} for the second, and so on, each of them once.")
        self.add_words("text", gettext("Text with gaps"), 4, help_text)
        super().add_own_fields()

    def add_row(self, row: int) -> None:
        self.fields[f"gap-{row}-id"] = forms.CharField(widget=forms.HiddenInput, required=False)
        for slot in SLOTS:
            name = f"gap-{row}-{slot}"
            self.fields[f"{name}-id"] = forms.CharField(widget=forms.HiddenInput, required=False)
            self.fields[f"{name}-right"] = forms.BooleanField(
                label=gettext("Choice %(number)s is right") % {"number": slot + 1}, required=False
            )
            for side, label, rows in self._sides():
                for language in self.languages:
                    self.fields[f"{name}-{side}-{language}"] = WordsField(label, language, rows)

    def _sides(self) -> list[tuple[str, str, int]]:
        """(part of a field's name, label, rows) of what is written for a choice."""
        return [
            ("text", gettext("What can be chosen"), 1),
            ("why", gettext("Why it is wrong (may stay empty)"), 2),
        ]

    def own_layout(self) -> list[LayoutObject | str]:
        help_text = gettext("For each gap two to four choices, those ticked that are right. Empty ones are taken away.")
        rows = self.rows_layout(gettext("Gaps"), help_text, gettext("Add a row for a gap"))
        return [self.fields_side_by_side("text"), *rows]

    def row_title(self, number: int) -> str:
        return pgettext("one of the gaps of a text", "Gap %(number)s") % {"number": number}

    def row_layout(self, row: int) -> Div:
        title = HTML(format_html('<h2 class="h3">{}</h2>', self.row_title(row + 1)))
        return Div(title, *(self._slot_layout(row, slot) for slot in SLOTS), f"gap-{row}-id", css_class="studio-option")

    def _slot_layout(self, row: int, slot: int) -> Div:
        name = f"gap-{row}-{slot}"
        return Div(
            Field(f"{name}-right"),
            *(Div(*self._names(name, side), css_class="side-by-side") for side in ("text", "why")),
            f"{name}-id",
        )

    def _names(self, name: str, side: str) -> list[str]:
        return [f"{name}-{side}-{language}" for language in self.languages]

    def _said(self, name: str) -> bool:
        return self.is_filled((*self._names(name, "text"), *self._names(name, "why")))

    def _gaps(self) -> dict[int, tuple[str, dict[str, str]]]:
        """By row its gap's id and, by the ids of its choices, their fields; for the rows that hold something."""
        found: dict[int, tuple[str, dict[str, str]]] = {}
        for row in range(self.rows):
            names = [f"gap-{row}-{slot}" for slot in SLOTS if self._said(f"gap-{row}-{slot}")]
            if names:
                taken = [gap for gap, _choices in found.values()]
                gap = self.id_for(self.cleaned_data.get(f"gap-{row}-id", ""), taken, "g")
                found[row] = gap, self._choices(names)
        return found

    def _choices(self, names: list[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for name in names:
            found[self.id_for(self.cleaned_data.get(f"{name}-id", ""), found)] = name
        return found

    def structure_and_key(self) -> tuple[dict[str, Any], dict[str, Any]]:
        gaps, right = self._gaps(), dict[str, Any]()
        for gap, choices in gaps.values():
            ticked = [choice for choice, name in choices.items() if self.cleaned_data.get(f"{name}-right")]
            right[gap] = ticked[0] if len(ticked) == 1 else ticked
            self._refuse_marks(choices, ticked)
        for row in range(self.rows):
            self._refuse_empty_marks(row)
        if not gaps:
            self.add_error(None, gettext("Write the choices of one gap at least."))
        return {"gaps": {gap: list(choices) for gap, choices in gaps.values()}}, {"right": right}

    def _refuse_marks(self, choices: dict[str, str], ticked: list[str]) -> None:
        first = f"{next(iter(choices.values()))}-right"
        if not ticked:
            self.add_error(first, gettext("Tick the choice that is right in this gap."))
        elif len(ticked) == len(choices):
            self.add_error(first, gettext("At least one choice of this gap must be wrong."))
        message = gettext("This choice is ticked as right, so nothing can be said here of why it is wrong.")
        for field in (field for choice in ticked for field in self._names(choices[choice], "why")):
            if self.cleaned_data.get(field):
                self.add_error(field, message)

    def _refuse_empty_marks(self, row: int) -> None:
        for name in (f"gap-{row}-{slot}" for slot in SLOTS):
            if self.cleaned_data.get(f"{name}-right") and not self._said(name):
                self.add_error(f"{name}-right", gettext("This choice is empty. Write it, or take the tick away."))

    def own_words(self, language: str) -> dict[str, Any]:
        gaps = list(self._gaps().values())
        whys = {
            f"{gap}:{choice}": self._word(name, "why", language) for gap, all_ in gaps for choice, name in all_.items()
        }
        return {
            "text": self._text(language),
            "choices": {
                gap: {choice: self._word(name, "text", language) for choice, name in choices.items()}
                for gap, choices in gaps
            },
            "feedback": {both: why for both, why in whys.items() if why},
        }

    def _word(self, name: str, side: str, language: str) -> str:
        return str(self.cleaned_data.get(f"{name}-{side}-{language}", ""))

    def _text(self, language: str) -> str:
        """The text with the ids of the gaps for their numbers; what is wrong with it is said beside it."""
        text = self.cleaned_data.get(f"text_{language}", "")
        ids = {row + 1: gap for row, (gap, _choices) in self._gaps().items()}
        found = [int(number) for number in NUMBERED.findall(text)]
        for number in ids if text else ():
            if found.count(number) != 1:
                message = gettext("Write {%(number)s} once, where gap %(number)s is.")
                self.add_error(f"text_{language}", message % {"number": number})
        for number in sorted(set(found) - set(ids)):
            message = gettext("There are no choices for {%(number)s}. Write them, or take it out of the text.")
            self.add_error(f"text_{language}", message % {"number": number})
        return NUMBERED.sub(lambda one: f"{{{ids.get(int(one[1]), one[1])}}}", text)

    def own_word_fields(self, language: str) -> Iterable[str]:
        slots = [f"gap-{row}-{slot}" for row in range(self.rows) for slot in SLOTS]
        return [f"text_{language}", *(f"{name}-{side}-{language}" for name in slots for side in ("text", "why"))]

    def place_of(self, place: Place, language: str) -> str | None:
        """What does not fit together as a whole is said of the text, where that is faulty already."""
        gaps = dict(self._gaps().values())
        if place[:1] == ("choices",) and len(place) > 2:
            return f"{gaps[place[1]][place[2]]}-text-{language}"
        if place[:1] == ("feedback",) and len(place) > 1:
            gap, _colon, choice = str(place[1]).partition(":")
            return f"{gaps[gap][choice]}-why-{language}"
        if place[:1] == ("gaps",) and len(place) > 1:
            return f"{next(iter(gaps[place[1]].values()))}-text-{self.languages[0]}"
        if not place and f"text_{language}" in self.errors:
            return f"text_{language}"
        return super().place_of(place, language)

    @classmethod
    def own_initial(cls, composed: Composed) -> dict[str, Any]:
        right, initial = composed.answer_key["right"], dict[str, Any]()
        rows = _in_order(composed)
        for row, gap in enumerate(rows):
            initial[f"gap-{row}-id"] = gap
            for slot, choice in enumerate(composed.structure["gaps"][gap]):
                name = f"gap-{row}-{slot}"
                initial |= {f"{name}-id": choice, f"{name}-right": choice in _listed(right[gap])}
                for language, said in composed.words.items():
                    initial[f"{name}-text-{language}"] = said["choices"].get(gap, {}).get(choice, "")
                    initial[f"{name}-why-{language}"] = said.get("feedback", {}).get(f"{gap}:{choice}", "")
        for language, said in composed.words.items():
            initial[f"text_{language}"] = GAP.sub(lambda one: _number(one, rows), said["text"])
        return initial

    @classmethod
    def rows_of(cls, structure: dict[str, Any]) -> int:
        return len(structure["gaps"])


def _listed(right: Any) -> list[str]:
    return right if isinstance(right, list) else [right]


def _number(one: re.Match[str], rows: list[str]) -> str:
    return f"{{{rows.index(one[1]) + 1}}}" if one[1] in rows else one[0]


def _in_order(composed: Composed) -> list[str]:
    """The gaps as they stand in the text of the first language: a database may keep them in another order."""
    gaps = list(composed.structure["gaps"])
    text = next((said["text"] for _language, said in sorted(composed.words.items())), "")
    return sorted(gaps, key=lambda gap: text.find(f"{{{gap}}}"))
