"""Several right answers among three to six."""

from typing import Any

from django import forms
from django.utils.translation import gettext

from portal.studio.questions.options import OptionsForm


class MultipleChoiceForm(OptionsForm):
    kind = "multiple_choice"
    most = 6

    def right_field(self, row: int) -> forms.BooleanField:
        return forms.BooleanField(label=gettext("This is a right answer"), required=False)

    def why_label(self) -> str:
        return gettext("Why it is wrong, or why a right one should not be left out")

    def structure_and_key(self) -> tuple[dict[str, Any], dict[str, Any]]:
        ids = self.ids()
        right = list(self.marked(ids))
        if not right:
            self.add_error(None, gettext("Mark the options that are right."))
        elif len(right) == len(ids):
            self.add_error(None, gettext("At least one option must be wrong."))
        return {"options": list(ids)}, {"right": right}
