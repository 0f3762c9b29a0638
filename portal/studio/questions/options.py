"""What the forms of the kinds with options share: a row an option, its id permanent, its words side by side."""

from collections.abc import Iterable
from typing import Any, ClassVar

from crispy_forms.layout import HTML, Div, Field, Fieldset, LayoutObject
from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext, pgettext

from portal.studio.compositions import Composed
from portal.studio.questions.base import Place, QuestionForm, WordsField

COUNT = "options-TOTAL_FORMS"
FEWEST = 3
SHOWN_AT_FIRST = 4


class OptionsForm(QuestionForm):
    """Rows of fields `option-0-id`, `option-0-right`, `option-0-text-ar`, `option-0-why-ar`, and so on."""

    most: ClassVar[int]

    def add_own_fields(self) -> None:
        self.rows = min(max(self._asked_rows(), FEWEST), self.most)
        self.fields[COUNT] = forms.IntegerField(widget=forms.HiddenInput, required=False)
        self.initial[COUNT] = self.rows
        for row in range(self.rows):
            self._add_row(row)

    def _asked_rows(self) -> int:
        if not self.is_bound:
            return self.rows or SHOWN_AT_FIRST
        asked = str(self.data.get(COUNT, ""))
        return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 0

    def _add_row(self, row: int) -> None:
        self.fields[f"option-{row}-id"] = forms.CharField(widget=forms.HiddenInput, required=False)
        self.fields[f"option-{row}-right"] = self.right_field(row)
        for name, label in (("text", gettext("Option")), ("why", self.why_label())):
            for language in self.languages:
                self.fields[f"option-{row}-{name}-{language}"] = WordsField(label, language, 2)

    def right_field(self, row: int) -> forms.BooleanField:
        raise NotImplementedError

    def why_label(self) -> str:
        raise NotImplementedError

    def own_layout(self) -> list[LayoutObject | str]:
        help_text = gettext("A row left empty is taken away. Options are shuffled for each reader.")
        rows = [self._row_layout(row) for row in range(self.rows)]
        return [
            Fieldset(
                gettext("Options"), HTML(format_html('<p class="form-text">{}</p>', help_text)), *rows, self._more()
            ),
            COUNT,
        ]

    def _more(self) -> HTML:
        """The button that shows one row more, while there may be one."""
        if self.rows >= self.most or self.about.locked:
            return HTML("")
        button = '<p><button class="btn btn-outline-secondary" name="deed" value="more">{}</button></p>'
        return HTML(format_html(button, gettext("Add a row for an option")))

    def _row_layout(self, row: int) -> Div:
        number = pgettext("one of the options of a question", "Option %(number)s") % {"number": row + 1}
        return Div(
            HTML(format_html('<h2 class="h3">{}</h2>', number)),
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
            if not any(self.cleaned_data.get(name) for name in (*self._names(row, "text"), *self._names(row, "why"))):
                continue
            known = self.cleaned_data.get(f"option-{row}-id", "")
            mine = known in self.about.option_ids and known not in found
            found[known if mine else self._new_id(found)] = row
        return found

    def _new_id(self, others: Iterable[str]) -> str:
        used = self.about.option_ids.union(others)
        return next(new for number in range(1, 1000) if (new := f"o{number}") not in used)

    def right_ids(self, ids: dict[str, int]) -> list[str]:
        """The options marked as right; a row that is marked and empty is a fault."""
        for row in range(self.rows):
            if self.cleaned_data.get(f"option-{row}-right") and row not in ids.values():
                self.add_error(f"option-{row}-right", gettext("This row is empty. Write the option, or unmark it."))
        return [option for option, row in ids.items() if self.cleaned_data.get(f"option-{row}-right")]

    def own_words(self, language: str) -> dict[str, Any]:
        ids = self.ids()
        texts = {option: self.cleaned_data.get(f"option-{row}-text-{language}", "") for option, row in ids.items()}
        whys = {option: self.cleaned_data.get(f"option-{row}-why-{language}", "") for option, row in ids.items()}
        return {"options": texts, "feedback": {option: why for option, why in whys.items() if self.needs_why(option)}}

    def needs_why(self, option: str) -> bool:
        """Whether the option has a feedback of its own."""
        return True

    def place_of(self, place: Place, language: str) -> str | None:
        row = self.ids().get(str(place[1])) if len(place) > 1 else None
        if row is None:
            return super().place_of(place, language)
        return f"option-{row}-{'why' if place[0] == 'feedback' else 'text'}-{language}"

    @classmethod
    def own_initial(cls, composed: Composed) -> dict[str, Any]:
        right = composed.answer_key["right"]
        rights = right if isinstance(right, list) else [right]
        initial: dict[str, Any] = {}
        for row, option in enumerate(composed.structure["options"]):
            initial |= {f"option-{row}-id": option, f"option-{row}-right": option in rights}
            for language, said in composed.words.items():
                initial[f"option-{row}-text-{language}"] = said["options"].get(option, "")
                initial[f"option-{row}-why-{language}"] = said["feedback"].get(option, "")
        return initial
