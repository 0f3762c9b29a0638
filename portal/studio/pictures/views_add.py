"""HTTP for adding pictures: sent by a person, or taken from the library into a lesson."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from lessons.markdown.figures import media_url
from lessons.models import Lesson
from lessons.words import reader_language
from portal.accounts.rights import permission_required
from portal.studio.choices import lessons
from portal.studio.lesson_page import languages_of
from portal.studio.pictures.exchanging import names_in
from portal.studio.pictures.forms import CreditForm, PictureForm, WordsForm
from portal.studio.pictures.keeping import keep_sent, use_in_lesson
from portal.studio.pictures.uses import words_known
from portal.studio.pictures.views import about_lesson, find_picture, lesson_asked
from portal.studio.pictures.ways import back_to


@permission_required("studio.write")
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Send pictures, each with a form of its own; for the drafts of a lesson where the address names one."""
    lesson = lesson_asked(request)
    languages = languages_of(lesson) if lesson else []
    if request.method != "POST":
        return _show(request, lesson, PictureForm(languages=languages), CreditForm(empty_permitted=True))
    form = PictureForm(request.POST, request.FILES, languages=languages)
    credit = CreditForm(request.POST, empty_permitted=True)
    media = keep_sent(request, lesson, form, credit)
    if media is None:
        return _show(request, lesson, form, credit, 422)
    url = reverse("studio:picture", kwargs={"picture": media.pk})
    if _is_script(request):
        return render(request, "studio/pictures/kept.html", {"picture": media, "url": media_url(media), "page": url})
    return redirect(back_to(lesson, media) if lesson else url)


def _is_script(request: HttpRequest) -> bool:
    """Whether the page's own script sent it, which shows the answer in the form's place."""
    return request.headers.get("X-Requested-With") == "XMLHttpRequest"


def _show(
    request: HttpRequest, lesson: Lesson | None, form: PictureForm, credit: CreditForm, status: int = 200
) -> HttpResponse:
    context = {"form": form, "credit_form": credit, **about_lesson(lesson)}
    template = "studio/pictures/add_form.html" if _is_script(request) else "studio/pictures/add.html"
    return render(request, template, context, status=status)


@permission_required("studio.write")
@require_http_methods(["GET", "HEAD", "POST"])
def use(request: HttpRequest, picture: int) -> HttpResponse:
    """Take a picture of the library into the drafts of a lesson, with its words; first the lesson is chosen."""
    media, lesson = find_picture(picture), lesson_asked(request)
    context = {"picture": media, "url": media_url(media), **about_lesson(lesson)}
    if lesson is None:
        context["lessons"] = lessons(reader_language())
        return render(request, "studio/pictures/use.html", context)
    form = _words_form(request, lesson, media)
    if request.method == "POST" and use_in_lesson(request, lesson, form, media):
        return redirect(back_to(lesson, media))
    context |= {"form": form, "to_mend": [form], "names": names_in(lesson, media)}
    return render(request, "studio/pictures/use.html", context, status=422 if form.is_bound else 200)


def _words_form(request: HttpRequest, lesson: Lesson, media: Any) -> WordsForm:
    """Bound to what was sent, or begun with what was last said of the picture."""
    languages = languages_of(lesson)
    known = words_known(media)
    initial: dict[str, Any] = {}
    for language in languages:
        alt, caption, decorative = known.get(language, ("", "", False))
        initial |= {f"alt_{language}": alt, f"caption_{language}": caption}
        initial["decorative"] = initial.get("decorative", False) or decorative
    return WordsForm(request.POST if request.method == "POST" else None, languages=languages, initial=initial)
