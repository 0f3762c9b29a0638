"""HTTP for courses as such: making one, from nothing or from another, and what counts at once."""

from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lessons import stamp
from lessons.layouts import words_of
from lessons.models import PUBLIC, Course, Topic
from lessons.search.indexing import courses_changed
from lessons.words import reader_language
from portal.accounts.audit import record
from portal.accounts.rights import permission_required
from portal.studio.courses import editions, making
from portal.studio.courses.finding import find_course, title_of_course, writer
from portal.studio.courses.forms import CourseSettingsForm, DuplicateForm, NewCourseForm
from portal.studio.courses.marks import mark_of
from portal.studio.overview import course_lines


@permission_required("studio.write")
@require_http_methods(["GET", "HEAD", "POST"])
def new_course(request: HttpRequest) -> HttpResponse:
    """A course from nothing; it leads to the page on which lessons are put into it."""
    form = NewCourseForm(request.POST if request.method == "POST" else None, language=reader_language())
    if request.method != "POST":
        return render(request, "studio/courses/new_course.html", {"form": form})
    if form.is_valid():
        try:
            with transaction.atomic():
                course = making.new_course(form.about, writer(request))
        except IntegrityError:
            form.add_error("slug", _("This address is taken. Choose another one."))
        else:
            messages.success(
                request, _("The course is made. Put lessons into it; readers see it once it is published.")
            )
            return redirect("studio:edition", course=course.slug)
    return render(request, "studio/courses/new_course.html", {"form": form, "to_mend": [form]}, status=422)


@permission_required("studio.write")
@require_http_methods(["GET", "HEAD", "POST"])
def duplicate(request: HttpRequest, course: str) -> HttpResponse:
    """A new course that begins as this one: the same lessons, rules and final."""
    found = find_course(course)
    before = editions.published(found) or editions.in_work(found)
    if before is None:
        return redirect("studio:edition", course=found.slug)
    titles = {language: words[0] for language, words in words_of(before).items()}
    form = DuplicateForm(request.POST if request.method == "POST" else None, titles=titles)
    context = {"course": found, "title": title_of_course(found), "form": form}
    if request.method != "POST":
        return render(request, "studio/courses/duplicate.html", context)
    if form.is_valid():
        try:
            made = making.duplicate(before, form.titles, form.cleaned_data["slug"], writer(request))
        except IntegrityError:
            form.add_error("slug", _("This address is taken. Choose another one."))
        else:
            messages.success(request, _("The course is made. Its lessons are the same lessons, not copies."))
            return redirect("studio:edition", course=made.slug)
    return render(request, "studio/courses/duplicate.html", context | {"to_mend": [form]}, status=422)


@permission_required("studio.write")
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, course: str) -> HttpResponse:
    """Topics, what is better taken first, its due rule, and until it is published the address."""
    found = find_course(course)
    form = _settings_form(found, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _show_settings(request, found, form)
    if not form.is_valid():
        return _show_settings(request, found, form, 422, to_mend=[form])
    refusal = _keep_settings(found, form, writer(request))
    if refusal:
        return _show_settings(request, found, form, 409, refusal=refusal)
    messages.success(request, _("Kept. It counts at once."))
    return redirect("studio:course", course=found.slug)


def _settings_form(found: Course, data: Any) -> CourseSettingsForm:
    language = reader_language()
    others = [(line.slug, line.title) for line in course_lines(language) if line.slug != found.slug]
    is_public = found.editions.filter(state__in=PUBLIC).exists()
    return CourseSettingsForm(
        data, course=found, others=others, language=language, is_public=is_public, initial=_settings_of(found)
    )


def _settings_of(course: Course) -> dict[str, Any]:
    return {
        "slug": course.slug,
        "due_days": course.due_days,
        "topics": list(course.topics.order_by("slug").values_list("slug", flat=True)),
        "take_first": list(course.take_first.order_by("slug").values_list("slug", flat=True)),
    }


def _show_settings(
    request: HttpRequest, found: Course, form: CourseSettingsForm, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"course": found, "title": title_of_course(found), "form": form, "mark": mark_of(_settings_of(found))}
    return render(request, "studio/courses/settings.html", context | more, status=status)


def _keep_settings(found: Course, form: CourseSettingsForm, by: Any) -> str:
    """Why nothing was kept; empty where it was."""
    try:
        with transaction.atomic():
            held = Course.objects.select_for_update().get(pk=found.pk)
            if form.cleaned_data["mark"] != mark_of(_settings_of(held)):
                return _("Somebody else changed this meanwhile. Look at it again: saving once more replaces theirs.")
            _write_settings(held, form.cleaned_data, by)
    except IntegrityError:
        form.add_error("slug", _("This address is taken. Choose another one."))
        return _("Nothing was saved yet.")
    found.slug = held.slug
    return ""


def _write_settings(course: Course, said: dict[str, Any], by: Any) -> None:
    before = _settings_of(course)
    course.slug = said.get("slug") or course.slug
    course.due_days = said["due_days"]
    course.save(update_fields=["slug", "due_days"])
    course.topics.set(Topic.objects.filter(slug__in=said["topics"]))
    course.take_first.set(Course.objects.filter(slug__in=said["take_first"]))
    if _settings_of(course) != before:
        courses_changed([course.pk])
        stamp.touch()
        record(by, "course.changed", course, course=course.pk)
