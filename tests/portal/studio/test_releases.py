"""A release is reviewed by somebody else and goes out whole, once."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone
from django.utils.translation import override
from zeal import zeal_context

from lessons import stamp
from lessons.models import LocalFactValue, Revision, State
from lessons.readiness import NotReady
from portal.accounts.models import AuditEntry, User
from portal.studio.models import Comment, Release
from portal.studio.refusals import (
    CommentMissing,
    NothingInIt,
    OwnWork,
    ReleaseError,
    TakenAlready,
    TimePast,
    WrongState,
)
from portal.studio.releases import (
    publish,
    publish_due,
    publish_package,
    reasons_against,
    schedule,
    send_back,
    submit,
    withdraw,
)
from quizzes.models import QuestionText, QuestionVersion
from tests.factories import (
    LocalFactFactory,
    ReleaseFactory,
    RevisionFactory,
    UserFactory,
    draft_question,
    published_course,
    published_lesson,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 1, 8, tzinfo=UTC)
READY = "::: first\nPress hard.\n:::\n"


def a_release(markdown: str = READY, author: User | None = None) -> Release:
    """A lesson's new text in two languages and a new question, in one release."""
    author = author or UserFactory()
    lesson = published_lesson(f"lesson-{Release.objects.count()}")
    release: Release = ReleaseFactory(author=author)
    for text in lesson.texts.all():
        release.revisions.add(RevisionFactory(text=text, number=2, author=author, markdown=markdown))
    version = draft_question(author=author)
    release.versions.add(version)
    release.texts.add(*version.texts.all())
    return release


def submitted(**fields: Any) -> Release:
    release = a_release(**fields)
    assert release.author
    submit(release, release.author)
    return release


def states(release: Release) -> set[str]:
    """The states of everything in it."""
    return {
        state
        for part in (release.revisions, release.versions, release.texts, release.editions)
        for state in part.values_list("state", flat=True)
    }


def test_what_is_sent_to_review_waits_there() -> None:
    release = submitted()
    assert (release.state, states(release)) == (Release.State.IN_REVIEW, {State.IN_REVIEW})
    assert release.submitted_at is not None


def test_another_person_publishes_all_of_it() -> None:
    release, reviewer = submitted(), UserFactory()
    publish(release, reviewer, NOW)
    release.refresh_from_db()
    assert (release.state, release.reviewer, release.published_at) == (Release.State.PUBLISHED, reviewer, NOW)
    assert states(release) == {State.PUBLISHED}
    revision = release.revisions.first()
    assert revision is not None
    assert (revision.reviewer, revision.published_at) == (reviewer, NOW)


def test_the_author_does_not_publish_their_own() -> None:
    release = submitted()
    assert release.author
    with override("en"), pytest.raises(OwnWork, match="Somebody else must review this"):
        publish(release, release.author, NOW)
    assert states(release) == {State.IN_REVIEW}


def test_who_wrote_a_part_does_not_review_the_whole() -> None:
    release, helper = a_release(), UserFactory()
    Revision.objects.filter(pk=release.revisions.first().pk).update(author=helper)  # type: ignore[union-attr]
    assert release.author
    submit(release, release.author)
    for deed in (
        lambda: publish(release, helper, NOW),
        lambda: send_back(release, helper, "No."),
        lambda: schedule(release, helper, timezone.now() + timedelta(days=1)),
    ):
        with pytest.raises(OwnWork):
            deed()


def test_publishing_twice_happens_once() -> None:
    release = submitted()
    publish(release, UserFactory(), NOW)
    with override("en"), pytest.raises(WrongState, match="This release is now: Published"):
        publish(release, UserFactory(), NOW + timedelta(hours=1))
    release.refresh_from_db()
    assert release.published_at == NOW


def test_an_old_page_cannot_bring_back_what_has_moved_on() -> None:
    release = submitted()
    old = Release.objects.get(pk=release.pk)
    publish(release, UserFactory(), NOW)
    for deed in (
        lambda: send_back(old, UserFactory(), "No."),
        lambda: withdraw(old, UserFactory()),
        lambda: submit(old, UserFactory()),
    ):
        with pytest.raises(WrongState):
            deed()


def test_a_deleted_release_is_gone() -> None:
    release = submitted()
    Release.objects.get(pk=release.pk).delete()
    with override("en"), pytest.raises(WrongState, match="deleted"):
        publish(release, UserFactory(), NOW)


def test_one_fault_holds_all_of_it_back() -> None:
    release = submitted()
    broken = release.revisions.last()
    assert broken is not None
    Revision.objects.filter(pk=broken.pk).update(markdown="# No")
    with pytest.raises(NotReady) as error:
        publish(release, UserFactory(), NOW)
    assert {reason.subject for reason in error.value.reasons} == {broken}
    assert states(release) == {State.IN_REVIEW}
    assert Revision.objects.filter(state=State.PUBLISHED, number=2).count() == 0


def test_what_is_not_ready_is_not_sent_to_review() -> None:
    release = a_release(markdown="# No")
    assert release.author
    with pytest.raises(NotReady) as error:
        submit(release, release.author)
    assert len(error.value.reasons) == 4
    assert reasons_against(release) == error.value.reasons
    assert states(release) == {State.DRAFT}


def test_an_empty_release_is_not_sent_to_review() -> None:
    release = ReleaseFactory()
    with override("en"), pytest.raises(NothingInIt, match="Choose at least one draft"):
        submit(release, release.author)


def test_a_draft_is_in_one_review_at_a_time() -> None:
    release = submitted()
    other: Release = ReleaseFactory(author=release.author)
    other.revisions.set(release.revisions.all())
    with override("en"), pytest.raises(TakenAlready, match="in review or published already"):
        submit(other, UserFactory())


def test_sending_back_needs_a_word_of_why() -> None:
    release = submitted()
    with override("en"), pytest.raises(CommentMissing):
        send_back(release, UserFactory(), "  ")
    assert release.comments.count() == 0


def test_what_is_sent_back_can_be_changed_and_sent_again() -> None:
    release, reviewer = submitted(), UserFactory()
    send_back(release, reviewer, " The depth is 5–6 cm. ")
    comment = Comment.objects.get()
    assert (comment.author, comment.text, comment.sent_back) == (reviewer, "The depth is 5–6 cm.", True)
    assert (release.state, states(release)) == (Release.State.DRAFT, {State.DRAFT})
    assert release.author
    submit(release, release.author)
    assert release.state == Release.State.IN_REVIEW


def test_what_is_withdrawn_frees_its_drafts_for_another_release() -> None:
    release = submitted()
    assert release.author
    withdraw(release, release.author)
    assert (release.state, states(release)) == (Release.State.WITHDRAWN, {State.DRAFT})
    other: Release = ReleaseFactory(author=release.author)
    other.revisions.set(release.revisions.all())
    submit(other, release.author)


def test_a_scheduled_release_goes_out_at_its_time_and_once() -> None:
    release, reviewer = submitted(), UserFactory()
    at = timezone.now() + timedelta(hours=1)
    schedule(release, reviewer, at)
    assert release.state == Release.State.APPROVED
    assert publish_due(at - timedelta(seconds=1)) == []
    assert publish_due(at) == [release]
    assert publish_due(at) == []
    release.refresh_from_db()
    assert (release.state, release.reviewer, release.published_at) == (Release.State.PUBLISHED, reviewer, at)


def test_a_scheduled_release_may_go_out_at_once_or_come_back() -> None:
    release, other = submitted(), submitted()
    for each in (release, other):
        schedule(each, UserFactory(), timezone.now() + timedelta(hours=1))
    publish(release, UserFactory(), NOW)
    send_back(other, UserFactory(), "Wait.")
    assert (other.state, other.publish_at, other.reviewer) == (Release.State.DRAFT, None, None)
    assert publish_due(timezone.now() + timedelta(days=1)) == []


def test_a_time_that_is_over_is_refused() -> None:
    with pytest.raises(TimePast):
        schedule(submitted(), UserFactory(), timezone.now() - timedelta(seconds=1))


def test_a_release_that_cannot_go_out_at_its_time_holds_up_no_other() -> None:
    broken, good = submitted(), submitted()
    at = timezone.now() + timedelta(hours=1)
    for each in (broken, good):
        schedule(each, UserFactory(), at)
    Revision.objects.filter(releases=broken).update(markdown="# No")
    with override("en"):
        assert publish_due(at) == [good]
    broken.refresh_from_db()
    assert (broken.state, broken.publish_at) == (Release.State.IN_REVIEW, None)
    assert broken.comments.get().text.startswith(
        "It could not be published at its time.\nStop the bleeding (2): line 1:"
    )


def test_a_package_goes_out_without_review() -> None:
    release = a_release()
    publish_package(release, NOW)
    assert (release.state, release.reviewer, states(release)) == (Release.State.PUBLISHED, None, {State.PUBLISHED})


def test_a_release_under_review_is_no_package() -> None:
    with pytest.raises(WrongState):
        publish_package(submitted(), NOW)


def test_a_local_fact_goes_out_in_a_release() -> None:
    release = ReleaseFactory()
    value = LocalFactValue.objects.create(fact=LocalFactFactory(), value="112", author=release.author)
    release.facts.add(value)
    submit(release, release.author)
    publish(release, UserFactory(), NOW)
    value.refresh_from_db()
    assert value.state == State.PUBLISHED


def test_a_course_goes_out_with_its_lessons_in_one_release() -> None:
    edition = published_course(lessons=[published_lesson()])
    number_two = edition.course.editions.create(number=2, label="2", minutes=5, source_language="en")
    number_two.texts.create(language="en", title="First aid", summary="")
    module = number_two.modules.create(key="M1", position=1)
    module.texts.create(language="en", title="Begin")
    new = RevisionFactory(number=1, markdown=READY)
    number_two.placements.create(module=module, lesson=new.text.lesson, position=1)
    release = ReleaseFactory()
    release.revisions.add(new)
    release.editions.add(number_two)
    submit(release, release.author)
    publish(release, UserFactory(), NOW)
    edition.refresh_from_db()
    assert edition.state == State.SUPERSEDED


def test_every_deed_is_written_down() -> None:
    release, reviewer = submitted(), UserFactory()
    send_back(release, reviewer, "No.")
    assert release.author
    submit(release, release.author)
    schedule(release, reviewer, timezone.now() + timedelta(hours=1))
    publish(release, reviewer, NOW)
    entries = AuditEntry.objects.order_by("pk").values_list("deed", "actor")
    assert list(entries) == [
        ("release.submitted", release.author.pk),
        ("release.sent_back", reviewer.pk),
        ("release.submitted", release.author.pk),
        ("release.scheduled", reviewer.pk),
        ("release.published", reviewer.pk),
    ]


def test_publishing_touches_the_stamp_on_commit(django_capture_on_commit_callbacks: Any) -> None:
    release, before = submitted(), stamp.current()
    with django_capture_on_commit_callbacks(execute=True):
        publish(release, UserFactory(), NOW)
        assert stamp.current() == before
    assert stamp.current() != before


def test_publishing_asks_no_question_a_draft_again_and_again() -> None:
    release = submitted()
    with zeal_context():
        publish(release, UserFactory(), NOW)


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_two_reviewers_at_once_publish_once() -> None:
    release = submitted()
    reviewers, outcomes, together = [UserFactory(), UserFactory()], list[str](), Barrier(2)

    def press(reviewer: User) -> None:
        mine = Release.objects.get(pk=release.pk)
        together.wait(timeout=10)
        try:
            publish(mine, reviewer, timezone.now())
            outcomes.append("published")
        except ReleaseError as error:
            outcomes.append(type(error).__name__)
        finally:
            connections.close_all()

    threads = [Thread(target=press, args=(reviewer,)) for reviewer in reviewers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(outcomes) == ["WrongState", "published"]
    assert AuditEntry.objects.filter(deed="release.published").count() == 1
    assert Revision.objects.filter(number=2, state=State.PUBLISHED).count() == 2
    assert QuestionVersion.objects.filter(state=State.PUBLISHED).count() == 1
    assert QuestionText.objects.filter(state=State.PUBLISHED).count() == 2
