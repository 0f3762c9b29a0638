"""What is asked of a report that tells how things stood at the end of one day, as it is in the address of the page."""

from collections.abc import Iterable
from typing import Any

from crispy_forms.layout import Layout
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lessons.titles import TitledCourse
from portal.language.formats import day
from portal.reports.forms import ReportForm
from portal.reports.scope import Scope

BEGUN, PEOPLE = "begun", "people"
OF = ((BEGUN, _("Who had begun the course")), (PEOPLE, _("Everyone who belongs there")))


class DayForm(ReportForm):
    """A day until today, a course, an organisation or a region; `by` only where `BY` offers a choice."""

    BY: tuple[tuple[str, Any], ...] = ()
    one_course = False  # one is always chosen: the first that can be taken, where none is named
    of_period = False  # a first day is asked for as well

    def __init__(self, query: QueryDict, scope: Scope, courses: Iterable[TitledCourse]) -> None:
        super().__init__(query, scope, courses)
        if not self.of_period:
            del self.fields["since"]
            self.fields["until"].label = gettext("At the end of")
        if self.one_course:
            self._offer("course", [(course.key, course.title) for course in self.by_key.values()])
        places = [name for name in ("organisation", "region") if name in self.fields]
        choices = [(name, words) for name, words in self.BY if name in places or name not in {"organisation", "region"}]
        self._offer("by", choices)
        if len(choices) < 2:
            del self.fields["by"]
        self.initial["by"] = self.usual_by = choices[0][0] if choices else ""
        self.helper.layout = Layout(*self.fields)

    @property
    def day(self) -> Any:
        """The day asked for; only of a valid form."""
        return self.cleaned_data["until"]

    @property
    def row_per(self) -> str:
        return self.cleaned_data.get("by") or self.usual_by

    @property
    def chosen_course(self) -> TitledCourse | None:
        named = super().chosen_course
        if named or not self.one_course:
            return named
        return next((course for course in self.by_key.values() if course.offered), None)

    @property
    def said(self) -> list[str]:
        """What was asked for, in words; only of a valid form."""
        course = self.chosen_course
        places = (self.chosen_organisation, self.chosen_region)
        words = course.title if course else gettext("All courses")
        when = day(self.day)
        if self.of_period:
            when = gettext("%(since)s to %(until)s") % {"since": day(self.period.since), "until": when}
        return [when, words, *(place.name for place in places if place)]

    @property
    def address(self) -> dict[str, str]:
        """What was asked for, as it stands in an address."""
        told = {name: str(value) for name, value in self.cleaned_data.items() if value}
        course = self.chosen_course
        return told | ({"course": course.key} if course else {})

    def clean_by(self) -> str:
        return self.cleaned_data["by"] or self.usual_by


class LearnedForm(DayForm):
    BY = (("module", _("Module")), ("skill", _("Skill")))


class FunnelForm(DayForm):
    one_course = True


class AnswersForm(DayForm):
    BY = (("question", _("Question")), ("quiz", _("Lesson check or final")))
    one_course = True
    of_period = True


class ComparisonForm(DayForm):
    """Regions or organisations; `of` says of whom a share is told."""

    BY = (("region", _("Region")), ("organisation", _("Organisation")))
    one_course = True

    def __init__(self, query: QueryDict, scope: Scope, courses: Iterable[TitledCourse]) -> None:
        super().__init__(query, scope, courses)
        self.fields["of"] = type(self.fields["course"])(label=_("Share of"), required=False)
        self._offer("of", list(OF))
        self.helper.layout = Layout(*self.fields)

    @property
    def of_begun(self) -> bool:
        return self.cleaned_data["of"] != PEOPLE
