"""What a report is about, as it stands in the address of the page: the period, and what of it is asked for."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lessons.titles import TitledCourse
from portal.accounts.trees import Place
from portal.language.formats import day
from portal.reports.completion import Period
from portal.reports.place_field import NOT_OFFERED, place_field
from portal.reports.scope import Scope
from quizzes.validity import months_later

EARLIEST = date(2000, 1, 1)
BY = (
    ("course", _("Course")),
    ("organisation", _("Organisation")),
    ("region", _("Region")),
    ("month", _("Month")),
)
ISO = "%Y-%m-%d"
ISO_INPUT = {"type": "date", "dir": "ltr", "autocomplete": "off"}


class PeriodForm(forms.Form):
    """From one day to another, both included; the twelve months until today where the address names none."""

    since = forms.DateField(label=_("From"), input_formats=[ISO])
    until = forms.DateField(label=_("To"), input_formats=[ISO])

    def __init__(self, query: QueryDict, today: date) -> None:
        typed = {name: query.get(name, "") for name in ("since", "until")}
        usual = {"since": months_later(today, -12).isoformat(), "until": today.isoformat()}
        super().__init__(query.dict() | (typed if any(typed.values()) else usual))
        self.today = today
        for field in (self.fields["since"], self.fields["until"]):
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
        if {"since", "until"} <= cleaned.keys() and cleaned["until"] < cleaned["since"]:
            self.add_error("until", _("This is before the first day."))
        return cleaned

    def _show_what_is_no_date(self) -> None:
        """A browser's date field would show nothing where something else was typed."""
        for name in self.errors.keys() & {"since", "until"}:
            self.fields[name].widget.input_type = "text"


class ReportForm(PeriodForm):
    """A period, a course, an organisation or a region, and what the lines of the table are; only what is in scope."""

    course = forms.ChoiceField(label=_("Course"), required=False)
    organisation = forms.ChoiceField(label=_("Organisation"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    by = forms.ChoiceField(label=_("One row per"), required=False)

    def __init__(self, query: QueryDict, scope: Scope, courses: Iterable[TitledCourse]) -> None:
        super().__init__(query, scope.today)
        self.scope = scope
        self.by_key = {course.key: course for course in courses}
        keys = [(course.key, course.title) for course in self.by_key.values()]
        self._offer("course", [("", _("All courses")), *keys])
        for name, branches in (("organisation", scope.told_organisations), ("region", scope.regions)):
            if branches.tops:
                self.fields[name] = place_field(self.fields[name].label, branches)
            else:
                del self.fields[name]
        self._offer("by", [(name, words) for name, words in BY if name in {"course", "month"} or name in self.fields])
        self.initial["by"] = "course"
        self.helper.layout = Layout(*self.fields)

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        field.choices = choices  # type: ignore[attr-defined]
        field.error_messages["invalid_choice"] = NOT_OFFERED

    @property
    def chosen_course(self) -> TitledCourse | None:
        return self.by_key.get(self.cleaned_data["course"])

    @property
    def chosen_organisation(self) -> Place | None:
        return self.scope.told_organisations.tree.by_code.get(self.cleaned_data.get("organisation", ""))

    @property
    def chosen_region(self) -> Place | None:
        return self.scope.regions.tree.by_code.get(self.cleaned_data.get("region", ""))

    @property
    def said(self) -> list[str]:
        """What was asked for, in words; only of a valid form."""
        period, course = self.period, self.chosen_course
        days = gettext("%(since)s to %(until)s") % {"since": day(period.since), "until": day(period.until)}
        places = (self.chosen_organisation, self.chosen_region)
        return [days, course.title if course else gettext("All courses"), *(place.name for place in places if place)]

    @property
    def address(self) -> dict[str, str]:
        """What was asked for, as it stands in an address."""
        days = {name: day.isoformat() for name, day in self.period._asdict().items()}
        return days | {name: value for name, value in self.cleaned_data.items() if name not in days and value}

    def clean_by(self) -> str:
        return self.cleaned_data["by"] or "course"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in {"organisation", "region"} - self.fields.keys():
            if self.data.get(name):
                self.add_error(None, _("Your role does not let you choose by this place. Remove it from the address."))
        return cleaned
