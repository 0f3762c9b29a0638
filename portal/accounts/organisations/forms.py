"""What a manager fills in: whom to add, which course to ask, until when, and when a membership ended."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from lessons.titles import TitledCourse
from portal.accounts.assignments import proposed_due
from portal.accounts.forms import plain_helper
from portal.accounts.models import Membership
from portal.accounts.organisations.members import AT_ONCE, typed_addresses
from portal.language.formats import day, number

ISO = "%Y-%m-%d"
LENGTH = 40_000


class _Form(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper(*self.fields)


class DayField(forms.DateField):
    """A day from a browser's own date field; where something else was typed, it stays to be seen."""

    def __init__(self, **options: Any) -> None:
        attrs = {"type": "date", "dir": "ltr", "autocomplete": "off"}
        super().__init__(input_formats=[ISO], widget=forms.DateInput(attrs, ISO), **options)


def show_what_is_no_day(form: forms.Form, name: str) -> None:
    """A date field shows nothing where no date was typed; as a text field it does."""
    if name in form.errors:
        form.fields[name].widget.input_type = "text"


class AddMembersForm(_Form):
    addresses = forms.CharField(
        label=_("E-mail addresses"),
        help_text=_("One a line, or with commas between. People need an account before they can be added."),
        max_length=LENGTH,
        widget=forms.Textarea({"rows": 8, "dir": "ltr", "spellcheck": "false", "autocapitalize": "none"}),
    )

    def clean_addresses(self) -> str:
        typed: str = self.cleaned_data["addresses"]
        count = sum(1 for _address in typed_addresses(typed))
        if count > AT_ONCE:
            message = gettext("These are %(count)s addresses. Add at most %(most)s at once.")
            raise forms.ValidationError(message % {"count": number(count), "most": number(AT_ONCE)})
        if not count:
            raise forms.ValidationError(gettext("There is no address in this."))
        return typed


class DueForm(_Form):
    due_on = DayField(
        label=_("To be completed by"), required=False, help_text=_("You may leave it empty: then there is no last day.")
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["due_on"].widget.attrs["min"] = today.isoformat()

    def clean_due_on(self) -> date | None:
        due: date | None = self.cleaned_data["due_on"]
        if due and due != self.initial.get("due_on") and due < self.today:
            raise forms.ValidationError(gettext("This day is over. Choose today or a later one."))
        return due

    def clean(self) -> dict[str, Any]:
        show_what_is_no_day(self, "due_on")
        return self.cleaned_data


class CourseSelect(forms.Select):
    """Each course carries the last day that is proposed for it, which the page's script puts into the field."""

    proposed: Mapping[str, date | None] = {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        if due := self.proposed.get(str(value)):
            option["attrs"]["data-due"] = due.isoformat()
        return option


class AskForm(DueForm):
    course = forms.ChoiceField(label=_("Course"), widget=CourseSelect)
    field_order = ["course", "due_on"]

    def __init__(self, *args: Any, courses: Iterable[TitledCourse], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.courses, field = list(courses), cast("Any", self.fields["course"])
        self.proposed = {course.slug: proposed_due(course.due_days, self.today) for course in self.courses}
        field.widget.proposed = self.proposed
        field.choices = [("", _("Choose a course")), *((course.slug, _named(course)) for course in self.courses)]
        field.error_messages["invalid_choice"] = _("This is not among what you can choose. Choose from the list.")


def _named(course: TitledCourse) -> str:
    """Its title, and within what time it is to be done where it says so."""
    if not course.due_days:
        return course.title
    within = ngettext("%(title)s (within %(days)s day)", "%(title)s (within %(days)s days)", course.due_days)
    return within % {"title": course.title, "days": number(course.due_days)}


class EndForm(_Form):
    to_day = DayField(label=_("First day on which this person is no longer a member"))

    def __init__(self, *args: Any, membership: Membership, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"to_day": today}, **kwargs)
        self.membership, self.today = membership, today

    def clean_to_day(self) -> date:
        chosen: date = self.cleaned_data["to_day"]
        if chosen < self.membership.from_day:
            message = gettext("The membership began on %(day)s. It cannot end before.")
            raise forms.ValidationError(message % {"day": day(self.membership.from_day)})
        if chosen > self.today:
            raise forms.ValidationError(gettext("This day is still to come."))
        return chosen

    def clean(self) -> dict[str, Any]:
        show_what_is_no_day(self, "to_day")
        return self.cleaned_data
