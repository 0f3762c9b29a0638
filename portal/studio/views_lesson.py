"""HTTP for writing a lesson's text and for uploading its pictures."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lessons.models import Lesson, Revision
from portal.accounts.rights import permission_required
from portal.studio import drafts
from portal.studio.focus import move_focus, moved_in
from portal.studio.forms import LessonTextForm
from portal.studio.keeping.clash import LOOK, TextMerge, merged_languages, merges_of, with_outcome
from portal.studio.keeping.merge_page import show_merges
from portal.studio.keeping.neighbours import newer_texts
from portal.studio.keeping.page import keep_sent, keeping, opened, settle_sent
from portal.studio.keeping.places import TEXT, Place
from portal.studio.keeping.resending import loses_nothing
from portal.studio.keeping.sent import CREDIT, picture_words_in, typed_in
from portal.studio.languages import language_name
from portal.studio.lesson_page import clashes, focus_forms, forms_again, languages_of, page, text_forms
from portal.studio.models import WorkingCopy
from portal.studio.pictures.forms import CreditForm, PictureForm
from portal.studio.pictures.keeping import keep_upload
from portal.studio.pictures.ways import way_on
from portal.studio.refusals import ReleaseError
from portal.studio.upkeep.sources import superseded_in
from portal.studio.withdrawal import may_withdraw, withdraw_holding

Forms = Mapping[str, LessonTextForm]


def find_lesson(slug: str) -> Lesson:
    """The lesson, published or not; raises Http404."""
    return get_object_or_404(Lesson, slug=slug, archived_at=None)


@loses_nothing
@permission_required("studio.write")
@require_http_methods(["GET", "HEAD", "POST"])
def lesson(request: HttpRequest, lesson: str) -> HttpResponse:
    """Every language side by side; what is sent is saved as drafts, and a picture sent with it is kept."""
    found = find_lesson(lesson)
    if request.method == "POST":
        return _save(request, found)
    copy, held = opened(request, Place.of(request, found, TEXT))
    credit = CreditForm(empty_permitted=True, typed=picture_words_in(copy, CREDIT))
    picture = PictureForm(languages=languages_of(found), initial=picture_words_in(copy), credit=credit)
    return _show(request, found, text_forms(found, typed=typed_in(copy)), picture, copy=copy, held=held)


def _picture_form(found: Lesson, request: HttpRequest) -> PictureForm:
    credit = CreditForm(request.POST, empty_permitted=True)
    return PictureForm(request.POST, request.FILES, languages=languages_of(found), credit=credit)


def _show(
    request: HttpRequest,
    found: Lesson,
    forms: Forms,
    picture: PictureForm,
    status: int = 200,
    copy: WorkingCopy | None = None,
    held: Iterable[str] = (),
    **more: Any,
) -> HttpResponse:
    context = page(found, forms, picture, request.POST if request.method == "POST" else None)
    context["withdraws"] = context["release"] and may_withdraw(request.user, context["release"])
    marks = {f"{language}-id": form["id"].value() for language, form in forms.items()}
    newer = newer_texts({language: form.standing for language, form in forms.items()}, marks, _writer(request))
    context["keeping"] = keeping(request, Place.of(request, found, TEXT), copy, newer, held)
    context["superseded"] = superseded_in([found.pk]).get(found.pk, [])
    return render(request, "studio/lesson.html", context | more, status=status)


def _save(request: HttpRequest, found: Lesson) -> HttpResponse:
    data: QueryDict = request.POST
    picture, place = _picture_form(found, request), Place.of(request, found, TEXT)
    if merged := merged_languages(data):
        merges = _merges(text_forms(found, data), merged, data)
        if not all(merge.is_decided for merge in merges):
            return show_merges(request, place, merges, 422)
        data = with_outcome(data, merges)
    forms = text_forms(found, data)
    focus = focus_forms(forms, data)
    if not all(form.is_valid() for form in (*forms.values(), *focus)) or data.get("deed") == LOOK:
        copy = keep_sent(place, data)
        return _show(request, found, forms, picture, 200 if data.get("deed") == LOOK else 422, copy=copy)
    typed = {language: form.typed for language, form in forms.items()}
    try:
        if request.POST.get("deed") == "withdraw":
            withdraw_holding(request, [form.standing.working for form in forms.values()])
            messages.success(request, _("Withdrawn from review: you can go on writing."))
        with transaction.atomic():
            saved = drafts.save(found, _writer(request), typed)
            moved = moved_in(focus)
            move_focus(found, moved, _writer(request))
    except drafts.ChangedMeanwhile as refusal:
        return show_merges(request, place, _merges(text_forms(found, data), refusal.languages, QueryDict()), 409)
    except drafts.NotSaved as refusal:
        return _show_clash(request, found, typed, picture, refusal)
    except ReleaseError as refusal:
        messages.error(request, str(refusal))
        return _show(request, found, forms, picture, 409, copy=keep_sent(place, data))
    settle_sent(place, data)
    if picture.is_filled and not keep_upload(request, found, picture):
        return _show(request, found, text_forms(found), picture, 422, saved=True)
    if moved:
        messages.success(request, _("The focus of the picture is kept."))
    way = way_on(request.POST.get("then", ""), found)
    _say_saved(request, saved, quiet=bool(picture.is_filled or moved or way))
    return redirect(way or reverse("studio:lesson", kwargs={"lesson": found.slug}))


def _merges(forms: Forms, languages: Iterable[str], data: QueryDict) -> list[TextMerge]:
    """What comes of what these forms bring and of what is kept now, with the choices in `data`."""
    standings = {language: form.standing for language, form in forms.items()}
    typed = {language: form.typed for language, form in forms.items() if form.is_valid()}
    return merges_of(standings, typed, languages, data)


def _writer(request: HttpRequest) -> Any:
    return request.user


def _say_saved(request: HttpRequest, saved: list[Revision], *, quiet: bool) -> None:
    """`quiet`: something else than the text was saved, so that it would be wrong to say that nothing was."""
    if saved:
        names = " · ".join(language_name(draft.text.language) for draft in saved)
        messages.success(request, _("Saved as a draft: %(languages)s.") % {"languages": names})
    elif not quiet and request.POST.get("deed") != "withdraw":
        messages.info(request, _("Nothing had changed, so nothing was saved."))


def _show_clash(
    request: HttpRequest,
    found: Lesson,
    typed: Mapping[str, drafts.Typed],
    picture: PictureForm,
    refusal: drafts.NotSaved,
) -> HttpResponse:
    """409: what was typed stays in the fields, and beside it stands what is kept."""
    written = {language: form.written for language, form in typed.items()}
    forms = forms_again(found, written)
    beside = clashes(forms, written, refusal.languages)
    under_review = isinstance(refusal, drafts.UnderReview)
    copy = keep_sent(Place.of(request, found, TEXT), request.POST)
    return _show(request, found, forms, picture, 409, copy=copy, clash=beside, under_review=under_review)


@permission_required("studio.write")
@require_POST
def discard(request: HttpRequest, lesson: str, language: str) -> HttpResponse:
    """Throw the draft of one language away."""
    found = find_lesson(lesson)
    try:
        if drafts.discard(found, language, _writer(request)):
            messages.success(request, _("The draft was thrown away."))
    except drafts.UnderReview:
        messages.error(request, _("The draft is in review. Withdraw it first."))
    except drafts.TranslatedFromIt:
        messages.error(request, _("A text in another language was made from this draft, so it stays."))
    return redirect("studio:lesson", lesson=found.slug)
