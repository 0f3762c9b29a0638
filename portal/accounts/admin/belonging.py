"""Who belongs where, and what is asked of them there."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lessons.admin.careful import AtMost
from portal.accounts.admin.rows import OfOrganisation, OfRegion
from portal.accounts.admin_forms import PeriodForm
from portal.accounts.assignments import proposed_due
from portal.accounts.models import Assignment, Membership, Residence, User
from portal.language.formats import day


@admin.register(Membership)
class MembershipAdmin(OfOrganisation):
    form = PeriodForm
    list_display = ("user", "of_organisation", "from_day", "to_day")
    list_select_related = ("user", "organisation")
    search_fields = ("user__email", "user__display_name", "organisation__code", "organisation__texts__name")
    autocomplete_fields = ("user", "organisation")
    show_full_result_count = False
    paginator = AtMost


@admin.register(Residence)
class ResidenceAdmin(OfRegion):
    form = PeriodForm
    list_display = ("user", "of_region", "from_day", "to_day")
    list_select_related = ("user", "region")
    search_fields = ("user__email", "user__display_name", "region__code")
    autocomplete_fields = ("user", "region")
    show_full_result_count = False
    paginator = AtMost


@admin.register(Assignment)
class AssignmentAdmin(OfOrganisation):
    list_display = ("of_organisation", "course", "due_on", "assigned_by")
    list_select_related = ("organisation", "course", "assigned_by")
    search_fields = ("organisation__code", "course__key")
    autocomplete_fields = ("organisation",)
    raw_id_fields = ("course",)
    readonly_fields = ("assigned_by",)

    def get_form(self, request: HttpRequest, obj: Assignment | None = None, change: bool = False, **kwargs: Any) -> Any:
        if not change:
            kwargs["help_texts"] = {"due_on": _("Left empty, it is the day that the course proposes, if it does.")}
        return super().get_form(request, obj, change, **kwargs)

    def save_model(self, request: HttpRequest, obj: Assignment, form: forms.ModelForm, change: bool) -> None:
        if not change and isinstance(request.user, User):
            obj.assigned_by = request.user
            obj.due_on = obj.due_on or self._proposed(request, obj)
        super().save_model(request, obj, form, change)

    def _proposed(self, request: HttpRequest, obj: Assignment) -> date | None:
        """The last day that the course proposes, of which whoever adds the line is told."""
        due = proposed_due(obj.course.due_days, timezone.localdate())
        if due:
            message = gettext("The last day is %(day)s, as the course proposes. It can be changed.")
            self.message_user(request, message % {"day": day(due)}, messages.INFO)
        return due
