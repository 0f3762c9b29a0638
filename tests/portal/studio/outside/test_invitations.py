"""An expert without an account reads by a link, says what is wrong and signs; nobody else gets in."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from lessons.models import CourseEdition, Lesson, Revision
from portal.accounts.models import AuditEntry, User
from portal.studio.models import Comment, Invitation, Release, SignOff
from portal.studio.outside.invitations import invite, path_of, signer, token_of
from tests.portal.studio.people import FIRST, publish, release_url, send_to_review, text_of, write

pytestmark = pytest.mark.django_db

EXPERT = {"name": "Dr Salma Haddad", "title": "Emergency physician", "organisation": "Red Crescent", "sure": "on"}
COURSE_PAGE = "/en/courses/first-aid/bleeding/"


@pytest.fixture
def release(writing: Client, lesson: Lesson, course: CourseEdition) -> Release:
    write(writing, en_title="Severe bleeding, stopped", en_markdown=FIRST, ar_title="عنوان آخر")
    return send_to_review(writing)


FIELDS = {"invitation-language": "ar", "invitation-days": "7", "invitation-name": "", "invitation-email": ""}


@pytest.fixture
def invitation(release: Release, reviewer: User) -> Invitation:
    return invite(release, reviewer, "en", 7, "Dr Salma")


@pytest.fixture
def link(invitation: Invitation) -> str:
    return path_of(invitation)


def the_revision(release: Release, language: str = "en") -> Revision:
    return release.revisions.get(text__language=language)


def ask(client: Client, release: Release, **fields: Any) -> Any:
    sent = FIELDS | {f"invitation-{name}": value for name, value in fields.items()}
    return client.post(release_url(release, "experts/"), sent)


# Making links


def test_a_reviewer_makes_a_link_and_finds_it_on_the_page(reviewing: Client, reviewer: User, release: Release) -> None:
    assert ask(reviewing, release, name="Dr Omar").status_code == 302
    made = Invitation.objects.get()
    assert (made.language, made.name, made.made_by) == ("ar", "Dr Omar", reviewer)
    assert f"/ar/expert/{token_of(made)}/" in text_of(reviewing.get(release_url(release)))
    assert AuditEntry.objects.filter(deed="release.expert_invited").exists()


def test_its_author_does_not_make_one(writing: Client, release: Release) -> None:
    assert "/experts/" not in text_of(writing.get(release_url(release)))
    assert "ask somebody else" in text_of(writing.post(release_url(release, "experts/"), FIELDS, follow=True))
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("days", [1, 7, 30])
def test_it_opens_for_the_time_that_was_chosen(reviewing: Client, release: Release, days: int) -> None:
    ask(reviewing, release, days=str(days))
    left = Invitation.objects.get().expires_at - timezone.now()
    assert timedelta(days=days) - timedelta(minutes=1) < left <= timedelta(days=days)


@pytest.mark.parametrize("wrong", [{"days": "365"}, {"language": "xx"}, {"email": "no address"}])
def test_what_cannot_be_is_refused_beside_its_field(reviewing: Client, release: Release, wrong: dict[str, str]) -> None:
    response = ask(reviewing, release, **wrong)
    assert response.status_code == 422
    assert "invalid-feedback" in text_of(response) or "is-invalid" in text_of(response)
    assert not Invitation.objects.exists()


def test_no_link_is_made_to_what_is_not_in_review(reviewing: Client, release: Release) -> None:
    reviewing.post(release_url(release, "send-back/"), {"text": "Mend it"})
    ask(reviewing, release)
    assert not Invitation.objects.exists()


# Opening them


def test_the_expert_reads_the_text_without_logging_in(link: str) -> None:
    response = Client().get(link)
    page = text_of(response)
    assert response.status_code == 200
    assert "Press with both hands." in page
    assert "Severe bleeding, stopped" in page
    assert "عنوان آخر" not in page


def test_nothing_of_it_is_kept_or_found_by_machines(link: str) -> None:
    response = Client().get(link)
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "noindex" in response.headers["X-Robots-Tag"]
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert '<meta name="robots" content="noindex">' in text_of(response)


def test_the_log_of_requests_does_not_hold_the_link(link: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    Client().get(link)
    told = [str(record.__dict__) for record in caplog.records if record.name == "portal.request"]
    assert told
    assert link.rstrip("/").rpartition("/")[2] not in " ".join(told)


def test_when_it_was_first_opened_is_kept(link: str, invitation: Invitation) -> None:
    Client().get(link)
    invitation.refresh_from_db()
    first = invitation.opened_at
    Client().get(link)
    invitation.refresh_from_db()
    assert first is not None
    assert invitation.opened_at == first


@pytest.mark.parametrize("token", ["x", "x.y", "a.b.c", "…", "1" * 300])
def test_a_made_up_link_opens_nothing(release: Release, token: str) -> None:
    response = Client().get(f"/en/expert/{token}/")
    assert response.status_code == 404
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "This link does not open" in text_of(response)


def test_a_key_with_another_signature_opens_nothing(invitation: Invitation) -> None:
    forged = signer.sign(f"{invitation.key}x").replace(":", ".").replace(f"{invitation.key}x", invitation.key)
    assert Client().get(f"/en/expert/{forged}/").status_code == 404


def test_an_expired_link_says_so(link: str, invitation: Invitation) -> None:
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    response = Client().get(link)
    assert (response.status_code, "Its time is over." in text_of(response)) == (410, True)


def test_a_link_that_was_taken_back_says_so(
    reviewing: Client, release: Release, link: str, invitation: Invitation
) -> None:
    reviewing.post(release_url(release, f"experts/{invitation.pk}/revoke/"))
    response = Client().get(link)
    assert (response.status_code, "has taken it back" in text_of(response)) == (410, True)
    assert AuditEntry.objects.filter(deed="release.expert_revoked").count() == 1


def test_a_text_that_is_being_changed_is_not_shown(reviewing: Client, release: Release, link: str) -> None:
    reviewing.post(release_url(release, "send-back/"), {"text": "Mend it"})
    response = Client().get(link)
    assert response.status_code == 410
    assert "has been changed since" in text_of(response)


def test_other_words_sent_again_need_another_link(
    reviewing: Client, writing: Client, release: Release, link: str
) -> None:
    reviewing.post(release_url(release, "send-back/"), {"text": "Mend it"})
    write(writing, en_title="Mended")
    page = writing.get(release_url(release, "edit/"))
    fields = {"title": "Again", "note": "", "picks": sorted(page.context["form"].ticked)}
    assert writing.post(release_url(release, "edit/"), fields).status_code == 302
    assert "has been changed since" in text_of(Client().get(link))


def test_the_same_words_sent_again_open_with_it(
    reviewing: Client, writing: Client, release: Release, link: str
) -> None:
    reviewing.post(release_url(release, "send-back/"), {"text": "Mend it"})
    page = writing.get(release_url(release, "edit/"))
    fields = {"title": "Again", "note": "", "picks": sorted(page.context["form"].ticked)}
    writing.post(release_url(release, "edit/"), fields)
    assert Client().get(link).status_code == 200


def test_a_link_to_what_is_published_says_that_the_review_is_over(
    reviewing: Client, release: Release, link: str
) -> None:
    publish(reviewing, release)
    assert "The review is over." in text_of(Client().get(link))


def test_who_asks_too_often_is_told_to_wait(link: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr("portal.studio.outside.views.MOST", 2)
    assert [Client().get(link).status_code for _each in range(3)] == [200, 200, 429]
    cache.clear()


# Saying what is wrong


def remark_of(client: Client, link: str, release: Release, text: str = "Ten minutes is too long.") -> Any:
    return client.post(f"{link}comment/", {"place": f"text-{the_revision(release).pk}-0", "text": text})


def test_what_the_expert_says_stands_beside_the_paragraph(reviewing: Client, release: Release, link: str) -> None:
    expert = Client()
    assert remark_of(expert, link, release).status_code == 302
    assert Comment.objects.get().guest == Invitation.objects.get()
    assert "Ten minutes is too long." in text_of(expert.get(link))
    page = text_of(reviewing.get(release_url(release)))
    assert "Ten minutes is too long." in page
    assert "Dr Salma" in page


def test_what_reviewers_say_among_themselves_is_not_shown(reviewing: Client, release: Release, link: str) -> None:
    place = f"text-{the_revision(release).pk}-0"
    reviewing.post(release_url(release, "remark/"), {"place": place, "text": "Between us"})
    reviewing.post(release_url(release, "comment/"), {"text": "Between us too"})
    assert "Between us" not in text_of(Client().get(link))


def test_a_remark_beside_nothing_is_refused_with_what_was_typed(release: Release, link: str) -> None:
    response = Client().post(f"{link}comment/", {"place": "text-1-99", "text": "Typed for an hour"})
    assert response.status_code == 409
    assert "Typed for an hour" in text_of(response)


# Signing


def sign(link: str, **fields: str) -> Any:
    return Client().post(f"{link}sign/", EXPERT | fields)


def test_the_signature_is_kept_and_shown_to_the_reviewer(reviewing: Client, release: Release, link: str) -> None:
    assert sign(link).status_code == 302
    signed = SignOff.objects.get()
    assert (signed.name, signed.title, signed.organisation) == (
        "Dr Salma Haddad",
        "Emergency physician",
        "Red Crescent",
    )
    assert signed.signed.get().revision == the_revision(release)
    assert "Signed by Dr Salma Haddad, Emergency physician" in text_of(reviewing.get(release_url(release)))
    assert AuditEntry.objects.get(deed="release.signed").detail["name"] == "Dr Salma Haddad"


def test_readers_see_who_signed_once_it_is_published(reviewing: Client, release: Release, link: str) -> None:
    sign(link)
    publish(reviewing, release)
    revision = the_revision(release)
    assert (revision.expert, revision.expert_title) == ("Dr Salma Haddad", "Emergency physician at Red Crescent")
    assert revision.expert_on == timezone.localdate()
    assert "Reviewed by Dr Salma Haddad (Emergency physician at Red Crescent)" in text_of(Client().get(COURSE_PAGE))


def test_the_other_language_is_not_signed_with_it(reviewing: Client, release: Release, link: str) -> None:
    sign(link)
    publish(reviewing, release)
    assert the_revision(release, "ar").expert == ""


def test_a_signature_falls_away_with_its_words(reviewing: Client, writing: Client, release: Release, link: str) -> None:
    sign(link)
    reviewing.post(release_url(release, "send-back/"), {"text": "Mend it"})
    write(writing, en_markdown="::: first\nPress with one hand.\n:::\n")
    page = writing.get(release_url(release, "edit/"))
    fields = {"title": "Again", "note": "", "picks": sorted(page.context["form"].ticked)}
    writing.post(release_url(release, "edit/"), fields)
    publish(reviewing, release)
    assert the_revision(release).expert == ""


def test_of_two_experts_the_last_one_stands_under_it(reviewing: Client, release: Release, link: str) -> None:
    sign(link)
    sign(link, name="Dr Omar Nasser")
    publish(reviewing, release)
    assert the_revision(release).expert == "Dr Omar Nasser"


def test_signing_twice_signs_once(link: str) -> None:
    assert [sign(link).status_code for _each in range(2)] == [302, 302]
    assert SignOff.objects.count() == 1


@pytest.mark.parametrize("missing", ["name", "title", "sure"])
def test_who_signs_says_who_they_are_and_that_they_have_read_it(link: str, missing: str) -> None:
    response = sign(link, **{missing: ""})
    assert response.status_code == 422
    assert "is-invalid" in text_of(response)
    assert not SignOff.objects.exists()


def test_nothing_is_signed_by_a_link_that_is_over(link: str) -> None:
    Invitation.objects.update(revoked_at=timezone.now())
    assert sign(link).status_code == 410
    assert not SignOff.objects.exists()


def test_a_form_from_elsewhere_signs_nothing(link: str) -> None:
    assert Client(enforce_csrf_checks=True).post(f"{link}sign/", EXPERT).status_code == 403


def test_in_arabic_readers_are_told_in_arabic(reviewing: Client, reviewer: User, release: Release) -> None:
    sign(path_of(invite(release, reviewer, "ar", 7)), name="د. سلمى", title="طبيبة طوارئ", organisation="الهلال الأحمر")
    publish(reviewing, release)
    assert the_revision(release, "ar").expert_title == "طبيبة طوارئ في الهلال الأحمر"
