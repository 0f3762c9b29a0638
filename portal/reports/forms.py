"""The period a report is about, as it stands in the address of the page."""

from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.language.formats import day
from portal.reports.completion import Period
from quizzes.progress import months_later

EARLIEST = date(2000, 1, 1)
ISO = "%Y-%m-%d"
ISO_INPUT = {"type": "date", "dir": "ltr", "autocomplete": "off"}


class PeriodForm(forms.Form):
    """From one day to another, both included; the twelve months until today where the address names none."""

    since = forms.DateField(label=_("From"), input_formats=[ISO])
    until = forms.DateField(label=_("To"), input_formats=[ISO])

    def __init__(self, query: QueryDict, today: date) -> None:
        typed = {name: query.get(name, "") for name in self.base_fields}
        usual = {"since": months_later(today, -12).isoformat(), "until": today.isoformat()}
        super().__init__(typed if any(typed.values()) else usual)
        self.today = today
        for field in self.fields.values():
            field.widget = forms.DateInput(ISO_INPUT | {"min": EARLIEST.isoformat(), "max": today.isoformat()}, ISO)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(*self.fields)

    @property
    def period(self) -> Period:
        """What was asked for; only of a valid form."""
        return Period(self.cleaned_data["since"], self.cleaned_data["until"])

    def clean_since(self) -> date:
        return self._possible("since")

    def clean_until(self) -> date:
        return self._possible("until")

    def _possible(self, name: str) -> date:
        chosen: date = self.cleaned_data[name]
        if chosen < EARLIEST:
            raise forms.ValidationError(gettext("Choose a day from %(day)s on.") % {"day": day(EARLIEST)})
        if chosen > self.today:
            raise forms.ValidationError(gettext("This day is still to come."))
        return chosen

    def clean(self) -> dict[str, Any]:
        self._show_what_is_no_date()
        cleaned = self.cleaned_data
        if len(cleaned) == len(self.fields) and cleaned["until"] < cleaned["since"]:
            self.add_error("until", _("This is before the first day."))
        return cleaned

    def _show_what_is_no_date(self) -> None:
        """A browser's date field would show nothing where something else was typed."""
        for name in self.errors:
            self.fields[name].widget.input_type = "text"
