"""An instructor gives a lesson a recorded voice."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lessons.models import CourseEdition, Lesson, Narration, Recording, Revision
from portal.accounts.models import AuditEntry
from tests.factories import LessonFactory
from tests.portal.studio.people import LESSON, draft_of, drafts, send_to_review, text_of, write
from tests.voices import SECRET, a_voice, an_upload

pytestmark = pytest.mark.django_db
PAGE = f"{LESSON}narration/en/"
TICKED = {"reads_text": "on"}


def keep(client: Client, language: str = "en", **fields: Any) -> Any:
    """Open the page, fill in some fields, save."""
    url = f"{LESSON}narration/{language}/"
    form = client.get(url).context["form"]
    shown = {name: form[name].value() or "" for name in form.fields if name not in ("file", "still_right")}
    sent = {name: value for name, value in shown.items() if value is not False}
    sent |= {name: "on" for name, value in sent.items() if value is True}
    return client.post(url, {name: value for name, value in (sent | fields).items() if value is not None})


def test_a_recording_is_kept_with_the_draft(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    assert keep(writing, file=an_upload(), narrator=" Mona  Haddad ", **TICKED).status_code == 302
    kept = Narration.objects.get()
    assert kept.revision == draft_of(lesson)
    assert (kept.narrator, kept.reads_text, kept.transcript) == ("Mona Haddad", True, "")
    assert (kept.recording.mime, kept.recording.seconds, kept.recording.original_name) == ("audio/ogg", 2, "voice.ogg")
    assert drafts(lesson) == ["en"]


def test_the_file_lies_under_its_hash_without_what_its_tags_told(
    writing: Client, lesson: Lesson, course: CourseEdition, media_folder: Path
) -> None:
    keep(writing, file=an_upload("mp3"), **TICKED)
    kept = Recording.objects.get()
    data = (media_folder / kept.file).read_bytes()
    assert kept.file == f"{kept.sha256[:2]}/{kept.sha256}.mp3"
    assert len(data) == kept.size
    assert SECRET.encode() in a_voice("mp3")
    assert SECRET.encode() not in data


def test_it_is_written_down_who_gave_the_lesson_a_voice(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    keep(writing, file=an_upload(), **TICKED)
    entry = AuditEntry.objects.get(deed="narration.kept")
    assert (str(entry.actor), entry.detail) == ("Iman", {"recording": Recording.objects.get().sha256})


def test_a_transcript_is_kept_as_it_was_typed(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    keep(writing, language="ar", file=an_upload(), transcript="اضغطوا بقوة.\r\n\r\nلا تتركوه.\r\n")
    assert Narration.objects.get().transcript == "اضغطوا بقوة.\n\nلا تتركوه."


def test_what_is_said_must_be_there_to_read(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    response = keep(writing, file=an_upload(), narrator="Mona")
    assert response.status_code == 422
    assert "Write what is said" in text_of(response)
    assert 'value="Mona"' in text_of(response)
    assert not Narration.objects.exists()


def test_a_recording_that_came_in_well_need_not_be_sent_again(
    writing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    response = keep(writing, file=an_upload(name="mona.ogg"))
    kept = response.context["fresh"]
    assert "The recording mona.ogg (2 seconds) has arrived" in text_of(response)
    assert f'name="kept" value="{kept.sha256}"' in text_of(response)
    assert keep(writing, kept=kept.sha256, **TICKED).status_code == 302
    assert Narration.objects.get().recording == kept


def test_text_and_tick_together_are_refused_and_nothing_typed_is_lost(
    writing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    response = keep(writing, file=an_upload(), transcript="Press. Do not let go.", **TICKED)
    assert response.status_code == 422
    assert "One of the two" in text_of(response)
    assert "Press. Do not let go." in text_of(response)


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (SimpleUploadedFile("voice.mp3", b"plain words"), "not a recording"),
        (SimpleUploadedFile("voice.mp3", b""), "This file is empty"),
        (SimpleUploadedFile("voice.ogg", a_voice()[:4000]), "damaged or not complete"),
        (SimpleUploadedFile("voice.mp3", b"ID3" + b"0" * (20 * 1024 * 1024)), "larger than 20 MB"),
        (an_upload("wav"), "too large for phones"),
    ],
    ids=["words", "empty", "half", "20 MB", "wav"],
)
def test_what_is_no_recording_is_refused_beside_the_field(
    writing: Client, lesson: Lesson, course: CourseEdition, file: Any, message: str
) -> None:
    file.seek(0)
    response = keep(writing, file=file, narrator="Mona", **TICKED)
    assert response.status_code == 422
    assert message in str(response.context["form"].errors["file"])
    assert 'value="Mona"' in text_of(response)
    assert not Recording.objects.exists()
    assert drafts(lesson) == []


def test_without_a_recording_nothing_is_kept(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    response = keep(writing, **TICKED)
    assert response.status_code == 422
    assert "Choose the recording" in text_of(response)


def test_the_name_can_be_changed_without_the_file(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    keep(writing, file=an_upload(), narrator="Mona", **TICKED)
    before = Narration.objects.get()
    assert keep(writing, narrator="").status_code == 302
    after = Narration.objects.get()
    assert (after.narrator, after.recording, after.pk) == ("", before.recording, before.pk)


def test_a_recording_can_be_replaced(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    keep(writing, file=an_upload(), **TICKED)
    keep(writing, file=an_upload("mp3", tone=600), **TICKED)
    assert Narration.objects.get().recording.mime == "audio/mpeg"


def test_a_recording_can_be_taken_away(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    keep(writing, file=an_upload(), **TICKED)
    mark = writing.get(PAGE).context["mark"]
    assert writing.post(f"{PAGE}remove/", {"id": mark}).status_code == 302
    assert not Narration.objects.exists()
    assert AuditEntry.objects.filter(deed="narration.removed").exists()


def test_what_somebody_replaced_meanwhile_is_not_written_over(
    writing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    keep(writing, file=an_upload(), **TICKED)
    began_from = writing.get(PAGE).context["mark"]
    keep(writing, file=an_upload(tone=600), **TICKED)
    theirs = Narration.objects.get().recording
    response = keep(writing, id=began_from, narrator="Late", **TICKED)
    assert response.status_code == 409
    assert "Somebody changed the recording meanwhile" in text_of(response)
    assert 'value="Late"' in text_of(response)
    assert Narration.objects.get().recording == theirs


def test_after_such_a_refusal_it_can_be_saved_again(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    keep(writing, file=an_upload(), **TICKED)
    page = text_of(keep(writing, id="begun from something else", file=an_upload(tone=600), **TICKED))
    mark, kept = (page.split(f'name="{name}" value="')[-1].split('"')[0] for name in ("id", "kept"))
    assert writing.post(PAGE, {"id": mark, "kept": kept, **TICKED}).status_code == 302


def test_what_somebody_replaced_meanwhile_is_not_taken_away(
    writing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    keep(writing, file=an_upload(), **TICKED)
    writing.post(f"{PAGE}remove/", {"id": "begun from something else"})
    assert Narration.objects.exists()


def test_in_review_nothing_is_changed(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    keep(writing, file=an_upload(), **TICKED)
    send_to_review(writing)
    page = writing.get(PAGE)
    assert "In review, so it cannot be changed" in text_of(page)
    assert "data-recording" not in text_of(page)
    sent = {"id": page.context["mark"], "narrator": "Late", **TICKED}
    response = writing.post(PAGE, sent)
    assert response.status_code == 409
    assert Narration.objects.get().narrator == ""
    writing.post(f"{PAGE}remove/", {"id": page.context["mark"]})
    assert Narration.objects.exists()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_where_nothing_is_written_nothing_can_be_read(writing: Client, language: str) -> None:
    LessonFactory(slug="empty")
    assert writing.get(f"/en/studio/lessons/empty/narration/{language}/").status_code == 404


def test_the_page_alone_may_ask_for_the_microphone(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    assert "microphone=(self)" in writing.get(PAGE)["Permissions-Policy"]
    assert "microphone=()" in writing.get(LESSON)["Permissions-Policy"]


def test_what_was_recorded_can_be_heard_before_it_is_sent_on_that_page_alone(
    writing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    assert "media-src 'self' blob:" in writing.get(PAGE)["Content-Security-Policy"]
    assert "blob:" not in writing.get(LESSON)["Content-Security-Policy"]


def test_the_words_to_read_stand_on_the_page(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    write(writing, en_title="Press hard", en_markdown="::: first\nPress with both hands.\n:::\n")
    html = text_of(writing.get(PAGE))
    assert "Press with both hands." in html
    assert '<p class="studio-title">Press hard</p>' in html


def test_the_lesson_shows_each_language_with_its_voice(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    keep(writing, language="ar", file=an_upload(), narrator="منى حداد", **TICKED)
    lines = {line.language: line for line in writing.get(LESSON).context["narrations"]}
    assert lines["en"].narration is None
    assert lines["ar"].narration.narrator == "منى حداد"
    assert f'<audio controls preload="none" src="{lines["ar"].narration.url}"' in text_of(writing.get(LESSON))


def test_a_voice_is_no_new_text_of_which_translations_fall_behind(
    writing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    write(writing, en_title="One", ar_title="واحد")
    saved = draft_of(lesson).saved_at
    keep(writing, file=an_upload(), **TICKED)
    assert Revision.objects.get(pk=draft_of(lesson).pk).saved_at == saved
