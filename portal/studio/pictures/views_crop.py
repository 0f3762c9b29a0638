"""HTTP for cropping: a part of the original becomes a picture of its own, and a lesson goes back to the original."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lessons.crops import SMALLEST, box_of, crop
from lessons.markdown.figures import media_url
from lessons.models import Lesson, Media
from lessons.renditions import WEBP
from portal.accounts.audit import record
from portal.accounts.rights import permission_required
from portal.studio.drafts import UnderReview
from portal.studio.languages import language_name
from portal.studio.pictures.exchanging import show_instead
from portal.studio.pictures.forms import CropForm
from portal.studio.pictures.views import about_lesson, find_picture, lesson_asked
from portal.studio.pictures.ways import back_to


@permission_required("studio.write")
@require_http_methods(["GET", "HEAD", "POST"])
def crop_picture(request: HttpRequest, picture: int) -> HttpResponse:
    """Choose what of the original is shown; in the lesson that the address names it is shown instead."""
    media: Media = find_picture(picture)
    if media.mime != WEBP:
        raise Http404
    lesson = lesson_asked(request)
    form = CropForm(request.POST if request.method == "POST" else None, box=box_of(media))
    if request.method == "POST" and form.is_valid() and (made := _made(request, media, form, lesson)):
        return redirect(back_to(lesson, made) if lesson else reverse("studio:picture", kwargs={"picture": made.pk}))
    context = {
        "picture": media,
        "original": media.original,
        "url": media_url(media.original),
        "form": form,
        "to_mend": [form],
        "smallest": SMALLEST,
        **about_lesson(lesson),
    }
    return render(request, "studio/pictures/crop.html", context, status=422 if form.is_bound else 200)


def _made(request: HttpRequest, media: Media, form: CropForm, lesson: Lesson | None) -> Media | None:
    try:
        made = crop(media, form.box).media
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return None
    except FileNotFoundError:
        form.add_error(None, _("The portal has lost this file. Put its media folder back from the backup."))
        return None
    record(request, "picture.cropped", made, picture=made.pk, original=made.original.pk)
    refusal_of_lesson = _shown_instead(request, lesson, media, made)
    if refusal_of_lesson:
        form.add_error(None, refusal_of_lesson)
        return None
    if not lesson:
        messages.success(request, _("The crop is kept. The original stays as it is."))
    return made


def _shown_instead(request: HttpRequest, lesson: Lesson | None, former: Media, media: Media) -> str:
    """Exchange the pictures in the lesson's drafts; why that cannot be, or an empty string."""
    user: Any = request.user
    if lesson is None or former == media:
        return ""
    try:
        names = show_instead(lesson, former, media, user)
    except UnderReview as refusal:
        languages = ", ".join(language_name(language) for language in refusal.languages)
        return _("In review, so its pictures stay as they are: %(languages)s.") % {"languages": languages}
    if names:
        message = _("The lesson's drafts show this now: %(names)s. Readers see it once that is published.")
        messages.success(request, message % {"names": ", ".join(names)})
    else:
        messages.info(request, _("The picture is kept in the library; this lesson did not show the other one."))
    return ""


@permission_required("studio.write")
@require_POST
def restore(request: HttpRequest, picture: int) -> HttpResponse:
    """Show the original again in the drafts of the lesson that shows its crop. Raises Http404."""
    media, lesson = find_picture(picture), lesson_asked(request)
    if lesson is None or media.cropped_from is None:
        raise Http404
    if refusal := _shown_instead(request, lesson, media, media.cropped_from):
        messages.error(request, refusal)
    return redirect(back_to(lesson, media.cropped_from))
