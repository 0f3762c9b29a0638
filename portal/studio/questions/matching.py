"""Pairs that belong together, and choices that are left over."""

from collections.abc import Iterable
from typing import Any

from crispy_forms.layout import HTML, Div, Fieldset, LayoutObject
from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext, pgettext

from portal.studio.compositions import Composed
from portal.studio.questions.base import Place, WordsField
from portal.studio.questions.rows import RowsForm
from quizzes.kinds.matching import MOST_SPARE

SIDES = {"prompt": "prompts", "option": "options", "why": "feedback"}


class MatchingForm(RowsForm):
    """Rows of fields `pair-0-prompt-ar`, `pair-0-option-ar`, `pair-0-why-ar` with two ids; then `spare-0-option-ar`."""

    kind = "matching"
    fewest, most, shown_at_first = 2, 6, 3

    def add_own_fields(self) -> None:
        super().add_own_fields()
        for row in range(MOST_SPARE):
            label = pgettext("one of the choices that belong to nothing", "Left over %(number)s")
            self._add_words(f"spare-{row}-option", label % {"number": row + 1})

    def add_row(self, row: int) -> None:
        self._add_words(f"pair-{row}-prompt", gettext("What is given"))
        self._add_words(f"pair-{row}-option", gettext("What belongs to it"))
        for language in self.languages:
            label = gettext("What to say to whoever chooses something else (may stay empty)")
            self.fields[f"pair-{row}-why-{language}"] = WordsField(label, language, 2)

    def _add_words(self, name: str, label: str) -> None:
        self.fields[f"{name}-id"] = forms.CharField(widget=forms.HiddenInput, required=False)
        for language in self.languages:
            self.fields[f"{name}-{language}"] = WordsField(label, language, 1)

    def own_layout(self) -> list[LayoutObject | str]:
        pairs = gettext("A row left empty is taken away. Keep what belongs to it short: it is chosen from a list.")
        spare = gettext("Belongs to nothing. With one of these, the last pair does not give itself away.")
        return [
            *self.rows_layout(gettext("Pairs"), pairs, gettext("Add a row for a pair")),
            Fieldset(
                gettext("Left over"),
                HTML(format_html('<p class="form-text">{}</p>', spare)),
                *(self._words_layout(f"spare-{row}-option") for row in range(MOST_SPARE)),
            ),
        ]

    def row_title(self, number: int) -> str:
        return pgettext("one of the pairs to match", "Pair %(number)s") % {"number": number}

    def row_layout(self, row: int) -> Div:
        return Div(
            HTML(format_html('<h2 class="h3">{}</h2>', self.row_title(row + 1))),
            self._words_layout(f"pair-{row}-prompt"),
            self._words_layout(f"pair-{row}-option"),
            Div(*self._names(f"pair-{row}-why"), css_class="side-by-side"),
            css_class="studio-option",
        )

    def _words_layout(self, name: str) -> Div:
        return Div(*self._names(name), f"{name}-id", css_class="side-by-side")

    def _names(self, name: str) -> list[str]:
        return [f"{name}-{language}" for language in self.languages]

    def _pairs(self) -> dict[int, tuple[str, str]]:
        """Ids of prompt and option by row, for the rows that hold something."""
        found: dict[int, tuple[str, str]] = {}
        for row in range(self.rows):
            name = f"pair-{row}"
            if self.is_filled(field for side in SIDES for field in self._names(f"{name}-{side}")):
                used = [one for pair in found.values() for one in pair]
                prompt = self.id_for(self.cleaned_data.get(f"{name}-prompt-id", ""), used, "p")
                option = self.id_for(self.cleaned_data.get(f"{name}-option-id", ""), [*used, prompt])
                found[row] = prompt, option
        return found

    def _spares(self, used: Iterable[str]) -> dict[int, str]:
        found: dict[int, str] = {}
        for row in range(MOST_SPARE):
            if self.is_filled(self._names(f"spare-{row}-option")):
                known = self.cleaned_data.get(f"spare-{row}-option-id", "")
                found[row] = self.id_for(known, [*used, *found.values()])
        return found

    def _fields_by_id(self) -> dict[str, dict[str, str]]:
        """The beginning of the field's name, by what it says of which id."""
        pairs = self._pairs()
        spares = self._spares([one for pair in pairs.values() for one in pair])
        return {
            "prompts": {prompt: f"pair-{row}-prompt" for row, (prompt, _option) in pairs.items()},
            "options": {option: f"pair-{row}-option" for row, (_prompt, option) in pairs.items()}
            | {option: f"spare-{row}-option" for row, option in spares.items()},
            "feedback": {prompt: f"pair-{row}-why" for row, (prompt, _option) in pairs.items()},
        }

    def structure_and_key(self) -> tuple[dict[str, Any], dict[str, Any]]:
        names = self._fields_by_id()
        if len(names["prompts"]) < self.fewest:
            self.add_error(None, gettext("Write at least two pairs."))
        structure = {"prompts": list(names["prompts"]), "options": list(names["options"])}
        return structure, {"right": dict(self._pairs().values())}

    def own_words(self, language: str) -> dict[str, Any]:
        said = {
            part: {one: self.cleaned_data.get(f"{name}-{language}", "") for one, name in names.items()}
            for part, names in self._fields_by_id().items()
        }
        return said | {"feedback": {prompt: why for prompt, why in said["feedback"].items() if why}}

    def own_word_fields(self, language: str) -> Iterable[str]:
        pairs = [f"pair-{row}-{side}-{language}" for row in range(self.rows) for side in SIDES]
        return [*pairs, *(f"spare-{row}-option-{language}" for row in range(MOST_SPARE))]

    def place_of(self, place: Place, language: str) -> str | None:
        name = self._fields_by_id().get(str(place[0]), {}).get(str(place[1])) if len(place) > 1 else None
        return f"{name}-{language}" if name else super().place_of(place, language)

    @classmethod
    def own_initial(cls, composed: Composed) -> dict[str, Any]:
        right, initial = composed.answer_key["right"], dict[str, Any]()
        spare = [option for option in composed.structure["options"] if option not in right.values()]
        for row, prompt in enumerate(composed.structure["prompts"]):
            ids = {"prompt": prompt, "option": right[prompt], "why": prompt}
            initial |= cls._kept(f"pair-{row}", ids, composed)
        for row, option in enumerate(spare):
            initial |= cls._kept(f"spare-{row}", {"option": option}, composed)
        return initial

    @staticmethod
    def _kept(name: str, ids: dict[str, str], composed: Composed) -> dict[str, str]:
        """The fields of one row, from what is kept of it."""
        words = {
            f"{name}-{side}-{language}": said.get(SIDES[side], {}).get(one, "")
            for side, one in ids.items()
            for language, said in composed.words.items()
        }
        return words | {f"{name}-{side}-id": one for side, one in ids.items() if side != "why"}

    @classmethod
    def rows_of(cls, structure: dict[str, Any]) -> int:
        return len(structure["prompts"])
