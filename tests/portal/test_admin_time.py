"""Staff grant more time, and stand for it in the audit log."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.models import AuditEntry
from quizzes.accommodations import choose, pace_of
from quizzes.models import Accommodation, Learner, Quiz
from tests.factories import LearnerFactory, UserFactory, check_of, published_lesson
from tests.portal.accounts.guests import text_of
from tests.portal.admin_pages import page, send

pytestmark = pytest.mark.django_db


def granted(administration: Client, **fields: str) -> Any:
    sent = {"who": "salma@example.org", "extra": "1.5", "from_day": "2026-01-01", "to_day": ""} | fields
    return administration.post(page(Accommodation, "add"), sent, follow=True)


def test_who_has_learned_nothing_yet_can_be_granted_time(administration: Client) -> None:
    salma = UserFactory(email="salma@example.org")
    assert granted(administration, who=" SALMA@example.org ").status_code == 200
    row = Accommodation.objects.get()
    assert row.learner == Learner.objects.get(user=salma)
    assert row.granted_by is not None
    assert pace_of(row.learner, timezone.localdate()).extra == Decimal("1.5")


def test_a_grant_and_a_change_stand_in_the_audit_log(administration: Client) -> None:
    salma = UserFactory(email="salma@example.org")
    granted(administration)
    send(administration, page(Accommodation, "change", Accommodation.objects.get().pk), {"to_day": "2026-02-01"})
    deeds = list(AuditEntry.objects.filter(subject=str(salma.pk)).order_by("pk").values_list("deed", "detail__to_day"))
    assert deeds == [("person.time_granted", ""), ("person.time_changed", "2026-02-01")]
    assert Accommodation.objects.get().to_day == date(2026, 2, 1)


def test_a_guest_is_found_by_their_key(administration: Client) -> None:
    guest = LearnerFactory()
    granted(administration, who=str(guest.pk), extra="")
    assert Accommodation.objects.get(learner=guest).extra is None


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"who": "nobody@example.org"}, "Nobody has this address or key."),
        ({"who": "00000000-0000-4000-8000-000000000000"}, "Nobody has this address or key."),
        ({"extra": "1"}, "Write more than 1 and at most 10"),
        ({"extra": "11"}, "Write more than 1 and at most 10"),
        ({"to_day": "2025-01-01"}, "This is before the first day."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(administration: Client, fields: dict[str, str], reason: str) -> None:
    UserFactory(email="salma@example.org")
    assert reason in text_of(granted(administration, **fields))
    assert not Accommodation.objects.exists()


def test_what_learners_choose_themselves_is_not_shown(administration: Client) -> None:
    learner = LearnerFactory()
    choose(learner, "10", timezone.localdate())
    assert str(learner.pk) not in text_of(administration.get(page(Accommodation, "changelist")))
    assert administration.get(page(Accommodation, "change", Accommodation.objects.get().pk)).status_code == 302


def test_a_grant_is_found_by_the_persons_address(administration: Client) -> None:
    UserFactory(email="salma@example.org")
    granted(administration)
    other = LearnerFactory()
    granted(administration, who=str(other.pk))
    found = text_of(administration.get(page(Accommodation, "changelist") + "?q=salma@example.org"))
    assert "salma@example.org" in found
    assert str(other.pk) not in found


@pytest.mark.parametrize(
    ("feedback", "due", "reason"),
    [("after_due", "", "Say from when on"), ("at_end", "2026-12-01", "Nothing waits for this day.")],
)
def test_a_due_date_stands_only_where_feedback_awaits_it(
    administration: Client, feedback: str, due: str, reason: str
) -> None:
    quiz = check_of(published_lesson())
    changed = {"feedback": feedback, "due_at_0": due, "due_at_1": "12:00:00" if due else ""}
    assert reason in text_of(send(administration, page(Quiz, "change", quiz.pk), changed))
    quiz.refresh_from_db()
    assert (quiz.feedback, quiz.due_at) == ("at_once", None)


def test_the_rules_of_a_check_are_set_here(administration: Client) -> None:
    quiz = check_of(published_lesson())
    changed = {"feedback": "after_due", "due_at_0": "2026-12-01", "due_at_1": "12:00:00", "confidence": "on"}
    send(administration, page(Quiz, "change", quiz.pk), changed | {"time_essential": "on"})
    quiz.refresh_from_db()
    assert (quiz.feedback, quiz.confidence, quiz.time_essential) == ("after_due", True, True)
    assert quiz.due_at
