"""What the forms of the kinds with options share: a row an option, its id permanent, its words side by side."""

from abc import abstractmethod
from collections.abc import Iterable
from typing import Any

from crispy_forms.layout import HTML, Div, Field, LayoutObject
from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext, pgettext

from portal.studio.compositions import Composed
from portal.studio.questions.base import Place, WordsField
from portal.studio.questions.rows import RowsForm


class OptionsForm(RowsForm):
    """Rows of fields `option-0-id`, `option-0-right`, `option-0-text-ar`, `option-0-why-ar`, and so on."""

    def add_row(self, row: int) -> None:
        self.fields[f"option-{row}-id"] = forms.CharField(widget=forms.HiddenInput, required=False)
        self.fields[f"option-{row}-right"] = self.right_field(row)
        for name, label in (("text", self.text_label()), ("why", self.why_label())):
            for language in self.languages:
                self.fields[f"option-{row}-{name}-{language}"] = WordsField(label, language, 2)

    @abstractmethod
    def right_field(self, row: int) -> forms.Field:
        """Whether, or where, the row is right."""

    def text_label(self) -> str:
        return gettext("Option")

    @abstractmethod
    def why_label(self) -> str:
        """What the words beside an option are called."""

    def row_title(self, number: int) -> str:
        return pgettext("one of the options of a question", "Option %(number)s") % {"number": number}

    def own_layout(self) -> list[LayoutObject | str]:
        help_text = gettext("A row left empty is taken away. Options are shuffled for each reader.")
        return self.rows_layout(gettext("Options"), help_text, gettext("Add a row for an option"))

    def row_layout(self, row: int) -> Div:
        return Div(
            HTML(format_html('<h2 class="h3">{}</h2>', self.row_title(row + 1))),
            Field(f"option-{row}-right"),
            Div(*self._names(row, "text"), css_class="side-by-side"),
            Div(*self._names(row, "why"), css_class="side-by-side"),
            f"option-{row}-id",
            css_class="studio-option",
        )

    def _names(self, row: int, name: str) -> list[str]:
        return [f"option-{row}-{name}-{language}" for language in self.languages]

    def own_word_fields(self, language: str) -> Iterable[str]:
        return [f"option-{row}-{name}-{language}" for row in range(self.rows) for name in ("text", "why")]

    def ids(self) -> dict[str, int]:
        """The rows that hold something, by the permanent ids of their options."""
        found: dict[str, int] = {}
        for row in range(self.rows):
            if self.is_filled((*self._names(row, "text"), *self._names(row, "why"))):
                found[self.id_for(self.cleaned_data.get(f"option-{row}-id", ""), found)] = row
        return found

    def marked(self, ids: dict[str, int]) -> dict[str, Any]:
        """What `right_field` says of each option; a row that is marked and empty is a fault."""
        for row in range(self.rows):
            if self.cleaned_data.get(f"option-{row}-right") and row not in ids.values():
                self.add_error(f"option-{row}-right", self.empty_row_message())
        marks = {option: self.cleaned_data.get(f"option-{row}-right") for option, row in ids.items()}
        return {option: mark for option, mark in marks.items() if mark}

    def empty_row_message(self) -> str:
        return gettext("This row is empty. Write the option, or unmark it.")

    def own_words(self, language: str) -> dict[str, Any]:
        ids = self.ids()
        texts = {option: self.cleaned_data.get(f"option-{row}-text-{language}", "") for option, row in ids.items()}
        whys = {option: self.cleaned_data.get(f"option-{row}-why-{language}", "") for option, row in ids.items()}
        return {
            "options": texts,
            "feedback": {option: why for option, why in whys.items() if self.needs_why(option, why)},
        }

    def needs_why(self, option: str, why: str) -> bool:
        """Whether the option has a feedback of its own."""
        return True

    def place_of(self, place: Place, language: str) -> str | None:
        row = self.ids().get(str(place[1])) if len(place) > 1 else None
        if row is None:
            return super().place_of(place, language)
        return f"option-{row}-{'why' if place[0] == 'feedback' else 'text'}-{language}"

    @classmethod
    def own_initial(cls, composed: Composed) -> dict[str, Any]:
        marks = cls.marks_of(composed.answer_key["right"])
        initial: dict[str, Any] = {}
        for row, option in enumerate(composed.structure["options"]):
            initial |= {f"option-{row}-id": option, f"option-{row}-right": marks.get(option, False)}
            for language, said in composed.words.items():
                initial[f"option-{row}-text-{language}"] = said["options"].get(option, "")
                initial[f"option-{row}-why-{language}"] = said.get("feedback", {}).get(option, "")
        return initial

    @classmethod
    def marks_of(cls, right: Any) -> dict[str, Any]:
        """What `right_field` holds for each option, from the key."""
        return dict.fromkeys(right if isinstance(right, list) else [right], True)
