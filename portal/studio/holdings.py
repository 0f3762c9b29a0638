"""What the studio holds about a person: their releases, what they said about others', when they were reminded."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from portal.accounts.holdings import Row
from portal.accounts.holdings import register as hold
from portal.accounts.models import User
from portal.accounts.retention import Kept, Rule
from portal.accounts.retention import register as retain
from portal.studio.keeping.copies import DAYS, purge
from portal.studio.models import Comment, Invitation, Release, ReviewLetter, Tick, WorkingCopy


def _releases(user: User) -> Iterable[Row]:
    return Release.objects.filter(author=user).order_by("pk").values("title", "note", "state", "created_at")


def _comments(user: User) -> Iterable[Row]:
    return Comment.objects.filter(author=user).order_by("pk").values("release__title", "text", "at")


def _review_letters(user: User) -> Iterable[Row]:
    return ReviewLetter.objects.filter(person=user, sent_on__isnull=False).values("sent_on")


def _working_copies(user: User) -> Iterable[Row]:
    rows = WorkingCopy.objects.filter(person=user).exclude(saved_at=None).order_by("pk")
    return rows.values("place", "typed", "saved_at", of_lesson=F("lesson__key"))


def _ticks(user: User) -> Iterable[Row]:
    return Tick.objects.filter(person=user).order_by("pk").values("release__title", "point", "at")


def _invitations(user: User) -> Iterable[Row]:
    rows = Invitation.objects.filter(made_by=user).order_by("pk")
    return rows.values("release__title", "language", "made_at", "expires_at", "revoked_at")


def _untouched(now: datetime) -> int:
    return WorkingCopy.objects.filter(seen_at__lt=now - timedelta(days=DAYS)).count()


def register() -> None:
    hold("releases", _releases, _("The releases you made."))
    hold("comments", _comments, _("What you said about releases."))
    hold("working_copies", _working_copies, _("What you typed in the studio and have not saved."))
    hold("ticks", _ticks, _("What you ticked as looked at in releases."))
    hold("invitations", _invitations, _("The links that you made for experts."))
    hold("review_letters", _review_letters, _("When you were last written to about lessons to review."))
    unsaved = _("What was typed in the studio and never saved")
    retain(Rule("working_copies", Kept(days=DAYS), unsaved, _("It is deleted."), _untouched, lambda now: purge()))
