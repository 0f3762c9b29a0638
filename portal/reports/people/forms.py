"""What a list of people is asked for, as it stands in its address."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lessons.titles import TitledCourse
from portal.accounts.forms import plain_helper
from portal.accounts.trees import Place
from portal.language.formats import number
from portal.reports.people.asked import AskedPeople
from portal.reports.people.lists import AHEAD, SOON, PeopleList
from portal.reports.place_field import NOT_OFFERED, place_field
from portal.reports.scope import Scope


class PeopleForm(forms.Form):
    """Nothing named is everybody in scope and every course that can be taken."""

    organisation = forms.ChoiceField(label=_("Organisation"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    course = forms.ChoiceField(label=_("Course"), required=False)
    days = forms.ChoiceField(label=_("Running out within"), required=False)

    def __init__(self, query: QueryDict, listed: PeopleList, scope: Scope, courses: Iterable[TitledCourse]) -> None:
        super().__init__(query)
        self.listed, self.scope = listed, scope
        self.by_key = {course.key: course for course in courses if course.offered}
        self._offer("course", [("", _("All courses")), *((key, each.title) for key, each in self.by_key.items())])
        for name in ("organisation", "region"):
            branches = getattr(scope, f"{name}s")
            if branches.tops:
                self.fields[name] = place_field(self.fields[name].label, branches)
            else:
                del self.fields[name]
        if listed.looks_ahead:
            self._offer("days", [(str(days), days_words(days)) for days in AHEAD])
        else:
            del self.fields["days"]
        self.helper = plain_helper(*self.fields)

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        field.choices = choices  # type: ignore[attr-defined]
        field.error_messages["invalid_choice"] = NOT_OFFERED

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in {"organisation", "region"} - self.fields.keys():
            if self.data.get(name):
                self.add_error(None, _("Your role does not let you choose by this place. Remove it from the address."))
        return cleaned

    @property
    def chosen_course(self) -> TitledCourse | None:
        return self.by_key.get(self.cleaned_data["course"])

    @property
    def chosen_places(self) -> list[Place]:
        return [place for place in (self._place("organisation"), self._place("region")) if place]

    def _place(self, name: str) -> Place | None:
        found: Place | None = getattr(self.scope, f"{name}s").tree.by_code.get(self.cleaned_data.get(name) or "")
        return found

    @property
    def days_ahead(self) -> int:
        return int(self.cleaned_data.get("days") or AHEAD[0]) if self.listed.looks_ahead else SOON

    def asked(self, language: str) -> AskedPeople:
        """What was asked for; only of a valid form."""
        course = self.chosen_course
        courses = (course,) if course else tuple(self.by_key.values())
        places = self._place("organisation"), self._place("region")
        return AskedPeople(self.scope, courses, self.days_ahead, language, *places)

    @property
    def said(self) -> list[str]:
        """What was asked for, in words; only of a valid form."""
        course = self.chosen_course
        days = [days_words(self.days_ahead)] if self.listed.looks_ahead else []
        return [course.title if course else str(_("All courses")), *(place.name for place in self.chosen_places), *days]

    @property
    def address(self) -> dict[str, str]:
        """What was asked for, as it stands in an address; only of a valid form."""
        return {name: value for name, value in self.cleaned_data.items() if value}


def days_words(days: int) -> str:
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": number(days)}
