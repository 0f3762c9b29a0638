"""HTTP for translating a lesson's text beside its source."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from lessons.models import Lesson
from lessons.words import reader_language
from portal.accounts.rights import permission_required
from portal.language.formats import number
from portal.studio import drafts
from portal.studio.drafts import Typed, Written
from portal.studio.languages import direction, language_name, written_languages
from portal.studio.lesson_page import languages_of, release_holding
from portal.studio.overview import title_of
from portal.studio.refusals import ReleaseError
from portal.studio.reviewed_texts import changes_in
from portal.studio.translating.forms import SheetForm, typed_anyway
from portal.studio.translating.hints import Glossary
from portal.studio.translating.sheet import Pair, Sheet, pair_of, sheet_of
from portal.studio.views_lesson import find_lesson
from portal.studio.withdrawal import may_withdraw, withdraw_holding


@permission_required("studio.write")
@require_http_methods(["GET", "HEAD", "POST"])
def translate(request: HttpRequest, lesson: str, language: str) -> HttpResponse:
    """The source beside its translation, row by row; what is sent is saved as a draft."""
    found = to_translate(lesson, language)
    pair = pair_of(found, language)
    if request.method == "POST":
        return _save(request, found, pair, language)
    return _show(request, found, pair, SheetForm(sheet=sheet_of(pair, language), standing=pair.ours))


def to_translate(lesson: str, language: str) -> Lesson:
    """The lesson, where it can be translated into the language; raises Http404."""
    found = find_lesson(lesson)
    if language == found.source_language or language not in languages_of(found):
        raise Http404
    return found


def _save(request: HttpRequest, found: Lesson, pair: Pair, language: str) -> HttpResponse:
    sheet = Sheet.loads(request.POST.get("sheet-id", ""))
    if sheet is None or sheet.language != language:
        return _show_clash(request, found, language, typed_anyway(request.POST), under_review=False)
    form = SheetForm(request.POST, sheet=sheet, standing=pair.ours)
    if not form.is_valid():
        return _show(request, found, pair, form, 422)
    try:
        if request.POST.get("deed") == "withdraw":
            withdraw_holding(request, [pair.ours.working])
            messages.success(request, _("Withdrawn from review: you can go on writing."))
        saved = drafts.save(found, _person(request), {language: form.typed})
    except drafts.NotSaved as refusal:
        under_review = isinstance(refusal, drafts.UnderReview)
        return _show_clash(request, found, language, form.written, under_review=under_review)
    except ReleaseError as refusal:
        messages.error(request, str(refusal))
        return _show(request, found, pair, form, 409)
    _say_saved(request, form.typed, saved=bool(saved))
    onward = "translate_questions" if request.POST.get("then") == "questions" else "translate"
    return redirect(f"studio:{onward}", lesson=found.slug, language=language)


def _person(request: HttpRequest) -> Any:
    return request.user


def _say_saved(request: HttpRequest, typed: Typed, *, saved: bool) -> None:
    if not saved:
        if request.POST.get("deed") != "withdraw":
            messages.info(request, _("Nothing had changed, so nothing was saved."))
        return
    left = typed.basis.left if typed.basis else 0
    more = ngettext("%(count)s row is left to compare.", "%(count)s rows are left to compare.", left)
    messages.success(request, " ".join([_("Saved as a draft."), *([more % {"count": number(left)}] if left else [])]))


def _show_clash(
    request: HttpRequest, found: Lesson, language: str, written: Written, *, under_review: bool
) -> HttpResponse:
    """409: what was typed is laid out anew beside the source, and above it how it differs from what is kept."""
    now = pair_of(found, language)
    form = SheetForm(sheet=sheet_of(now, language, written), standing=now.ours)
    changes = changes_in(Written.of(now.ours.current), written)
    clash = [(language_name(language), direction(language), changes)]
    return _show(request, found, now, form, 409, clash=clash, under_review=under_review)


def _show(
    request: HttpRequest, found: Lesson, pair: Pair, form: SheetForm, status: int = 200, **more: Any
) -> HttpResponse:
    language, source = form.sheet.language, found.source_language
    release = release_holding([pair.ours.working]) if pair.ours.in_review else None
    context = {
        "lesson": found,
        "title": title_of({source: pair.theirs, language: pair.ours}, reader_language(), found.key),
        "form": form,
        "rows": list(form.shown(Glossary(source, language))),
        "sheet": form.sheet,
        "pair": pair,
        "language": language,
        "name": language_name(language),
        "direction": direction(language),
        "source_language": source,
        "source_name": language_name(source),
        "source_direction": direction(source),
        "to_mend": [form] if form.is_bound and form.errors else [],
        "release": release,
        "withdraws": release and may_withdraw(request.user, release),
        "others": [(code, language_name(code)) for code in written_languages() if code not in (source, language)],
    }
    return render(request, "studio/translating/translate.html", context | more, status=status)
