"""One right answer among three to five."""

from typing import Any

from django import forms
from django.utils.translation import gettext

from portal.studio.questions.options import OptionsForm


class RightRow(forms.CheckboxInput):
    """A radio button that is one with those of the other rows: only one row can be right."""

    input_type = "radio"
    name = "right"

    def __init__(self, row: int) -> None:
        super().__init__()
        self.row = str(row)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"name": self.name, "value": self.row}
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> bool:
        return data.get(self.name) == self.row


class SingleChoiceForm(OptionsForm):
    kind = "single_choice"
    most = 5

    def right_field(self, row: int) -> forms.BooleanField:
        return forms.BooleanField(label=gettext("This is the right answer"), required=False, widget=RightRow(row))

    def why_label(self) -> str:
        return gettext("Why it is wrong (not for the right one)")

    def structure_and_key(self) -> tuple[dict[str, Any], dict[str, Any]]:
        ids = self.ids()
        right = list(self.marked(ids))
        self.right = right[0] if right else ""
        if not right:
            self.add_error(None, gettext("Mark the option that is right."))
        for row in (row for option, row in ids.items() if option == self.right):
            self._refuse_why_of_right(row)
        return {"options": list(ids)}, {"right": self.right}

    def _refuse_why_of_right(self, row: int) -> None:
        """Whoever marks another option as right by mistake sees it here."""
        message = gettext("This option is marked as right, so nothing can be said here of why it is wrong.")
        for name in self._names(row, "why"):
            if self.cleaned_data.get(name):
                self.add_error(name, message)

    def needs_why(self, option: str, why: str) -> bool:
        return bool(self.right) and option != self.right
