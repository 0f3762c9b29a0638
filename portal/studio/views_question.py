"""HTTP for writing a lesson's questions."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lessons.models import Lesson, State
from lessons.words import reader_language
from portal.accounts.rights import permission_required
from portal.studio import compositions
from portal.studio.compositions import Composed, mark_of
from portal.studio.course_pictures import course_pictures
from portal.studio.keeping.neighbours import newer_question
from portal.studio.keeping.page import keep_sent, keeping, opened, settle_sent
from portal.studio.keeping.question_form import place_of, refilled
from portal.studio.keeping.resending import loses_nothing
from portal.studio.languages import language_name
from portal.studio.lesson_page import languages_of, release_holding
from portal.studio.linting import advice_for
from portal.studio.models import WorkingCopy
from portal.studio.overview import lesson_titles
from portal.studio.question_standing import QuestionStanding, question_standings
from portal.studio.questions import form_of
from portal.studio.questions.base import MARK, About, QuestionForm
from portal.studio.refusals import ReleaseError
from portal.studio.shown import shown_in_each
from portal.studio.skills import skills_for
from portal.studio.views_lesson import find_lesson
from portal.studio.withdrawal import may_withdraw, withdraw_holding
from quizzes.kinds import KINDS, kind_named
from quizzes.models import Question, QuestionVersion


def find_question(lesson: Lesson, key: str) -> QuestionStanding:
    """The lesson's question of that key, with a kind that can be written here; raises Http404."""
    found = question_standings(Question.objects.filter(lesson=lesson, key=key, archived_at=None)[:1])
    if not found or found[0].current is None or found[0].current.kind not in KINDS:
        raise Http404
    return found[0]


@loses_nothing
@permission_required("studio.write")
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, lesson: str, key: str) -> HttpResponse:
    """A question in every language side by side; what is sent is saved as a draft."""
    found = find_lesson(lesson)
    standing = find_question(found, key)
    if request.method == "POST":
        return _save(request, found, standing)
    copy, held = opened(request, place_of(request, found, standing))
    form = refilled(copy, about_question(found, kind_of(standing), standing), kind_of(standing))
    return _show(request, found, standing, form or _filled(found, standing), copy=copy, held=held)


@loses_nothing
@permission_required("studio.write")
@require_http_methods(["GET", "HEAD", "POST"])
def new_question(request: HttpRequest, lesson: str, kind: str) -> HttpResponse:
    """A question that is not there yet; its kind is chosen once and for all."""
    found = find_lesson(lesson)
    if kind not in KINDS:
        raise Http404
    about = about_question(found, kind)
    if request.method == "POST":
        form = form_of(kind)(request.POST, about=about)
        return _grown(request, found, None, form) or _create(request, found, kind, form)
    copy, held = opened(request, place_of(request, found, None, kind))
    form = form_of(kind)(about=about, initial={MARK: compositions.next_key(found)})
    return _show(request, found, None, refilled(copy, about, kind) or form, copy=copy, held=held)


def about_question(found: Lesson, kind_name: str, standing: QuestionStanding | None = None) -> About:
    """What the form must know of the question; of one that is not there yet, without `standing`."""
    kind = kind_named(kind_name)
    if standing is None:
        pictures = course_pictures(found) if kind.picture_fields() else ()
        return About(languages_of(found), skills_for(found, None, reader_language()), pictures=pictures)
    version: Any = standing.current
    kept = [version.structure[name]["file"] for name in kind.picture_fields()]
    structures = QuestionVersion.objects.filter(question=standing.question).values_list("structure", flat=True)
    return About(
        languages_of(found),
        skills_for(found, standing.question, reader_language()),
        frozenset(standing.published_words),
        frozenset(one for structure in structures for one in kind.ids(kind.structure.model_validate(structure))),
        course_pictures(found, kept) if kept else (),
        locked=standing.in_review,
    )


def _filled(found: Lesson, standing: QuestionStanding) -> QuestionForm:
    """The form with what is kept."""
    kept: Any = Composed.of(standing)
    form = form_of(kind_of(standing))
    weights = standing.question.weights.values_list("skill", flat=True)
    initial = form.initial_of(kept) | {
        MARK: mark_of(standing),
        "skills": [str(skill) for skill in weights],
        "difficulty": standing.question.difficulty,
    }
    return form(
        about=about_question(found, kind_of(standing), standing), initial=initial, rows=form.rows_of(kept.structure)
    )


def kind_of(standing: QuestionStanding) -> str:
    version: Any = standing.current
    return str(version.kind)


def _show(
    request: HttpRequest,
    found: Lesson,
    standing: QuestionStanding | None,
    form: QuestionForm,
    status: int = 200,
    copy: WorkingCopy | None = None,
    held: Iterable[str] = (),
    **more: Any,
) -> HttpResponse:
    place = place_of(request, found, standing, form.kind)
    newer = newer_question(standing, form[MARK].value() or "", place.desk.person) if standing else []
    rows = [*standing.versions, *standing.texts] if standing else []
    release = release_holding([row for row in rows if row.state == State.IN_REVIEW])
    context = {
        "lesson": found,
        "keeping": keeping(request, place, copy, newer, held),
        "lesson_title": lesson_titles([found.pk], reader_language()).get(found.pk) or found.key,
        "form": form,
        "to_mend": [form],
        "columns": [{"language": code, "name": language_name(code)} for code in form.languages],
        "live_url": _live_url(found, standing, form),
        "kind": kind_named(form.kind),
        "kinds": [(name, kind.called) for name, kind in KINDS.items()],
        "standing": standing,
        "advice": advice_for(standing) if standing else [],
        "states": standing.states if standing else (),
        "release": release,
        "withdraws": release and may_withdraw(request.user, release),
    }
    return render(request, "studio/question.html", context | more, status=status)


def _live_url(found: Lesson, standing: QuestionStanding | None, form: QuestionForm) -> str:
    if standing is None:
        return reverse("studio:live_new_question", args=[found.slug, form.kind])
    return reverse("studio:live_question", args=[found.slug, standing.question.key])


def _grown(
    request: HttpRequest, found: Lesson, standing: QuestionStanding | None, form: QuestionForm
) -> HttpResponse | None:
    """The same form with one row more, if that was asked for: nothing is checked or saved yet."""
    if request.POST.get("deed") != "more":
        return None
    larger = type(form)(about=form.about, initial=form.typed(), rows=form.rows + 1)
    copy = keep_sent(place_of(request, found, standing, form.kind), request.POST)
    return _show(request, found, standing, larger, copy=copy)


def _save(request: HttpRequest, found: Lesson, standing: QuestionStanding) -> HttpResponse:
    form = form_of(kind_of(standing))(request.POST, about=about_question(found, kind_of(standing), standing))
    if grown := _grown(request, found, standing, form):
        return grown
    place = place_of(request, found, standing)
    if not form.is_valid():
        return _show(request, found, standing, form, 422, copy=keep_sent(place, request.POST))
    try:
        if request.POST.get("deed") == "withdraw":
            withdraw_holding(request, [*standing.versions, *standing.texts])
            messages.success(request, _("Withdrawn from review: you can go on writing."))
        saved = compositions.save(standing.question, _writer(request), form.composed, form.cleaned_data[MARK])
    except compositions.Moved as refusal:
        return _show_clash(request, found, standing, form, refusal)
    except ReleaseError as refusal:
        messages.error(request, str(refusal))
        return _show(request, found, standing, form, 409, copy=keep_sent(place, request.POST))
    settle_sent(place, request.POST)
    changed = _set_what_has_no_versions(standing.question, form)
    if saved or changed:
        said = _("The question is saved as a draft.") if saved else _("What it tests and how hard it is are saved.")
        messages.success(request, said)
    elif request.POST.get("deed") != "withdraw":
        messages.info(request, _("Nothing had changed, so nothing was saved."))
    return _way_on(request, found, standing.question)


def _way_on(request: HttpRequest, found: Lesson, kept: Question) -> HttpResponse:
    """To a new question of the kind that `then` asks for, back to the `lesson`, or to the question kept now."""
    then = request.POST.get("then", "")
    if then in KINDS:
        return redirect("studio:new_question", lesson=found.slug, kind=then)
    if then == "lesson":
        return redirect(f"{reverse('studio:lesson', args=[found.slug])}#questions")
    return redirect("studio:question", lesson=found.slug, key=kept.key)


def _set_what_has_no_versions(question: Question, form: QuestionForm) -> bool:
    """Skills and difficulty, which count at once; whether one was another before."""
    skills = compositions.set_skills(question, map(int, form.cleaned_data["skills"]))
    return compositions.set_difficulty(question, form.cleaned_data["difficulty"]) or skills


def _writer(request: HttpRequest) -> Any:
    return request.user


def _show_clash(
    request: HttpRequest, found: Lesson, standing: QuestionStanding, form: QuestionForm, refusal: compositions.Moved
) -> HttpResponse:
    """409: what was typed stays in the fields, and above it stands what is kept; sent once more, it is saved."""
    now = find_question(found, standing.question.key)
    again = type(form)(about=form.about, initial=form.typed() | {MARK: mark_of(now)}, rows=form.rows)
    under_review = isinstance(refusal, compositions.UnderReview)
    copy = keep_sent(place_of(request, found, now), request.POST)
    return _show(request, found, now, again, 409, copy=copy, kept=shown_in_each(now), under_review=under_review)


def _create(request: HttpRequest, found: Lesson, kind: str, form: QuestionForm) -> HttpResponse:
    place = place_of(request, found, None, kind)
    if not form.is_valid():
        return _show(request, found, None, form, 422, copy=keep_sent(place, request.POST))
    made = compositions.create(found, form.cleaned_data[MARK], kind, _writer(request), form.composed)
    _set_what_has_no_versions(made, form)
    settle_sent(place, request.POST)
    messages.success(request, _("The question is saved as a draft."))
    return _way_on(request, found, made)


@permission_required("studio.write")
@require_POST
def discard(request: HttpRequest, lesson: str, key: str) -> HttpResponse:
    """Throw away what is not published of a question; one that never was is gone with it."""
    found = find_lesson(lesson)
    standing = find_question(found, key)
    try:
        if compositions.discard(standing.question, _writer(request)):
            messages.success(request, _("The draft was thrown away."))
    except compositions.UnderReview:
        messages.error(request, _("The draft is in review. Withdraw it first."))
    return redirect("studio:lesson", lesson=found.slug)
