import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, transaction
from django.test import RequestFactory

from portal.accounts.audit import record
from portal.accounts.models import AuditEntry
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_a_deed_in_a_request_is_written_down_with_who_and_from_where(rf: RequestFactory) -> None:
    request = rf.get("/", REMOTE_ADDR="192.0.2.7")
    request.user = UserFactory()
    record(request, "report.exported", "ES-1", rows=12)
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.address) == (request.user, "192.0.2.7")
    assert (entry.deed, entry.subject, entry.detail) == ("report.exported", "ES-1", {"rows": 12})


def test_a_deed_of_a_person_outside_a_request_has_no_address() -> None:
    user = UserFactory()
    entry = record(user, "release.published", 7)
    assert (entry.actor, entry.address, entry.subject) == (user, None, "7")


def test_a_deed_of_the_portal_itself_has_no_actor() -> None:
    assert record(None, "release.published").actor is None


def test_a_deed_of_a_guest_has_no_actor(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = AnonymousUser()
    assert record(request, "tried").actor is None


def test_a_long_subject_is_cut() -> None:
    assert len(record(None, "tried", "x" * 500).subject) == 200


@pytest.mark.parametrize("deed", ["update", "delete"])
def test_the_log_can_only_be_added_to(deed: str) -> None:
    record(None, "tried")
    entries = AuditEntry.objects.all()
    with pytest.raises(DatabaseError), transaction.atomic():
        entries.update(deed="other") if deed == "update" else entries.delete()
    assert AuditEntry.objects.get().deed == "tried"
