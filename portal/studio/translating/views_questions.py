"""HTTP for translating all questions of a lesson on one page; no version is made, only words."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from lessons.models import Lesson
from lessons.words import reader_language
from portal.accounts.rights import permission_required
from portal.language.formats import number
from portal.studio import compositions
from portal.studio.compositions import Composed
from portal.studio.languages import direction, language_name
from portal.studio.overview import lesson_titles
from portal.studio.question_standing import question_standings
from portal.studio.translating import question_basis
from portal.studio.translating.hints import Glossary
from portal.studio.translating.question_forms import QuestionSheet, QuestionSheetForm, ShownQuestion
from portal.studio.translating.views import to_translate
from quizzes.kinds import KINDS
from quizzes.models import Question


@permission_required("studio.write")
@require_http_methods(["GET", "HEAD", "POST"])
def translate_questions(request: HttpRequest, lesson: str, language: str) -> HttpResponse:
    """Every text of every question beside its translation; each question that is whole is saved as a draft."""
    found = to_translate(lesson, language)
    sent = request.POST if request.method == "POST" else None
    forms = [QuestionSheetForm(sent, sheet=sheet) for sheet in sheets(found, language)]
    if sent is None:
        return _show(request, found, language, forms)
    saved, clashes = _save(request, forms)
    to_mend = [form for form in forms if form.errors]
    if saved:
        said = ngettext("%(count)s question is saved as a draft.", "%(count)s questions are saved as drafts.", saved)
        messages.success(request, said % {"count": number(saved)})
    if clashes or to_mend:
        return _show(request, found, language, forms, 409 if clashes else 422, clashes=clashes, to_mend=to_mend)
    if not saved:
        messages.info(request, _("Nothing had changed, so nothing was saved."))
    if request.POST.get("then") == "send":
        return redirect("studio:send_lesson", lesson=found.slug)
    return redirect("studio:translate_questions", lesson=found.slug, language=language)


def sheets(found: Lesson, language: str) -> list[QuestionSheet]:
    """The lesson's questions that have words in its source language. Five queries."""
    questions = Question.objects.filter(lesson=found, archived_at=None)
    standings = [
        standing
        for standing in question_standings(questions)
        if standing.current and standing.current.kind in KINDS and found.source_language in standing.words
    ]
    before = question_basis.words_before(standings, found.source_language, language)
    return [
        QuestionSheet(standing, composed, found.source_language, language, before.get(standing.question.pk))
        for standing in standings
        if (composed := Composed.of(standing))
    ]


def _save(request: HttpRequest, forms: list[QuestionSheetForm]) -> tuple[int, list[str]]:
    """How many questions were saved, and the keys of those that somebody else was quicker with."""
    person: Any = request.user
    saved, clashes = 0, []
    for form in forms:
        if form.sheet.standing.in_review or not form.is_valid() or not form.has_changed():
            continue
        question = form.sheet.standing.question
        try:
            kept = compositions.save(question, person, form.composed, form.cleaned_data["mark-id"])
        except compositions.Moved:
            clashes.append(question.key)
            form.begin_anew()
            continue
        if form.words:
            question_basis.keep(question.pk, form.sheet.language, form.basis)
        saved += int(kept or _ticked(form))
    return saved, clashes


def _ticked(form: QuestionSheetForm) -> bool:
    return any(form.cleaned_data.get(f"{name}-same") for name in form.names.values())


def _show(
    request: HttpRequest,
    found: Lesson,
    language: str,
    forms: list[QuestionSheetForm],
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    glossary = Glossary(found.source_language, language)
    context = {
        "lesson": found,
        "title": lesson_titles([found.pk], reader_language()).get(found.pk) or found.key,
        "questions": [ShownQuestion(form, _kind(form), list(form.shown(glossary))) for form in forms],
        "waiting": sum(form.sheet.waiting for form in forms),
        "writable": any(not form.sheet.standing.in_review for form in forms),
        "language": language,
        "name": language_name(language),
        "direction": direction(language),
        "source_language": found.source_language,
        "source_name": language_name(found.source_language),
        "source_direction": direction(found.source_language),
    }
    return render(request, "studio/translating/questions.html", context | more, status=status)


def _kind(form: QuestionSheetForm) -> str:
    version: Any = form.sheet.standing.current
    return str(KINDS[version.kind].called)
