"""The library: every picture that is kept, narrowed down, and a page for each."""

from typing import Any

import pytest
from django.test import Client

from lessons.models import CourseEdition, Lesson, LessonText, Media, Revision, RevisionMedia
from portal.studio.pictures.library import LibraryForm, library
from quizzes.models import QuestionVersion
from tests.factories import MediaFactory, PictureCreditFactory, QuestionFactory, RevisionFactory, UserFactory
from tests.portal.studio.people import text_of
from tests.portal.studio.pictures.walks import LIBRARY, page_of

pytestmark = pytest.mark.django_db


def found(**asked: str) -> set[str]:
    """The names of the files that are asked for."""
    form = LibraryForm(asked)  # type: ignore[arg-type]
    assert form.is_valid()
    return {media.original_name for media in form.narrow(library())}


def shown(media: Media, language: str = "en", state: str = "draft", **said: Any) -> RevisionMedia:
    """The picture in a revision of a lesson of its own."""
    text, _made = LessonText.objects.get_or_create(
        lesson=RevisionFactory(published_at=None).text.lesson, language=language
    )
    number = Revision.objects.filter(text=text).count() + 1
    revision = Revision.objects.create(text=text, number=number, title="A text", state="draft")
    use = RevisionMedia.objects.create(revision=revision, media=media, name="figures/leg.webp", **said)
    Revision.objects.filter(pk=revision.pk).update(
        state=state, published_at="2026-01-01T00:00Z" if state in {"published", "superseded"} else None
    )
    return use


def test_it_finds_by_file_name_words_and_credit() -> None:
    _leg, arm, hand = (MediaFactory(original_name=f"{name}.jpg") for name in ("leg", "arm", "hand"))
    shown(arm, alt="Two people carry a stretcher.", caption="Lift together.")
    PictureCreditFactory(media=hand, author="Huda al-Amin")
    assert found(q="LEG.j") == {"leg.jpg"}
    assert found(q="stretcher") == found(q="lift together") == {"arm.jpg"}
    assert found(q="huda") == {"hand.jpg"}
    assert found(q="CC-BY") == {"hand.jpg"}
    assert found(q="nobody") == set()


def test_it_finds_arabic_words() -> None:
    shown(MediaFactory(original_name="leg.jpg"), alt="يدان تضغطان على ساق.")
    assert found(q="تضغطان") == {"leg.jpg"}


def test_a_crop_is_found_by_the_credit_of_its_original() -> None:
    original = MediaFactory(original_name="leg.jpg")
    PictureCreditFactory(media=original, author="Huda")
    MediaFactory(original_name="crop.jpg", cropped_from=original)
    assert found(q="huda") == {"leg.jpg", "crop.jpg"}
    assert found(show="no-credit") == set()
    assert found(show="crops") == {"crop.jpg"}


def test_it_is_narrowed_to_what_nothing_uses() -> None:
    MediaFactory(original_name="unused.jpg")
    shown(MediaFactory(original_name="used.jpg"))
    shown(MediaFactory(original_name="former.jpg"), state="superseded")
    asked = MediaFactory(original_name="asked.jpg")
    structure = {"picture": {"file": f"{asked.sha256}.webp", "width": 640, "height": 360}}
    QuestionVersion.objects.create(
        question=QuestionFactory(), number=1, kind="hotspot", structure=structure, answer_key={}
    )
    assert found(show="unused") == {"unused.jpg", "former.jpg"}


def test_it_is_narrowed_to_what_has_no_credit() -> None:
    MediaFactory(original_name="without.jpg")
    PictureCreditFactory(media__original_name="with.jpg")
    assert found(show="no-credit") == {"without.jpg"}


def test_it_is_narrowed_to_what_lacks_words_in_a_language() -> None:
    told = MediaFactory(original_name="told.jpg")
    shown(told, "en", alt="A leg.")
    shown(told, "ar", alt="ساق.")
    untold = MediaFactory(original_name="untold.jpg")
    shown(untold, "en", alt="An arm.")
    shown(MediaFactory(original_name="decorative.jpg"), "en", decorative=True)
    MediaFactory(original_name="unused.jpg")
    assert found(show="no-alt-ar") == {"untold.jpg"}
    assert found(show="no-alt-en") == set()


def test_it_is_narrowed_to_photographs_or_drawings() -> None:
    MediaFactory(original_name="photograph.jpg")
    MediaFactory(original_name="drawing.svg", mime="image/svg+xml")
    assert found(kind="photographs") == {"photograph.jpg"}
    assert found(kind="drawings") == {"drawing.svg"}


def test_what_cannot_be_asked_for_is_said(writing: Client) -> None:
    MediaFactory()
    page = writing.get(f"{LIBRARY}?show=nonsense")
    assert page.context["page"] is None
    assert "Nothing is shown" in text_of(page)


def test_the_list_asks_the_database_no_more_often_for_more_pictures(
    writing: Client, django_assert_max_num_queries: Any
) -> None:
    for _number in range(30):
        shown(MediaFactory(uploaded=True), alt="A leg.")
    writing.get(LIBRARY)
    with django_assert_max_num_queries(16):
        page = writing.get(LIBRARY)
    assert len(page.context["cards"]) == 24
    assert page.context["uncredited"] == 30
    assert len(writing.get(f"{LIBRARY}?page=2").context["cards"]) == 6


def test_the_page_says_where_it_is_used_and_with_what_words(
    writing: Client, media: Media, pictured: Lesson, course: CourseEdition
) -> None:
    page = writing.get(page_of(media))
    [use] = page.context["lesson_uses"]
    assert use.title == "Severe bleeding"
    assert use.courses == ["First aid"]
    assert [(words.language, words.alt) for words in use.words] == [("ar", "ساق."), ("en", "A leg.")]
    assert "figures/leg.webp" in text_of(page)


def test_the_page_lists_the_renditions_and_gives_the_file(writing: Client, media: Media) -> None:
    html = text_of(writing.get(page_of(media)))
    assert f'href="/media/{media.sha256}.webp" download="leg.webp"' in html
    for row in media.renditions.all():
        assert f"{row.width} × {row.height}" in html


def test_the_page_of_a_picture_asks_a_bounded_number_of_times(
    writing: Client, django_assert_max_num_queries: Any
) -> None:
    media = MediaFactory()
    for _number in range(12):
        shown(media, alt="A leg.")
    writing.get(page_of(media))
    with django_assert_max_num_queries(22):
        assert len(writing.get(page_of(media)).context["lesson_uses"]) == 12


def test_a_question_about_it_is_named(writing: Client, lesson: Lesson) -> None:
    media = MediaFactory()
    structure = {"picture": {"file": f"{media.sha256}.webp", "width": 640, "height": 360}}
    question = QuestionFactory(lesson=lesson, key="BL-9")
    QuestionVersion.objects.create(question=question, number=1, kind="hotspot", structure=structure, answer_key={})
    assert "/en/studio/lessons/bleeding/questions/BL-9/" in text_of(writing.get(page_of(media)))


def test_a_reviewer_looks_and_changes_nothing(reviewing: Client, media: Media) -> None:
    page = text_of(reviewing.get(page_of(media)))
    assert "Keep the credit" not in page
    assert "Add pictures" not in text_of(reviewing.get(LIBRARY))
    for deed in ("credit/", "restore/", "crop/", "use/"):
        assert reviewing.post(page_of(media, deed)).status_code == 403
    assert reviewing.get(f"{LIBRARY}add/").status_code == 403


def test_others_have_no_business_here(client: Client, media: Media) -> None:
    client.force_login(UserFactory())
    assert client.get(LIBRARY).status_code == 403
    assert client.get(page_of(media)).status_code == 403


def test_a_picture_that_is_not_there_is_not_found(writing: Client) -> None:
    assert writing.get(f"{LIBRARY}999999/").status_code == 404
    assert writing.get(f"{LIBRARY}?lesson=nowhere").status_code == 404
