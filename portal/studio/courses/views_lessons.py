"""HTTP for lessons as such: a new one, its settings, the works it rests on, the rules of its check, its archiving."""

from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lessons.models import Lesson
from lessons.readiness import NotReady
from lessons.words import reader_language
from portal.accounts.audit import record
from portal.accounts.rights import may_everywhere, needed_everywhere, permission_required
from portal.studio.courses import lesson_parts, making
from portal.studio.courses.backing_forms import BackingForm, works_known
from portal.studio.courses.finding import writer
from portal.studio.courses.forms import LessonSettingsForm, NewLessonForm
from portal.studio.courses.marks import NotKept, mark_of
from portal.studio.courses.order_page import also_in
from portal.studio.courses.quiz_fields import QuizRulesForm, typed_rules
from portal.studio.languages import written_languages
from portal.studio.overview import lesson_titles
from portal.studio.views_lesson import find_lesson
from quizzes.checks import SHARE_TO_PASS, may_have_check, questions_to_ask
from quizzes.models import Quiz


@permission_required("studio.write")
@require_http_methods(["GET", "HEAD", "POST"])
def new_lesson(request: HttpRequest) -> HttpResponse:
    """A lesson from nothing; it leads straight to writing."""
    language = reader_language()
    if request.method != "POST":
        initial = {"place": request.GET.get("place", "")}
        return _show_new(request, NewLessonForm(language=language, initial=initial))
    form = NewLessonForm(request.POST, language=language)
    if form.is_valid():
        try:
            with transaction.atomic():
                lesson = making.new_lesson(form.about, writer(request), form.where)
        except IntegrityError:
            form.add_error("slug", _("This address is taken. Choose another one."))
        except NotKept as refusal:
            form.add_error("place", str(refusal))
        else:
            messages.success(request, _("The lesson is made. Write it; readers see it once it is published."))
            return redirect("studio:lesson", lesson=lesson.slug)
    return _show_new(request, form, 422, to_mend=[form])


def _show_new(request: HttpRequest, form: NewLessonForm, status: int = 200, **more: Any) -> HttpResponse:
    return render(request, "studio/courses/new_lesson.html", {"form": form, **more}, status=status)


def _about(lesson: Lesson) -> dict[str, Any]:
    title = lesson_titles([lesson.pk], reader_language()).get(lesson.pk) or lesson.key
    return {"lesson": lesson, "title": title}


@permission_required("studio.write")
@require_http_methods(["GET", "HEAD", "POST"])
def lesson_settings(request: HttpRequest, lesson: str) -> HttpResponse:
    """Minutes, topics, skills, and the address until it is published."""
    found = find_lesson(lesson)
    kept = lesson_parts.settings_of(found)
    form = LessonSettingsForm(
        request.POST if request.method == "POST" else None,
        lesson=found,
        language=reader_language(),
        is_public=lesson_parts.is_public(found),
        initial=kept,
    )
    context = _about(found) | {"form": form, "mark": mark_of(kept)}
    context["archives"] = may_everywhere(writer(request), "courses.arrange")
    page = "studio/courses/lesson_settings.html"
    if request.method != "POST":
        return render(request, page, context)
    if not form.is_valid():
        return render(request, page, context | {"to_mend": [form]}, status=422)
    try:
        held = lesson_parts.save_settings(found, writer(request), form.cleaned_data, form.cleaned_data["mark"])
    except IntegrityError:
        form.add_error("slug", _("This address is taken. Choose another one."))
        return render(request, page, context | {"to_mend": [form]}, status=422)
    except NotKept as refusal:
        return render(request, page, context | {"refusal": str(refusal)}, status=409)
    messages.success(request, _("Kept. It counts at once."))
    return redirect("studio:lesson", lesson=held.slug)


@permission_required("studio.write")
@require_http_methods(["GET", "HEAD", "POST"])
def sources(request: HttpRequest, lesson: str) -> HttpResponse:
    """The works that the lesson rests on, and by when it is reviewed; kept in its drafts."""
    found = find_lesson(lesson)
    backing = lesson_parts.backing_of(found)
    form = BackingForm(
        request.POST if request.method == "POST" else None,
        backing=backing,
        works=works_known([one.source for one in backing.cited]),
        languages=written_languages(),
        mark=lesson_parts.backing_mark(found),
    )
    context = _about(found) | {"form": form, "mark": lesson_parts.backing_mark(found)}
    page = "studio/courses/sources.html"
    if request.method != "POST":
        return render(request, page, context)
    if not form.is_valid():
        return render(request, page, context | {"to_mend": [form]}, status=422)
    try:
        saved = _keep_backing(found, form, writer(request))
    except NotKept as refusal:
        return render(request, page, context | {"refusal": str(refusal)}, status=409)
    if saved:
        messages.success(request, _("Kept in the drafts of the lesson: readers see it once these are published."))
    else:
        messages.info(request, _("Nothing had changed, so nothing was saved."))
    return redirect("studio:lesson_sources", lesson=found.slug)


@transaction.atomic
def _keep_backing(found: Lesson, form: BackingForm, by: Any) -> list[Any]:
    """The new work and what cites it, both or neither."""
    new = form.new_work(found.authority)
    if new:
        record(by, "source.added", new, source=new.pk)
    return lesson_parts.save_backing(found, by, form.backing(new), form.cleaned_data["mark"])


@permission_required("studio.write")
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, lesson: str) -> HttpResponse:
    """How many of its questions the lesson's check draws, and when it is passed."""
    found = find_lesson(lesson)
    quiz = Quiz.objects.filter(lesson=found).first()
    usual = {"pass_mark": int(SHARE_TO_PASS * 100), "feedback": Quiz.Feedback.AT_ONCE}
    form = QuizRulesForm(
        request.POST if request.method == "POST" else None, initial=typed_rules(quiz) if quiz else usual
    )
    questions = quiz.entries.filter(question__archived_at=None).count() if quiz else questions_to_ask(found).count()
    context = _about(found) | {"form": form, "mark": lesson_parts.check_mark(found), "quiz": quiz}
    context |= {"questions": questions, "may": may_have_check(found)}
    if request.method != "POST" or not context["may"]:
        return render(request, "studio/courses/check.html", context, status=200 if request.method != "POST" else 409)
    if form.is_valid() and (form.cleaned_data["draw"] or 0) > questions:
        form.add_error(
            "draw", _("The lesson has only %(count)s questions. Draw fewer, or write more.") % {"count": questions}
        )
    if form.errors:
        return render(request, "studio/courses/check.html", context | {"to_mend": [form]}, status=422)
    try:
        lesson_parts.save_check(found, writer(request), form.rules, form.cleaned_data["mark"])
    except NotKept as refusal:
        return render(request, "studio/courses/check.html", context | {"refusal": str(refusal)}, status=409)
    messages.success(request, _("Kept. The rules hold for whoever begins the check from now on."))
    return redirect("studio:lesson", lesson=found.slug)


@needed_everywhere("courses.arrange")
@require_http_methods(["GET", "HEAD", "POST"])
def archive_lesson(request: HttpRequest, lesson: str) -> HttpResponse:
    """Says first what it means; refused with the reasons while the lesson stands in a course."""
    found = find_lesson(lesson)
    context = _about(found) | {"courses": also_in([found.pk], None, reader_language())[found.pk]}
    if request.method != "POST":
        return render(request, "studio/courses/archive_lesson.html", context)
    try:
        making.archive_lesson(found, writer(request))
    except NotReady:
        return render(request, "studio/courses/archive_lesson.html", context, status=409)
    messages.success(request, _("The lesson is put away. What was learned from it stays."))
    return redirect("studio:home")
