"""The rules of how long, for what belongs to people and their learning; other rooms register theirs."""

from datetime import datetime
from typing import Any

from allauth.account.models import EmailConfirmation
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from portal.accounts import closing
from portal.accounts.models import AuditEntry, Look, MemberFile, PlacesFile
from portal.accounts.retention import Kept, Rule, of_rows, register
from quizzes.forgetting import forget_answers, old_answers
from quizzes.purging import idle_guests, purge_guests

ADDRESS_MONTHS, LOOK_MONTHS, LETTER_DAYS, TABLE_DAYS = 12, 24, 14, 2


def _addressed(before: datetime) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(at__lt=before, address__isnull=False)


def _take_addresses(rows: Any) -> int:
    return AuditEntry.objects.filter(pk__in=rows).update(address=None)


def _sessions(before: datetime) -> QuerySet[Session]:
    return Session.objects.filter(expire_date__lt=before)


def _confirmations(before: datetime) -> QuerySet[EmailConfirmation]:
    return EmailConfirmation.objects.filter(created__lt=before)


def _browsers(before: datetime) -> QuerySet[UserSession]:
    return UserSession.objects.filter(last_seen_at__lt=before)


def _looks(before: datetime) -> QuerySet[Look]:
    return Look.objects.filter(day__lt=timezone.localdate(before))


def _member_files(before: datetime) -> QuerySet[MemberFile]:
    return MemberFile.objects.filter(sent_at__lt=before)


def _places_files(before: datetime) -> QuerySet[PlacesFile]:
    return PlacesFile.objects.filter(sent_at__lt=before)


def _letters(before: datetime) -> QuerySet[DBTaskResult]:
    return DBTaskResult.objects.finished().filter(finished_at__lt=before)


def _closed(kept: Kept) -> Rule:
    return Rule(
        "accounts",
        kept,
        _("An account that was closed"),
        _("It is erased: name, addresses, answers and hours."),
        lambda now: closing.due(timezone.localdate(now)).count(),
        lambda now: closing.erase_due(timezone.localdate(now)),
    )


def _guests(kept: Kept) -> Rule:
    return Rule(
        "guests",
        kept,
        _("What a guest who does not come back has done"),
        _("Answers and hours are erased; a count without a name stays."),
        lambda now: idle_guests(timezone.localdate(kept.until(now))).count(),
        lambda now: purge_guests(kept.days, timezone.localdate(now)),
    )


def register_all() -> None:
    register(_closed(Kept(days=settings.ERASE_DAYS)))
    register(_guests(Kept(days=settings.GUEST_DAYS)))
    register(
        of_rows(
            "answers",
            Kept(months=settings.ANSWER_MONTHS),
            _("What exactly you answered"),
            _("The answer goes; the share of the points that it earned stays, and with it your progress."),
            old_answers,
            forget_answers,
        )
    )
    register(
        of_rows(
            "log_addresses",
            Kept(months=ADDRESS_MONTHS),
            _("From which network address something was done"),
            _("The address is taken out of the log; what was done stays."),
            _addressed,
            _take_addresses,
        )
    )
    register(of_rows("looks", Kept(months=LOOK_MONTHS), _("Who looked at your results"), _("It is deleted."), _looks))
    register(of_rows("sessions", Kept(), _("Being logged in in a browser"), _("It is deleted."), _sessions))
    confirmations = Kept(days=30)
    register(
        of_rows(
            "confirmations",
            confirmations,
            _("Links that confirm an e-mail address"),
            _("They are deleted."),
            _confirmations,
        )
    )
    register(
        of_rows(
            "letters",
            Kept(days=LETTER_DAYS),
            _("Letters that were sent, and other finished tasks"),
            _("They are deleted."),
            _letters,
        )
    )
    browsers = Kept(days=settings.SESSION_COOKIE_AGE // (60 * 60 * 24))
    of_browsers = _("Where you were logged in: browser, network address and day")
    register(of_rows("browsers", browsers, of_browsers, _("It is deleted."), _browsers))
    tables = Kept(days=TABLE_DAYS)
    register(of_rows("member_files", tables, _("Tables of members"), _("They are deleted."), _member_files))
    register(of_rows("places_files", tables, _("Tables of places"), _("They are deleted."), _places_files))
