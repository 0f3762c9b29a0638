"""HTTP for giving a lesson its place in a course."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lessons.models import Course, Lesson, Placement, State
from lessons.words import reader_language
from portal.accounts.rights import permission_required
from portal.studio.courses import making
from portal.studio.courses.finding import writer
from portal.studio.courses.forms import PlaceForm
from portal.studio.courses.marks import NotKept
from portal.studio.courses.order_page import also_in
from portal.studio.overview import lesson_titles
from portal.studio.views_lesson import find_lesson


def _place(request: HttpRequest, found: Lesson, form: PlaceForm) -> bool:
    """Whether the lesson has its place now; if not, the form says why."""
    course, module = form.where
    if stands_in(found, course):
        form.add_error("place", _("The lesson stands in this course already. Move it on the page of its edition."))
        return False
    try:
        making.place_lesson(found, course, module, writer(request))
    except NotKept as refusal:
        form.add_error("place", str(refusal))
        return False
    messages.success(request, _("The lesson has its place, in a draft of the course."))
    return True


def stands_in(lesson: Lesson, course: Course) -> bool:
    """Whether the edition that is read, or the one in work, has the lesson."""
    places = Placement.objects.filter(lesson=lesson, edition__course=course)
    return places.exclude(edition__state=State.SUPERSEDED).exists()


@permission_required("studio.write")
@require_http_methods(["GET", "HEAD", "POST"])
def place_lesson(request: HttpRequest, lesson: str) -> HttpResponse:
    """Choose a module of a course; the lesson goes to its end, in a draft of the course."""
    found, language = find_lesson(lesson), reader_language()
    form = PlaceForm(request.POST if request.method == "POST" else None, language=language)
    if form.is_valid() and _place(request, found, form):
        return redirect("studio:lesson", lesson=found.slug)
    title = lesson_titles([found.pk], language).get(found.pk) or found.key
    context = {"lesson": found, "title": title, "form": form, "courses": also_in([found.pk], None, language)[found.pk]}
    context["to_mend"] = [form] if form.errors else []
    return render(request, "studio/courses/place.html", context, status=422 if form.errors else 200)
