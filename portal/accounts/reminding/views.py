"""HTTP for reminding members of a course, and for when the portal does it itself."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from lessons.titles import titled_courses
from portal.accounts.audit import record
from portal.accounts.models import ReminderRule
from portal.accounts.organisations.here import Here, here, manages
from portal.accounts.organisations.overview import AskedCourse, courses_asked
from portal.accounts.reminding.audience import audience
from portal.accounts.reminding.forms import ReminderRuleForm
from portal.accounts.reminding.sending import remind_members
from portal.language.formats import number

form_view = require_http_methods(["GET", "HEAD", "POST"])


@manages
@form_view
def remind(request: HttpRequest, code: str, course: str) -> HttpResponse:
    """How many would be written to, and why others not; then the letters."""
    place = here(request, code)
    asked = _asked(place, course)
    told = audience(place.branches.tree.below([place.place]), asked.pk, place.today)
    if request.method == "POST" and told.reached:
        remind_members.enqueue(place.place.pk, asked.pk, asked.due_on.isoformat() if asked.due_on else None)
        record(request, "members.reminded", code, course=asked.slug, people=told.reached)
        said = ngettext("%(count)s person is being written to.", "%(count)s people are being written to.", told.reached)
        messages.success(request, said % {"count": number(told.reached)})
        return redirect("organisations:organisation", code)
    context = {"asked": asked, "audience": told, "is_over": asked.is_over(place.today)}
    return render(request, "organisations/remind.html", place.context() | context)


def _asked(place: Here, slug: str) -> AskedCourse:
    """Raises Http404 for a course that is not asked of the members."""
    for asked in courses_asked(place.place, titled_courses(place.language), place.language):
        if asked.slug == slug:
            return asked
    raise Http404


@manages
@form_view
def rule(request: HttpRequest, code: str) -> HttpResponse:
    """When members are reminded of what this organisation asks."""
    place = here(request, code)
    row = ReminderRule.objects.filter(organisation=place.place.pk).first()
    form = ReminderRuleForm(request.POST or None, instance=row or ReminderRule(organisation_id=place.place.pk))
    if request.method == "POST" and form.is_valid():
        chosen = {name: bool(value) for name, value in form.cleaned_data.items()}
        ReminderRule.objects.update_or_create(organisation_id=place.place.pk, defaults=chosen)
        record(request, "organisation.reminders", code, **chosen)
        messages.success(request, _("Saved."))
        return redirect("organisations:organisation", code)
    return render(request, "organisations/reminders.html", place.context() | {"form": form})
