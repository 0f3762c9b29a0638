"""HTTP for the organisations of a manager or an administrator. What is not theirs is not there (404)."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from lessons.titles import TitledCourse, titled_courses
from lessons.words import reader_language
from portal.accounts.arranging.branch import page_of
from portal.accounts.arranging.reach import ARRANGE
from portal.accounts.audit import record
from portal.accounts.branches import organisations_open_to
from portal.accounts.looking import looked_at
from portal.accounts.models import Assignment, Membership
from portal.accounts.organisations.asking import ask
from portal.accounts.organisations.counts import Members, member_counts
from portal.accounts.organisations.forms import AddMembersForm, AskForm, DueForm, EndForm
from portal.accounts.organisations.here import Here, manages
from portal.accounts.organisations.here import here as here_of
from portal.accounts.organisations.members import add_members, end_membership
from portal.accounts.organisations.overview import courses_asked, member_lines, memberships_of
from portal.accounts.rights import may_everywhere
from portal.language.formats import number

PAGE = 50
BELOW = 100
LONGEST_SEARCH = 100
form_view = require_http_methods(["GET", "HEAD", "POST"])


@manages
@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """The tree of those that are open to the person, or a page of it, each with how many members it has."""
    today = timezone.localdate()
    branches = organisations_open_to(request.user, today, reader_language())
    shown = page_of(request, branches)
    counts = member_counts(today, [line.place.pk for line in shown.lines])
    lines = [(line, counts.get(line.place.pk, Members())) for line in shown.lines]
    context = {"lines": lines, "shown": shown, "trail": branches.way_to(shown.at) if shown.at else []}
    whole = may_everywhere(request.user, ARRANGE)
    context |= {"arranges": whole or bool(branches.tops), "regions": whole}
    return render(request, "organisations/organisations.html", context)


@manages
@require_safe
def organisation(request: HttpRequest, code: str) -> HttpResponse:
    """One organisation: what is asked of its members, those below it, its members; that they were seen is noted."""
    here = here_of(request, code)
    search = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH]
    tree = here.branches.tree
    within = tree.below([here.place]) if search else {here.place.pk}
    page = Paginator(memberships_of(within, here.today, search), PAGE).get_page(request.GET.get("page"))
    asked = courses_asked(here.place, titled_courses(here.language), here.language)
    lines = member_lines(page.object_list, tree.places, asked, here.today)
    if lines:
        looked_at(request, "organisation", [line.membership.user_id for line in lines], here.place.code)
    below = tree.children(here.place.pk)
    counts = member_counts(here.today, [here.place.pk, *(place.pk for place in below[:BELOW])])
    context = here.context() | {
        "members": counts.get(here.place.pk, Members()),
        "below": [(place, counts.get(place.pk, Members())) for place in below[:BELOW]],
        "more_below": max(0, len(below) - BELOW),
        "may_change": may_everywhere(request.user, ARRANGE) or here.place not in here.branches.tops,
        "asked": [(course, course.is_over(here.today)) for course in asked],
        "lines": lines,
        "page": page,
        "search": search,
    }
    return render(request, "organisations/organisation.html", context)


@manages
@form_view
def add(request: HttpRequest, code: str) -> HttpResponse:
    """Adds whom it can; the entries that it cannot take stay in the form, each with its reason."""
    here = here_of(request, code)
    form = AddMembersForm(request.POST or None)
    faults = []
    if form.is_valid():
        added = add_members(here.place.pk, form.cleaned_data["addresses"], here.today)
        for user in added.members:
            record(request, "membership.added", user.pk, organisation=here.place.code)
        _tell_added(request, len(added.members), len(added.already))
        faults = added.faults
        if not faults:
            return redirect("organisations:organisation", here.place.code)
        form = AddMembersForm(initial={"addresses": "\n".join(fault.typed for fault in faults)})
    return render(request, "organisations/add.html", here.context() | {"form": form, "faults": faults})


def _tell_added(request: HttpRequest, new: int, already: int) -> None:
    if new:
        message = ngettext("%(count)s person has been added.", "%(count)s people have been added.", new)
        messages.success(request, message % {"count": number(new)})
    if already:
        message = ngettext("%(count)s person was a member already.", "%(count)s people were members already.", already)
        messages.info(request, message % {"count": number(already)})


@manages
@form_view
def end(request: HttpRequest, code: str, membership: int) -> HttpResponse:
    """Ends a current membership of this organisation."""
    here = here_of(request, code)
    rows = Membership.objects.filter(organisation=here.place.pk, to_day=None).select_related("user")
    row = get_object_or_404(rows, pk=membership)
    form = EndForm(request.POST or None, membership=row, today=here.today)
    if form.is_valid():
        on: date = form.cleaned_data["to_day"]
        end_membership(row, on)
        record(request, "membership.ended", row.user_id, organisation=here.place.code, on=on.isoformat())
        messages.success(request, _("The membership has ended. What this person has learned stays theirs."))
        return redirect("organisations:organisation", here.place.code)
    return render(request, "organisations/end.html", here.context() | {"form": form, "membership": row})


@manages
@form_view
def assign(request: HttpRequest, code: str) -> HttpResponse:
    """Asks a course of the members, who are told by e-mail; `propose` only puts the course's own last day in."""
    here = here_of(request, code)
    taken = set(Assignment.objects.filter(organisation=here.place.pk).values_list("course", flat=True))
    courses = {c.slug: c for c in titled_courses(here.language) if c.offered and c.pk not in taken}
    form = AskForm(request.POST or None, courses=courses.values(), today=here.today)
    if "propose" in request.POST:
        form = _with_proposed_day(form)
    elif form.is_valid():
        _assign(request, here, courses[form.cleaned_data["course"]], form.cleaned_data["due_on"])
        return redirect("organisations:organisation", here.place.code)
    return render(request, "organisations/assign.html", here.context() | {"form": form, "courses": courses})


def _with_proposed_day(form: AskForm) -> AskForm:
    """The form with the same course, and with the last day that this proposes."""
    course = form.data.get("course", "")
    initial = {"course": course, "due_on": form.proposed.get(course)}
    return AskForm(initial=initial, courses=form.courses, today=form.today)


def _assign(request: HttpRequest, here: Here, course: TitledCourse, due_on: date | None) -> None:
    user: Any = request.user
    try:
        ask(here.place.pk, course.pk, due_on, user)
    except IntegrityError:  # somebody else asked for it a moment ago
        messages.info(request, _("This course is assigned to the members already."))
        return
    record(request, "assignment.added", here.place.code, course=course.key, due_on=_iso(due_on))
    messages.success(request, _("The course is now assigned to the members. They are told by e-mail."))


@manages
@form_view
def change(request: HttpRequest, code: str, course: str) -> HttpResponse:
    """Another last day for a course that this organisation asks for, or none; or the course is no longer asked."""
    here = here_of(request, code)
    rows = Assignment.objects.select_related("course").filter(organisation=here.place.pk)
    row = get_object_or_404(rows, course__slug=course)
    if "withdraw" in request.POST:
        row.delete()
        record(request, "assignment.withdrawn", here.place.code, course=row.course.key)
        messages.success(request, _("The course is no longer assigned to the members."))
        return redirect("organisations:organisation", here.place.code)
    form = DueForm(request.POST or None, today=here.today, initial={"due_on": row.due_on})
    if request.method == "POST" and form.is_valid():
        row.due_on = form.cleaned_data["due_on"]
        row.save(update_fields=["due_on"])
        record(request, "assignment.changed", here.place.code, course=row.course.key, due_on=_iso(row.due_on))
        messages.success(request, _("Saved."))
        return redirect("organisations:organisation", here.place.code)
    titles = {c.pk: c.title for c in titled_courses(here.language)}
    title = titles.get(row.course_id, row.course.key)
    return render(request, "organisations/change.html", here.context() | {"form": form, "title": title})


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
