"""Keeping a picture that somebody sent, and showing it in the drafts of a lesson with its words."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from lessons.models import Lesson, Media
from lessons.pictures import Stored, stored
from portal.accounts.audit import record
from portal.studio import drafts
from portal.studio.figures import NameTaken, Words, attach, picture_name
from portal.studio.languages import language_name, written_languages
from portal.studio.picture_lines import doubt_about
from portal.studio.pictures.crediting import save_credit
from portal.studio.pictures.forms import CreditForm, PictureForm, WordsForm
from portal.studio.pictures.placing import put_into_texts, said_of_place, up_to_date
from portal.studio.standing import standings_of


def keep_upload(request: HttpRequest, lesson: Lesson, form: PictureForm) -> bool:
    """Store the picture and show it in the drafts; False, with the reason beside its field, where that cannot be."""
    return keep_sent(request, lesson, form, form.credit) is not None


def keep_sent(
    request: HttpRequest, lesson: Lesson | None, form: PictureForm, credit: CreditForm | None
) -> Media | None:
    """The picture, kept with its credit where one is told and shown in the lesson where there is one.

    None where something is to be mended first.
    """
    ready = [form.is_valid(), credit is None or credit.is_valid()]
    if not form.is_filled:
        form.add_error("file", form.fields["file"].error_messages["required"])
    if not all(ready) or form.errors or (lesson and not is_described(lesson, form)):
        return None
    kept = keep_file(request, form)
    if kept is None:
        return None
    if credit is not None and credit.has_changed():
        save_credit(request, kept.media, credit.cleaned_data)
    if lesson and not show_in_lesson(request, lesson, form, kept.media, form.cleaned_data["file"].name):
        return None
    return kept.media


def keep_file(request: HttpRequest, form: PictureForm) -> Stored | None:
    """Store the picture of a valid form; None, with the reason beside its field, where that cannot be."""
    try:
        kept = stored(form.cleaned_data["file"])
    except ValidationError as refusal:
        form.add_error("file", refusal)
        return None
    if kept.known:
        messages.info(request, _("This very picture is in the library already, so it is kept once."))
    else:
        record(request, "picture.uploaded", kept.media, picture=kept.media.pk)
    return kept


def use_in_lesson(request: HttpRequest, lesson: Lesson, form: WordsForm, media: Media) -> bool:
    """Show a kept picture in the drafts; False, with the reason beside its field, where that cannot be."""
    if not form.is_valid() or not is_described(lesson, form):
        return False
    return show_in_lesson(request, lesson, form, media, media.original_name)


def show_in_lesson(request: HttpRequest, lesson: Lesson, form: WordsForm, media: Media, file_name: str) -> bool:
    """Show the picture in the drafts under the name that was typed, or else its file's; False as above."""
    user: Any = request.user
    told = _words(lesson, form)
    name = picture_name(form.cleaned_data["name"], file_name, media)
    try:
        with transaction.atomic():
            fresh = up_to_date(lesson, list(told)) if request.POST.get("put-in") else []
            attach(drafts.drafts_in(lesson, told, user), media, name, told)
            put_in = put_into_texts(lesson, user, fresh, name, request.POST.get("cursor-id", ""))
            record(request, "picture.used", media, picture=media.pk, lesson=lesson.key, name=name)
    except NameTaken as refusal:
        form.add_error("name", str(refusal))
    except drafts.UnderReview as refusal:
        names = ", ".join(language_name(language) for language in refusal.languages)
        form.add_error(None, _("In review, so no picture can be added: %(languages)s.") % {"languages": names})
    else:
        messages.success(request, said_of_place(put_in))
        _say_doubts(request, told)
        return True
    return False


def _say_doubts(request: HttpRequest, told: Mapping[str, Words]) -> None:
    """Alternative texts that help nobody are kept, but not in silence."""
    for language, words in told.items():
        if not words.decorative and (doubt := doubt_about(words.alt)):
            said = {"language": language_name(language), "alt": words.alt[:80], "doubt": doubt}
            messages.warning(request, _("%(language)s, said of the picture: “%(alt)s”. %(doubt)s") % said)


def _words(lesson: Lesson, form: WordsForm) -> dict[str, Words]:
    said = form.cleaned_data
    if said["decorative"]:
        return dict.fromkeys(languages_written(lesson), Words("", decorative=True))
    return {
        language: Words(said[f"alt_{language}"], said[f"caption_{language}"])
        for language in form.languages
        if said[f"alt_{language}"]
    }


def is_described(lesson: Lesson, form: WordsForm) -> bool:
    """Whether each language in which the lesson is written says what is to be seen, or that this is nothing."""
    if form.cleaned_data["decorative"]:
        return True
    missing = [language for language in languages_written(lesson) if not form.cleaned_data[f"alt_{language}"]]
    for language in missing:
        form.add_error(
            f"alt_{language}", _("Say what is to be seen, for those who cannot see it, or mark it as decorative.")
        )
    return not missing


def languages_written(lesson: Lesson) -> list[str]:
    """The languages that the lesson has a text in; all of them where nothing is written yet."""
    texts = standings_of(lesson, written_languages())
    return [language for language, text in texts.items() if text.current] or written_languages()
