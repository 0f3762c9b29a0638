from datetime import UTC, datetime
from typing import Any

import pytest
from django.core import mail

from portal.studio.models import Comment, Release
from portal.studio.releases import publish, publish_package, submit
from tests.factories import ReleaseFactory, RevisionFactory, UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 1, 8, tzinfo=UTC)
READY = "::: first\nPress hard.\n:::\n"


def a_release(**fields: Any) -> Release:
    release: Release = ReleaseFactory(**fields)
    for language in ("en", "ar"):
        release.revisions.add(
            RevisionFactory(author=release.author, markdown=READY, text__language=language, text__lesson__key=language)
        )
    return release


def test_whoever_took_part_in_a_release_is_told_that_it_is_published(django_capture_on_commit_callbacks: Any) -> None:
    author, reviewer, other = UserFactory(language="ar"), UserFactory(), UserFactory()
    release = a_release(author=author)
    submit(release, author)
    Comment.objects.create(release=release, author=other, text="Good.")
    UserFactory()
    with django_capture_on_commit_callbacks(execute=True):
        publish(release, reviewer, NOW)
    assert {message.to[0] for message in mail.outbox} == {author.email, reviewer.email, other.email}
    links = {message.to[0]: message.body for message in mail.outbox}
    assert f"https://testserver/ar/studio/releases/{release.pk}/" in links[author.email]
    assert f"https://testserver/en/studio/releases/{release.pk}/" in links[reviewer.email]


def test_a_package_without_an_author_tells_nobody(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        publish_package(a_release(author=None), NOW)
    assert mail.outbox == []
