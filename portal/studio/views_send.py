"""HTTP for sending one lesson to review, with everything of it that is a draft."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from lessons.models import Lesson, State
from lessons.words import reader_language
from portal.accounts.models import User
from portal.accounts.rights import permission_required
from portal.studio.courses.finding import writer
from portal.studio.models import Release
from portal.studio.overview import lesson_titles
from portal.studio.picks import picks_of_lesson
from portal.studio.unfinished import HELD
from portal.studio.views_lesson import find_lesson
from portal.studio.views_release import pick_drafts, values_of


def sent_back_of(lesson: Lesson, by: User) -> Release | None:
    """This person's newest release that came back and has drafts of the lesson: what was said of it stays with it."""
    holds = Q()
    for held, path in HELD.items():
        holds |= Q(**{path: lesson, f"{held}__state": State.DRAFT})
    return Release.objects.filter(holds, author=by, state=Release.State.DRAFT).order_by("-pk").first()


@permission_required("studio.write")
@require_http_methods(["GET", "HEAD", "POST"])
def send_lesson(request: HttpRequest, lesson: str) -> HttpResponse:
    """Its texts, its questions and its place in a course, all ticked; what is ticked goes to review together."""
    found, language = find_lesson(lesson), reader_language()
    if came_back := sent_back_of(found, writer(request)):
        return redirect("studio:edit_release", release=came_back.pk)
    groups = picks_of_lesson(found, language)
    title = lesson_titles([found.pk], language).get(found.pk) or found.key
    initial = {"title": title, "picks": values_of(groups)}
    about = {"lesson": found, "lesson_title": title}
    return pick_drafts(request, Release(author=writer(request)), groups, initial, **about)
