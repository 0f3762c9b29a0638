"""What is kept for a time goes when its time is over, a batch at a time, and nothing before."""

import io
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress, EmailConfirmation
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.utils import timezone
from django.utils.translation import override

from portal.accounts import retention
from portal.accounts.closing import close
from portal.accounts.models import AuditEntry, Look, User
from portal.accounts.retention import Kept, apply_all, of_rows, rules, would_go
from portal.exchange.models import WaitingPackage
from portal.studio.models import WorkingCopy
from tests.factories import LessonFactory, UserFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def ago(days: int) -> Any:
    return NOW - timedelta(days=days)


def addressed(days: int) -> AuditEntry:
    entry = AuditEntry(deed="log_in.done", address="192.0.2.7")
    AuditEntry.at.field.auto_now_add = False
    try:
        entry.at = ago(days)
        entry.save()
    finally:
        AuditEntry.at.field.auto_now_add = True
    return entry


def test_each_rule_says_what_is_kept_for_how_long_and_what_happens_then() -> None:
    with override("en"):
        for rule in rules():
            assert str(rule.what)
            assert str(rule.then).endswith(".")
            assert rule.kept.words


@pytest.mark.parametrize(
    ("kept", "words"),
    [(Kept(months=24), "24 months"), (Kept(days=1), "1 day"), (Kept(), "until its time is over")],
)
def test_how_long_is_said_in_words(kept: Kept, words: str) -> None:
    with override("en"):
        assert kept.words == words


def test_addresses_leave_the_log_after_a_year_and_the_deed_stays() -> None:
    old, young = addressed(366), addressed(364)
    assert would_go(NOW, "log_addresses") == {"log_addresses": 1}
    assert apply_all(NOW, "log_addresses") == {"log_addresses": 1}
    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.address, old.deed, young.address) == (None, "log_in.done", "192.0.2.7")


def test_sessions_that_are_over_go() -> None:
    for key, days in (("over", 1), ("holds", -1)):
        Session.objects.create(session_key=key, session_data="x", expire_date=ago(days))
    apply_all(NOW, "sessions")
    assert Session.objects.get().session_key == "holds"


def test_links_that_confirm_an_address_go_after_a_month() -> None:
    user = UserFactory()
    address = EmailAddress.objects.create(user=user, email=user.email)
    for key, days in (("old", 31), ("new", 29)):
        EmailConfirmation.objects.create(email_address=address, key=key, created=ago(days))
    apply_all(NOW, "confirmations")
    assert EmailConfirmation.objects.get().key == "new"


def test_looks_go_after_two_years() -> None:
    for days in (729, 740):
        Look.objects.create(day=timezone.localdate(ago(days)), page="organisation", person=UserFactory())
    apply_all(NOW, "looks")
    assert Look.objects.get().day == timezone.localdate(ago(729))


def test_packages_that_waited_and_words_that_nobody_saved_go() -> None:
    WaitingPackage.objects.create(sent_by=UserFactory(), name="old.zip", size=1)
    WaitingPackage.objects.update(sent_at=ago(2))
    copy = WorkingCopy(person=UserFactory(), lesson=LessonFactory(), seen_at=ago(91), saved_at=ago(91))
    WorkingCopy.objects.bulk_create([copy])
    apply_all(NOW)
    assert not WaitingPackage.objects.exists()
    assert not WorkingCopy.objects.exists()


def test_closed_accounts_are_erased_when_their_day_has_come() -> None:
    user = UserFactory()
    close(user)
    apply_all(NOW + timedelta(days=13))
    assert User.objects.exists()
    apply_all(NOW + timedelta(days=15))
    assert not User.objects.exists()


def test_many_go_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "BATCH", 3)
    Session.objects.bulk_create(
        [Session(session_key=str(at), session_data="x", expire_date=ago(1)) for at in range(10)]
    )
    assert apply_all(NOW, "sessions") == {"sessions": 10}
    assert apply_all(NOW, "sessions") == {"sessions": 0}


def test_what_a_rule_cannot_end_does_not_keep_it_going_for_ever() -> None:
    Session.objects.create(session_key="stays", session_data="x", expire_date=ago(1))
    rule = of_rows("stuck", Kept(), "", "", lambda before: Session.objects.all(), lambda ids: None)
    assert rule.apply(NOW) == 1


def said(*args: str) -> str:
    out = io.StringIO()
    call_command("apply_retention", *args, stdout=out)
    return out.getvalue()


def test_a_dry_run_says_what_would_go_and_leaves_it() -> None:
    Session.objects.create(session_key="over", session_data="x", expire_date=ago(1))
    assert "sessions: 1 would go" in said("--dry-run")
    assert Session.objects.exists()
    assert said("--only", "sessions") == "sessions: 1 gone\n"
    assert not Session.objects.exists()


def test_an_unknown_rule_is_refused_with_those_there_are() -> None:
    with pytest.raises(CommandError, match="accounts, guests, answers"):
        said("--only", "nothing")


def test_the_public_page_shows_every_rule(client: Any) -> None:
    page = client.get("/en/privacy/").content.decode()
    with override("en"):
        missing = [rule.name for rule in rules() if str(rule.what) not in page.replace("&#x27;", "'")]
    assert missing == []
