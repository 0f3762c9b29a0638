"""Releases: what was written together is reviewed together, by somebody else, and goes out together.

    draft ── submit ──▶ in review ── publish ──▶ published
      ▲                     │  └── schedule ──▶ approved ── its time comes ──▶ published
      └──── send_back ──────┘          withdraw: in review or approved ──▶ withdrawn, its drafts are free again

Every deed locks the release first, so two people who do the same at once do it once. What is refused is a
`refusals.ReleaseError`, or NotReady with its reasons.
"""

import logging
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lessons import due, stamp
from lessons.models import PROFILE_FACT, State
from lessons.publishing import (
    publish_edition,
    publish_fact_value,
    publish_revisions,
    reasons_against_edition,
    reasons_against_fact_values,
    reasons_against_revisions,
)
from lessons.readiness import NotReady, Reason, refuse
from portal.accounts.audit import record
from portal.accounts.models import User
from portal.studio.contents import Contents, parts
from portal.studio.courses.readiness import reasons_against_checks
from portal.studio.models import Comment, Release
from portal.studio.news import tell_who_took_part
from portal.studio.outside.signing import sign_revisions
from portal.studio.refusals import CommentMissing, NothingInIt, OwnWork, TakenAlready, TimePast, WrongState
from portal.studio.review.remarks import open_remarks
from portal.studio.review.ticks import forget
from quizzes.profiles import reasons_against_quizzes
from quizzes.publishing import (
    publish_texts,
    publish_versions,
    reasons_against_final,
    reasons_against_texts,
    reasons_against_versions,
)

logger = logging.getLogger(__name__)
UNDER_WAY = (Release.State.IN_REVIEW, Release.State.APPROVED)


def reasons_against(release: Release) -> list[Reason]:
    """Everything that keeps the release from going out; [] when it is ready."""
    contents = Contents.of(release)
    coming = {revision.text.lesson_id for revision in contents.revisions}
    return [
        *reasons_against_fact_values(contents.facts, contents.revisions),
        *reasons_against_revisions(contents.revisions),
        *reasons_against_texts(contents.texts),
        *reasons_against_versions(contents.versions, contents.texts),
        *(reason for edition in contents.editions for reason in reasons_against_edition(edition, coming)),
        *reasons_against_checks(contents.revisions, contents.editions, contents.versions),
    ]


@transaction.atomic
def submit(release: Release, by: User) -> None:
    """Send it to review, its drafts with it; raises NotReady, NothingInIt, TakenAlready or WrongState."""
    _expect(release, Release.State.DRAFT)
    if not any(part.exists() for part in parts(release)):
        raise NothingInIt(_("There is nothing in this release yet. Choose at least one draft."))
    _refuse_what_is_taken(release)
    refuse(reasons_against(release))
    _move(release, State.IN_REVIEW)
    _save(release, state=Release.State.IN_REVIEW, submitted_at=timezone.now())
    record(by, "release.submitted", release, release=release.pk)


@transaction.atomic
def withdraw(release: Release, by: User) -> None:
    """Take it out of review for good; its drafts can be edited, and put into another release. Raises WrongState."""
    _expect(release, *UNDER_WAY)
    _move(release, State.DRAFT)
    _save(release, state=Release.State.WITHDRAWN, publish_at=None, reviewer=None)
    forget(release)
    record(by, "release.withdrawn", release, release=release.pk)


@transaction.atomic
def send_back(release: Release, by: User, comment: str) -> None:
    """Give it back to its author with a word of why; raises CommentMissing, OwnWork or WrongState."""
    _expect(release, *UNDER_WAY)
    _expect_another(release, by)
    said = comment.strip() or _said_beside(release)
    if not said:
        raise CommentMissing(_("Say what is to be changed, so that the author knows."))
    _move(release, State.DRAFT)
    _save(release, state=Release.State.DRAFT, publish_at=None, reviewer=None)
    forget(release)
    Comment.objects.create(release=release, author=by, text=said, sent_back=True)
    record(by, "release.sent_back", release, release=release.pk)


def _said_beside(release: Release) -> str:
    """What stands for a word of why where there are open remarks; empty where there is none."""
    count = open_remarks().filter(release=release).count()
    message = ngettext("See the remark beside the text.", "See the %(count)s remarks beside the text.", count)
    return message % {"count": count} if count else ""


@transaction.atomic
def schedule(release: Release, by: User, at: datetime) -> None:
    """Approve it, to go out at that time; raises TimePast, NotReady, OwnWork or WrongState."""
    _expect(release, *UNDER_WAY)
    _expect_another(release, by)
    if at <= timezone.now():
        raise TimePast(_("This time is over already. Choose a later one, or publish now."))
    refuse(reasons_against(release))
    _save(release, state=Release.State.APPROVED, reviewer=by, publish_at=at)
    _note_what_is_due_next()
    record(by, "release.scheduled", release, release=release.pk, at=at.isoformat())


@transaction.atomic
def expect_reviewed_by(release: Release, by: User) -> None:
    """Raises WrongState where it is not under review, OwnWork where this person wrote part of it."""
    _expect(release, *UNDER_WAY)
    _expect_another(release, by)


@transaction.atomic
def publish(release: Release, by: User, now: datetime) -> None:
    """Everything in it goes out, or nothing does; raises NotReady, OwnWork or WrongState."""
    _expect(release, *UNDER_WAY)
    _expect_another(release, by)
    _let_out(release, by, now)


@transaction.atomic
def publish_package(release: Release, now: datetime) -> None:
    """A package's release goes out without review: whoever reads a package in answers for it. Raises NotReady."""
    _expect(release, Release.State.DRAFT)
    _let_out(release, None, now)


def publish_due(now: datetime) -> list[Release]:
    """Publish what was approved for a time that has come; returns what went out. Doing it again does nothing.

    A release that has become unpublishable goes back to review with the reasons as a comment, and holds up no other.
    """
    waiting = Release.objects.filter(state=Release.State.APPROVED, publish_at__lte=now)
    published = [release for release in waiting.order_by("publish_at", "pk") if _publish_one_due(release, now)]
    _note_what_is_due_next()
    return published


def _note_what_is_due_next() -> None:
    waiting = Release.objects.filter(state=Release.State.APPROVED)
    due.set_next(waiting.aggregate(next=models.Min("publish_at"))["next"])


def _publish_one_due(release: Release, now: datetime) -> bool:
    try:
        with transaction.atomic():
            _expect(release, Release.State.APPROVED)
            _let_out(release, release.reviewer, now)
    except WrongState:
        return False
    except NotReady as error:
        logger.warning("release not ready at its time", extra={"release": release.pk})
        _back_to_review(release, error)
        return False
    return True


@transaction.atomic
def _back_to_review(release: Release, error: NotReady) -> None:
    _expect(release, Release.State.APPROVED)
    _save(release, state=Release.State.IN_REVIEW, reviewer=None, publish_at=None)
    text = _("It could not be published at its time.")
    Comment.objects.create(release=release, author=None, text=f"{text}\n{error}")


def _let_out(release: Release, by: User | None, now: datetime) -> None:
    """Words before what needs them: texts before versions, lessons before courses."""
    contents = Contents.of(release)
    if by is not None:
        for part in parts(release):
            part.update(reviewer=by)
    sign_revisions(release, contents.revisions)
    for value in contents.facts:
        publish_fact_value(value, now, contents.revisions)
    publish_revisions(contents.revisions, now)
    publish_texts(contents.texts, now)
    publish_versions(contents.versions, now)
    refuse(reasons_against_checks(contents.revisions, contents.editions))
    if any(value.fact.key == PROFILE_FACT for value in contents.facts):
        refuse(reasons_against_quizzes())
    for edition in contents.editions:
        refuse(reasons_against_final(edition))
        publish_edition(edition, now)
    _save(release, state=Release.State.PUBLISHED, reviewer=by, published_at=now)
    stamp.touch()
    record(by, "release.published", release, release=release.pk)
    tell_who_took_part(release)


def _expect(release: Release, *states: Release.State) -> None:
    """Lock the release and read it anew; raises WrongState where it is in none of these states."""
    fresh = Release.objects.select_for_update().filter(pk=release.pk).first()
    if fresh is None or fresh.state not in states:
        label = fresh.get_state_display() if fresh else _("deleted")
        raise WrongState(_("This release is now: %(state)s. Load the page again.") % {"state": label})
    release.refresh_from_db()


def _expect_another(release: Release, by: User) -> None:
    authors = {release.author_id}.union(*(part.values_list("author", flat=True) for part in parts(release)))
    if by.pk in authors:
        raise OwnWork(_("Somebody else must review this: you wrote it, or part of it, yourself."))


def _refuse_what_is_taken(release: Release) -> None:
    """A draft is under review in one release at a time."""
    for part in parts(release):
        if taken := part.exclude(state=State.DRAFT).first():
            message = _("“%(draft)s” is in review or published already. Take it out of this release.")
            raise TakenAlready(message % {"draft": taken})


def _move(release: Release, state: State) -> None:
    for part in parts(release):
        part.update(state=state)


def _save(release: Release, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(release, name, value)
    release.save(update_fields=list(fields))
