"""Steps to put in order: each with its place, and the same place for steps whose order among themselves is free."""

from typing import Any

from crispy_forms.layout import LayoutObject
from django import forms
from django.utils.translation import gettext, pgettext

from portal.studio.questions.options import OptionsForm


class OrderingForm(OptionsForm):
    kind = "ordering"
    most = 8

    def right_field(self, row: int) -> forms.IntegerField:
        return forms.IntegerField(
            label=gettext("Place in the right order"),
            required=False,
            min_value=1,
            max_value=self.most,
            widget=forms.NumberInput(attrs={"inputmode": "numeric", "dir": "ltr"}),
        )

    def text_label(self) -> str:
        return gettext("Step")

    def why_label(self) -> str:
        return gettext("What to say to whoever puts it elsewhere (may stay empty)")

    def row_title(self, number: int) -> str:
        return pgettext("one of the steps to put in order", "Step %(number)s") % {"number": number}

    def own_layout(self) -> list[LayoutObject | str]:
        help_text = gettext(
            "A row left empty is taken away. Give two steps the same place where their order among themselves is free. "
            "Steps are shuffled for each reader."
        )
        return self.rows_layout(gettext("Steps"), help_text, gettext("Add a row for a step"))

    def empty_row_message(self) -> str:
        return gettext("This row is empty. Write the step, or take its place away.")

    def structure_and_key(self) -> tuple[dict[str, Any], dict[str, Any]]:
        ids = self.ids()
        places = self.marked(ids)
        for step, row in ids.items():
            if step not in places and f"option-{row}-right" not in self.errors:
                self.add_error(f"option-{row}-right", gettext("Write which place this step has in the right order."))
        groups = [[step for step in ids if places.get(step) == place] for place in sorted(set(places.values()))]
        if len(groups) == 1 and not self.errors:
            self.add_error(None, gettext("Every step has the same place, so any order would be right."))
        return {"options": list(ids)}, {"right": [group[0] if len(group) == 1 else group for group in groups]}

    def needs_why(self, option: str, why: str) -> bool:
        return bool(why)

    @classmethod
    def marks_of(cls, right: Any) -> dict[str, int]:
        groups = ([entry] if isinstance(entry, str) else entry for entry in right)
        return {step: place for place, group in enumerate(groups, 1) for step in group}
