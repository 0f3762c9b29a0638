"""What the forms share whose fields come in rows: as many as there are, and a button for one more."""

from abc import abstractmethod
from collections.abc import Iterable
from typing import Any, ClassVar

from crispy_forms.layout import HTML, Fieldset, LayoutObject
from django import forms
from django.utils.html import format_html

from portal.studio.questions.base import QuestionForm

COUNT = "options-TOTAL_FORMS"


class RowsForm(QuestionForm):
    """A subclass adds the fields of a row, and lays them out."""

    fewest: ClassVar[int] = 3
    most: ClassVar[int]
    shown_at_first: ClassVar[int] = 4

    def add_own_fields(self) -> None:
        self.rows = min(max(self._asked_rows(), self.fewest), self.most)
        self.fields[COUNT] = forms.IntegerField(widget=forms.HiddenInput, required=False)
        self.initial[COUNT] = self.rows
        for row in range(self.rows):
            self._add_titled_row(row)

    def _add_titled_row(self, row: int) -> None:
        """Its fields know their row, so that a list of faults can tell them from those of other rows."""
        before = set(self.fields)
        self.add_row(row)
        for name in set(self.fields) - before:
            self.fields[name].row_title = self.row_title(row + 1)  # type: ignore[attr-defined]

    @abstractmethod
    def row_title(self, number: int) -> str:
        """What the row is called, counted from 1."""

    @abstractmethod
    def add_row(self, row: int) -> None:
        """Adds the fields of the row, counted from 0."""

    @abstractmethod
    def row_layout(self, row: int) -> LayoutObject:
        """Where the fields of the row stand."""

    def _asked_rows(self) -> int:
        if not self.is_bound:
            return self.rows or self.shown_at_first
        asked = str(self.data.get(COUNT, ""))
        return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 0

    def rows_layout(self, legend: str, help_text: str, more: str) -> list[LayoutObject | str]:
        """Every row, and below them the button that shows one more, while there may be one."""
        rows = [self.row_layout(row) for row in range(self.rows)]
        help_line = HTML(format_html('<p class="form-text">{}</p>', help_text))
        return [Fieldset(legend, help_line, *rows, self._more(more)), COUNT]

    def _more(self, label: str) -> HTML:
        if self.rows >= self.most or self.about.locked:
            return HTML("")
        button = '<p><button class="btn btn-outline-secondary" name="deed" value="more">{}</button></p>'
        return HTML(format_html(button, label))

    def is_filled(self, names: Iterable[str]) -> bool:
        return any(self.cleaned_data.get(name) for name in names)

    def id_for(self, known: str, others: Iterable[str], letter: str = "o") -> str:
        """The permanent id that came with a row, or a new one where that is not this question's or is taken."""
        if known in self.about.option_ids and known not in others:
            return known
        used = self.about.option_ids.union(others)
        return next(new for number in range(1, 1000) if (new := f"{letter}{number}") not in used)

    @classmethod
    def rows_of(cls, structure: dict[str, Any]) -> int:
        return len(structure["options"])
