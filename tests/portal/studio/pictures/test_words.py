"""A picture says what is to be seen in every language in which it goes out, whichever way it goes out."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from lessons.models import Lesson, Media, Revision, RevisionMedia
from lessons.readiness import NotReady
from portal.studio import releases
from portal.studio.models import Release
from tests.factories import PictureCreditFactory, ReleaseFactory
from tests.portal.studio.people import FIRST, SEND, draft_of, send_to_review, text_of, write

pytestmark = pytest.mark.django_db
NAME = "figures/leg.webp"
SAID = {"en": "A leg.", "ar": "ساق."}


@pytest.fixture(autouse=True)
def _credited(media: Media) -> None:
    PictureCreditFactory(media=media)


def silence(language: str) -> None:
    """Take the words of the picture out of a text, behind the back of every form."""
    draft = Revision.objects.get(text__language=language, state__in=["draft", "in_review"])
    Revision.objects.filter(pk=draft.pk).update(markdown=draft.markdown.replace(SAID[language], ""))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_it_is_not_sent_to_review_without(writing: Client, language: str) -> None:
    silence(language)
    page = writing.get(SEND)
    response = writing.post(SEND, {"title": "Silent", "picks": sorted(page.context["form"].ticked)})
    assert response.status_code == 422
    assert "has no alternative text" in text_of(response)
    assert not Release.objects.filter(state="in_review").exists()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_it_is_not_published_without(writing: Client, reviewer: Any, language: str) -> None:
    release = send_to_review(writing)
    silence(language)
    with pytest.raises(NotReady):
        releases.publish(release, reviewer, timezone.now())
    with pytest.raises(NotReady):
        releases.schedule(release, reviewer, timezone.now() + timedelta(days=1))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_it_does_not_go_out_at_its_time_without(writing: Client, reviewer: Any, language: str) -> None:
    release = send_to_review(writing)
    releases.schedule(release, reviewer, timezone.now() + timedelta(days=1))
    silence(language)
    assert releases.publish_due(timezone.now() + timedelta(days=2)) == []
    release.refresh_from_db()
    assert release.state == "in_review"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_it_does_not_go_out_with_a_package_without(pictured: Lesson, language: str) -> None:
    silence(language)
    release = ReleaseFactory(state="draft")
    release.revisions.set([draft_of(pictured), draft_of(pictured, "ar")])
    with pytest.raises(NotReady):
        releases.publish_package(release, timezone.now())


def test_a_decorative_one_goes_out(writing: Client, reviewer: Any, pictured: Lesson) -> None:
    for language in SAID:
        write(writing, **{f"{language}_markdown": f"{FIRST}\n![]({NAME}){{decorative}}\n"})
    releases.publish(send_to_review(writing), reviewer, timezone.now())
    assert Revision.objects.filter(text__lesson=pictured, state="published", html__contains='alt=""').count() == 2


def test_what_the_text_says_of_it_is_what_the_library_knows(writing: Client, pictured: Lesson) -> None:
    write(writing, en_markdown=f'{FIRST}\n![A leg, bleeding.]({NAME} "Press.")\n')
    use = RevisionMedia.objects.get(revision=draft_of(pictured))
    assert (use.alt, use.caption, use.decorative) == ("A leg, bleeding.", "Press.", False)
