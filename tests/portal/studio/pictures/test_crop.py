"""An instructor crops a picture of a lesson, and goes back to the original."""

from typing import Any

import pytest
from django.test import Client

from lessons.models import Lesson, LessonText, Media, Revision, RevisionMedia
from lessons.publishing import reasons_against_revisions
from portal.accounts.models import AuditEntry
from portal.studio.standing import is_stale, standings_of
from tests.factories import MediaFactory, PictureCreditFactory
from tests.portal.studio.people import LESSON, draft_of, publish, send_to_review, text_of, write
from tests.portal.studio.pictures.walks import page_of

pytestmark = pytest.mark.django_db
LEFT_HALF = {"left": "0", "top": "0", "width": "200", "height": "300"}
NAME, CROPPED = "figures/leg.webp", "figures/leg-crop.webp"


def crop(client: Client, media: Media, **fields: str) -> Any:
    return client.post(page_of(media, "crop/"), LEFT_HALF | {"lesson": "bleeding"} | fields)


def names(lesson: Lesson, language: str = "en") -> list[str]:
    return [use.name for use in draft_of(lesson, language).pictures.all()]


def test_the_crop_takes_the_pictures_place_in_every_draft(writing: Client, pictured: Lesson, media: Media) -> None:
    response = crop(writing, media)
    made = Media.objects.get(cropped_from=media)
    assert response.headers["Location"] == f"{LESSON}#picture-{made.pk}"
    for language, alt in (("en", "A leg."), ("ar", "ساق.")):
        use = draft_of(pictured, language).pictures.get()
        assert (use.media, use.name, use.alt) == (made, CROPPED, alt)
        assert f"![{alt}]({CROPPED})" in draft_of(pictured, language).markdown
    PictureCreditFactory(media=media)
    assert reasons_against_revisions([draft_of(pictured)]) == []


def test_the_original_is_shown_again_on_demand(writing: Client, pictured: Lesson, media: Media) -> None:
    crop(writing, media)
    made = Media.objects.get(cropped_from=media)
    response = writing.post(page_of(made, "restore/"), {"lesson": "bleeding"})
    assert response.headers["Location"] == f"{LESSON}#picture-{media.pk}"
    assert names(pictured) == names(pictured, "ar") == [NAME]
    assert f"]({NAME})" in draft_of(pictured).markdown
    assert CROPPED not in draft_of(pictured).markdown


def test_another_crop_has_another_name(writing: Client, pictured: Lesson, media: Media) -> None:
    crop(writing, media)
    crop(writing, Media.objects.get(cropped_from=media), width="100")
    assert names(pictured) == ["figures/leg-crop-2.webp"]
    assert Media.objects.filter(cropped_from=media).count() == 2


def test_the_page_begins_with_the_crop_that_there_is(writing: Client, pictured: Lesson, media: Media) -> None:
    crop(writing, media, left="20")
    page = writing.get(page_of(Media.objects.get(cropped_from=media), "crop/"))
    assert [page.context["form"][name].value() for name in LEFT_HALF] == [20, 0, 200, 300]
    assert page.context["original"] == media


def test_what_readers_have_stays_as_it_is(writing: Client, reviewing: Client, pictured: Lesson, media: Media) -> None:
    PictureCreditFactory(media=media)
    publish(reviewing, send_to_review(writing))
    crop(writing, media)
    public = Revision.objects.get(text__lesson=pictured, text__language="en", state="published")
    assert public.pictures.get().media == media
    assert f"/media/{media.sha256}.webp" in public.html
    assert names(pictured) == [CROPPED]


def test_the_focus_stays_on_its_spot(writing: Client, pictured: Lesson, media: Media) -> None:
    RevisionMedia.objects.update(focus_x=25, focus_y=40)
    crop(writing, media)
    use = draft_of(pictured).pictures.get()
    assert (use.focus_x, use.focus_y) == (50, 40)


def test_a_translation_is_as_right_as_before(writing: Client, pictured: Lesson, media: Media) -> None:
    crop(writing, media)
    texts = standings_of(pictured, ("en", "ar"))
    assert not is_stale(texts["ar"], texts["en"])


def test_only_the_name_of_that_picture_is_changed(writing: Client, pictured: Lesson, media: Media) -> None:
    text = f'::: first\nPress.\n:::\n\nfigures/leg.webp\n\n![A leg.]({NAME} "A leg (figures/leg.webp)")\n'
    write(writing, en_markdown=text)
    crop(writing, media)
    markdown = draft_of(pictured).markdown
    assert f"![A leg.]({CROPPED} " in markdown
    assert "\n\nfigures/leg.webp\n\n" in markdown


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"width": "401"}, "leaves the picture, which is 400 × 300"),
        ({"left": "300"}, "leaves the picture"),
        ({"width": "400"}, "whole picture"),
        ({"height": "10"}, "at least 40 pixels"),
        ({"left": "-1"}, "whole number of pixels"),
        ({"width": "wide"}, "whole number of pixels"),
        ({"top": ""}, "whole number of pixels"),
        ({"left": "9" * 30}, "leaves the picture"),
    ],
)
def test_a_rectangle_that_cannot_be_is_refused_and_stays_in_the_fields(
    writing: Client, pictured: Lesson, media: Media, fields: dict[str, str], message: str
) -> None:
    response = crop(writing, media, **fields)
    assert response.status_code == 422
    html = text_of(response)
    assert message in html
    for name, value in (LEFT_HALF | fields).items():
        assert response.context["form"][name].value() == value
    assert not Media.objects.filter(cropped_from=media).exists()
    assert names(pictured) == [NAME]


def test_in_review_the_lesson_keeps_its_pictures(writing: Client, pictured: Lesson, media: Media) -> None:
    PictureCreditFactory(media=media)
    send_to_review(writing)
    response = crop(writing, media)
    assert response.status_code == 422
    assert "In review, so its pictures stay as they are" in text_of(response)
    assert set(RevisionMedia.objects.values_list("name", flat=True)) == {NAME}


def test_from_the_library_no_lesson_changes(writing: Client, pictured: Lesson, media: Media) -> None:
    response = writing.post(page_of(media, "crop/"), LEFT_HALF)
    made = Media.objects.get(cropped_from=media)
    assert response.headers["Location"] == page_of(made)
    assert names(pictured) == [NAME]


def test_a_draft_that_somebody_has_open_is_not_lost(writing: Client, pictured: Lesson, media: Media) -> None:
    page = writing.get(LESSON)
    crop(writing, media)
    fields = {
        field.html_name: field.value() or ""
        for column in page.context["columns"]
        for field in column.form
        if field.name != "matches"
    }
    response = writing.post(LESSON, fields | {"en-title": "Typed meanwhile"})
    assert response.status_code == 409
    assert "Typed meanwhile" in text_of(response)


def test_it_is_written_down(writing: Client, pictured: Lesson, media: Media) -> None:
    crop(writing, media)
    deeds = set(AuditEntry.objects.values_list("deed", flat=True))
    assert {"picture.cropped", "picture.exchanged"} <= deeds


def test_a_drawing_has_no_such_page(writing: Client) -> None:
    assert writing.get(page_of(MediaFactory(mime="image/svg+xml"), "crop/")).status_code == 404


def test_what_is_no_crop_goes_back_to_nothing(writing: Client, pictured: Lesson, media: Media) -> None:
    assert writing.post(page_of(media, "restore/"), {"lesson": "bleeding"}).status_code == 404


def test_the_lessons_page_is_saved_before_it_leads_there(writing: Client, pictured: Lesson, media: Media) -> None:
    response = write(writing, en_title="Typed before", then=f"crop-{media.pk}")
    assert response.headers["Location"] == f"{page_of(media, 'crop/')}?lesson=bleeding"
    assert draft_of(pictured).title == "Typed before"


@pytest.mark.parametrize("then", ["", "crop-", "crop-x", "crop-1/../", "//elsewhere.example", "nonsense-1"])
def test_a_way_that_is_none_leads_back_to_the_lesson(writing: Client, pictured: Lesson, then: str) -> None:
    assert write(writing, en_title="Typed", then=then).headers["Location"] == LESSON


def test_a_language_without_the_picture_is_left_alone(writing: Client, pictured: Lesson, media: Media) -> None:
    RevisionMedia.objects.filter(revision__text__language="ar").delete()
    before = draft_of(pictured, "ar").markdown
    crop(writing, media)
    assert draft_of(pictured, "ar").markdown == before
    assert LessonText.objects.filter(lesson=pictured).count() == 2
