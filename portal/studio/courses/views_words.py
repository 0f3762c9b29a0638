"""HTTP for what an edition says beside its order: its words in each language, its validity and its final."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lessons.layouts import Words, words_of
from lessons.models import CourseEdition
from portal.accounts.rights import permission_required
from portal.studio.comparison import change
from portal.studio.courses import editions
from portal.studio.courses.edition_forms import NO_WORDS, EditionRulesForm, EditionWordsForm
from portal.studio.courses.finding import Draft, draft_of, find_course, writer
from portal.studio.courses.marks import NotKept
from portal.studio.courses.order_page import languages_of_edition
from portal.studio.courses.quiz_fields import typed_rules
from portal.studio.languages import direction, language_name, written_languages
from quizzes.final_rules import final_of


@permission_required("studio.write")
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest, course: str) -> HttpResponse:
    """What the course says of itself, in every language side by side."""
    draft = draft_of(find_course(course))
    if draft is None:
        return redirect("studio:edition", course=course)
    kept = words_of(draft.edition)
    forms = _word_forms(draft.edition, kept, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _show_words(request, draft, forms)
    if not all(form.is_valid() for form in forms):
        return _show_words(request, draft, forms, 422, to_mend=forms)
    typed = {form.language: form.words for form in forms}
    try:
        changed = editions.save_words(draft.edition, writer(request), typed, request.POST.get("mark", ""))
    except NotKept as refusal:
        return _show_words(request, draft, forms, 409, refusal=str(refusal), clash=_word_changes(kept, typed))
    _say(request, changed)
    return redirect("studio:edition", course=draft.course.slug)


def _word_forms(edition: CourseEdition, kept: dict[str, Words], data: Any) -> list[EditionWordsForm]:
    return [
        EditionWordsForm(data, language=code, words=kept.get(code, NO_WORDS), needed=code == edition.source_language)
        for code in languages_of_edition(edition, written_languages())
    ]


def _word_changes(kept: dict[str, Words], typed: dict[str, Words]) -> list[Any]:
    return [
        (language_name(code), direction(code), [change("", "\n".join(kept.get(code, NO_WORDS)), "\n".join(said))])
        for code, said in typed.items()
        if said != kept.get(code, NO_WORDS)
    ]


def _show_words(
    request: HttpRequest, draft: Draft, forms: list[EditionWordsForm], status: int = 200, **more: Any
) -> HttpResponse:
    context = {"draft": draft, "course": draft.course, "forms": forms, "mark": editions.words_mark(draft.edition)}
    return render(request, "studio/courses/words.html", context | more, status=status)


def _say(request: HttpRequest, changed: bool) -> None:
    if changed:
        messages.success(request, _("Saved as a draft of the course."))
    else:
        messages.info(request, _("Nothing had changed, so nothing was saved."))


# Rules


@permission_required("studio.write")
@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: HttpRequest, course: str) -> HttpResponse:
    """Label, validity, and the final with its rules."""
    draft = draft_of(find_course(course))
    if draft is None:
        return redirect("studio:edition", course=course)
    if request.method != "POST":
        return _show_rules(request, draft, EditionRulesForm(edition=draft.edition, initial=_kept_rules(draft.edition)))
    form = EditionRulesForm(request.POST, edition=draft.edition)
    if not form.is_valid():
        return _show_rules(request, draft, form, 422, to_mend=[form])
    try:
        changed = editions.save_rules(
            draft.edition, writer(request), form.kept_fields, form.final, form.cleaned_data["mark"]
        )
    except NotKept as refusal:
        return _show_rules(request, draft, form, 409, refusal=str(refusal))
    _say(request, changed)
    return redirect("studio:edition", course=draft.course.slug)


def _kept_rules(edition: CourseEdition) -> dict[str, Any]:
    final = final_of(edition)
    said = {"label": edition.label, "valid_months": edition.valid_months, "has_final": final is not None}
    return said | (typed_rules(final) if final else {"pass_mark": 80, "draw": 15})


def _show_rules(
    request: HttpRequest, draft: Draft, form: EditionRulesForm, status: int = 200, **more: Any
) -> HttpResponse:
    final = final_of(draft.edition)
    context = {
        "draft": draft,
        "course": draft.course,
        "form": form,
        "mark": editions.rules_mark(draft.edition),
        "rows": final.draw_rows.count() if final else 0,
    }
    return render(request, "studio/courses/rules.html", context | more, status=status)
