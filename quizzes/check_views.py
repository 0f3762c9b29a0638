"""HTTP for a lesson's check before it has begun, and for saying that a lesson was read."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from lessons.catalogue import LessonLine, Outline, lesson_url, outline
from lessons.models import CourseEdition
from lessons.suspending import is_out_of_view
from lessons.words import reader_language
from quizzes import attempts, beginning, draws, learners, sitting, views
from quizzes.first_answers import ask_first_again, first_answer, first_start
from quizzes.first_question import show_first
from quizzes.models import Quiz
from quizzes.progress import record_read
from quizzes.rules import Rules
from quizzes.started import NotYours, Started, new_nonce, unseal


def find_line(course: str, lesson: str) -> tuple[Outline, LessonLine]:
    """The course's outline and the lesson's line in it; raises Http404."""
    path = outline(course, reader_language())
    line = path.line(lesson) if path else None
    if path is None or line is None:
        raise Http404
    return path, line


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, course: str, lesson: str) -> HttpResponse:
    """GET shows the first question and writes nothing; the first answer, or starting its clock, makes the attempt.

    A check with a limit begins like a final.
    """
    try:
        path, line = find_line(course, lesson)
    except Http404:
        if is_out_of_view(course, lesson):
            return redirect(lesson_url(course, lesson))
        raise
    quiz = Quiz.objects.filter(lesson=line.id, purpose=Quiz.Purpose.CHECK).first()
    if quiz is None:
        raise Http404
    if Rules.of(quiz).needs_beginning and "started" in request.POST:
        messages.warning(request, _("The rules of this check have changed. Read them, then begin it here."))
        return redirect(request.path)
    place = beginning.Place(quiz, path.edition_id, line.title, line.url)
    if Rules.of(quiz).needs_beginning:
        return beginning.page(request, place)
    attempt = attempts.open_attempt(learners.learner_of(request), quiz)
    if request.method == "POST" and "start" in request.POST:
        return first_start(request, line, quiz)
    if request.method == "POST":
        return first_answer(request, path, line, quiz)
    if attempt is not None:
        return redirect(sitting.next_url(attempt, list(attempt.items.all())))
    started = _new_draw(request, path, quiz)
    return show_first(request, line, quiz, started) if started.drawn else beginning.page(request, place)


def _new_draw(request: HttpRequest, path: Outline, quiz: Quiz) -> Started:
    seed = draws.new_seed()
    drawn = draws.draw(quiz, seed, draws.last_asked(learners.learner_of(request), quiz))
    return Started(quiz.pk, path.edition_id, seed, new_nonce(), tuple(drawn))


def once_more(request: HttpRequest, course: str, lesson: str) -> HttpResponse | None:
    """For a first answer that was turned away unread: the question with it, 403. None where the form holds none."""
    path, line = find_line(course, lesson)
    quiz = Quiz.objects.filter(lesson=line.id, purpose=Quiz.Purpose.CHECK).first()
    if quiz is None or "started" not in request.POST or Rules.of(quiz).needs_beginning:
        return None
    try:
        started: Started | None = unseal(request.POST["started"], quiz, request)
    except NotYours as fault:
        started = fault.started
    return ask_first_again(request, path, line, quiz, started, views.turned_away(), 403) if started else None


@require_POST
def read(request: HttpRequest, course: str, lesson: str) -> HttpResponse:
    """The person says that they have read the lesson."""
    path, line = find_line(course, lesson)
    learner = learners.learner_of(request)
    if learner is None and not request.user.is_authenticated:
        return redirect(line.url)
    edition = CourseEdition.objects.get(pk=path.edition_id)
    with transaction.atomic():
        record_read(learners.learner_for(request), edition, line.id, timezone.now())
    return redirect(line.url)
