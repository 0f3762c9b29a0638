"""A lesson's recorded voice as readers get it, and what becomes of it when the words change."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from lessons.models import Lesson, Narration, Revision
from lessons.narrations import NarrationView, carry_on, has_moved_on, words_of
from lessons.publishing import publish_revision
from lessons.reading import lesson_page
from tests.factories import RevisionFactory, a_recording, published_course, published_lesson, read_aloud

pytestmark = pytest.mark.django_db
EN, AR = "/en/courses/first-aid/bleeding/", "/ar/courses/first-aid/bleeding/"


def read(url: str = EN, **voices: Any) -> str:
    """The page of a lesson whose texts are read aloud so, by language."""
    published_course(lessons=[published_lesson(voices=voices)])
    return Client().get(url).content.decode()


def test_the_page_offers_the_voice_and_loads_nothing_of_it() -> None:
    html = read(en={"narrator": "Mona Haddad"})
    voice = Narration.objects.get()
    assert f'<audio controls preload="none" src="/media/{voice.recording.sha256}.ogg"' in html
    assert "Listen to this lesson" in html
    assert "<bdi>Mona Haddad</bdi>" in html


def test_it_says_before_how_long_it_is_and_what_it_costs() -> None:
    html = read(en={"recording": a_recording(seconds=5)})
    assert "5 seconds" in html
    assert "0.1 MB" in html


@pytest.mark.parametrize(("size", "said"), [(1, 0.1), (149_999, 0.1), (1_250_001, 1.3), (20_000_000, 20.0)])
def test_a_size_has_one_decimal_and_is_never_nothing(size: int, said: float) -> None:
    assert NarrationView("", "audio/ogg", 1, size, "", "", words_changed=False).megabytes == said


def test_a_lesson_without_a_voice_has_no_player_and_no_script() -> None:
    html = read()
    assert "<audio" not in html
    assert "js/narration" not in html


def test_each_language_has_its_own() -> None:
    html = read(AR, ar={"narrator": "منى حداد"})
    assert "استمعوا" in html
    assert "منى حداد" in html
    assert "<audio" not in Client().get(EN).content.decode()


def test_a_transcript_can_be_read_in_the_direction_of_its_language() -> None:
    html = read(AR, ar={"transcript": "مرحبًا.\n\nاضغطوا بقوة."})
    assert '<div lang="ar" dir="rtl"><p>مرحبًا.</p>\n\n<p>اضغطوا بقوة.</p></div>' in html


def test_a_transcript_is_text_and_nothing_else() -> None:
    html = read(en={"transcript": "<script>alert(1)</script>"})
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_where_it_reads_the_text_that_is_said() -> None:
    assert "What is read is the text below." in read(en={})


def test_where_the_words_changed_since_that_is_said_instead() -> None:
    html = read(en={"words_changed": True})
    assert "Where they differ, the text is right." in html
    assert "What is read is the text below." not in html


def test_the_page_takes_no_query_more(django_assert_num_queries: Any) -> None:
    lesson = published_lesson(voices={"en": {}})
    with django_assert_num_queries(2):
        lesson_page(lesson.pk, "en")


@pytest.fixture
def voice() -> Narration:
    return read_aloud(RevisionFactory())


def get(voice: Narration, **headers: str) -> Any:
    return Client().get(f"/media/{voice.recording.sha256}.ogg", headers=headers)


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def test_a_recording_is_sent_whole_for_ever_and_can_do_no_harm(voice: Narration) -> None:
    response = get(voice)
    assert (response.status_code, len(body(response))) == (200, voice.recording.size)
    assert response["Content-Type"] == "audio/ogg"
    assert response["Accept-Ranges"] == "bytes"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]


def test_a_part_is_sent_where_a_part_is_asked_for(voice: Narration) -> None:
    whole = body(get(voice))
    response = get(voice, range="bytes=100-199")
    assert response.status_code == 206
    assert body(response) == whole[100:200]
    assert response["Content-Range"] == f"bytes 100-199/{len(whole)}"
    assert response["Content-Length"] == "100"
    assert "immutable" in response["Cache-Control"]


def test_a_part_is_sent_of_the_same_file_only(voice: Narration) -> None:
    etag = get(voice)["ETag"]
    assert get(voice, range="bytes=1-2", if_range=etag).status_code == 206
    assert get(voice, range="bytes=1-2", if_range='"another"').status_code == 200


def test_what_lies_behind_the_end_is_refused(voice: Narration) -> None:
    response = get(voice, range="bytes=9999999-")
    assert (response.status_code, response["Content-Range"]) == (416, f"bytes */{voice.recording.size}")


def test_a_part_is_never_packed(voice: Narration) -> None:
    response = get(voice, range="bytes=0-4999", accept_encoding="br, gzip")
    assert "Content-Encoding" not in response
    assert len(body(response)) == 5000


def test_only_the_head_is_sent_where_only_that_is_asked_for(voice: Narration) -> None:
    response = Client().head(f"/media/{voice.recording.sha256}.ogg", headers={"range": "bytes=0-9"})
    assert (response.status_code, response["Content-Length"]) == (200, str(voice.recording.size))


@pytest.mark.parametrize("name", ["{}.mp3", "{}.webp", "0" * 64 + ".ogg"])
def test_nothing_else_is_there(voice: Narration, name: str) -> None:
    assert Client().get(f"/media/{name.format(voice.recording.sha256)}").status_code == 404


def test_a_new_text_goes_on_with_the_voice(voice: Narration) -> None:
    other = RevisionFactory(text=voice.revision.text)
    carry_on({voice.revision_id: other})
    assert other.narration.recording == voice.recording
    assert other.narration.words == voice.words


def test_words_that_changed_are_told_from_white_space(voice: Narration) -> None:
    draft = voice.revision
    draft.markdown += "\n\n"
    assert not has_moved_on(voice, draft)
    draft.markdown += "Do not let go."
    assert has_moved_on(voice, draft)


def test_words_that_are_not_known_have_changed(voice: Narration) -> None:
    voice.words = {}
    assert has_moved_on(voice, voice.revision)


@pytest.mark.parametrize("title", ["Stop the bleeding", "Press hard"])
def test_publishing_settles_whether_the_words_changed(voice: Narration, title: str) -> None:
    Revision.objects.filter(pk=voice.revision_id).update(title=title)
    publish_revision(Revision.objects.select_related("text").get(pk=voice.revision_id), timezone.now())
    voice.refresh_from_db()
    assert voice.words_changed == (title != "Stop the bleeding")


def test_a_recording_is_kept_once(voice: Narration) -> None:
    assert a_recording() == voice.recording
    assert a_recording(tone=600) != voice.recording


def test_words_are_those_of_the_revision(voice: Narration) -> None:
    assert words_of(voice.revision)["title"] == "Stop the bleeding"


def test_a_voice_that_is_taken_away_is_gone_with_the_next_text() -> None:
    lesson: Lesson = published_lesson(voices={"en": {}})
    former = Revision.objects.get(text__lesson=lesson, text__language="en")
    silent = RevisionFactory(text=former.text, number=9)
    publish_revision(silent, timezone.now() + timedelta(seconds=1))
    page: Any = lesson_page(lesson.pk, "en")
    assert page.narration is None
