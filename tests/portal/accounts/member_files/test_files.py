"""A table of members: looked at, seen, read in whole."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from portal.accounts.member_files.files import begin_reading, keep, look_again
from portal.accounts.member_files.plans import plan_of
from portal.accounts.member_files.storing import store
from portal.accounts.member_files.welcomes import send_some
from portal.accounts.models import (
    AuditEntry,
    MemberFile,
    MemberFileText,
    Membership,
    Organisation,
    Residence,
    User,
    WelcomeDue,
)
from tests.factories import MembershipFactory, RegionFactory, UserFactory
from tests.portal.accounts.guests import SCRIPT, confirmed, text_of
from tests.portal.accounts.organisations.conftest import TODAY, manager_of, member_of, organisation

pytestmark = pytest.mark.django_db
FILES = "/en/organisations/oak/members/file/"
HEAD = "email,phone,name,language,region,organisation\n"


def send(client: Client, text: str, **more: str) -> MemberFile:
    client.post(FILES, {"file": SimpleUploadedFile("members.csv", text.encode())} | more)
    return MemberFile.objects.latest("pk")


def read(client: Client, row: MemberFile, **more: str) -> Any:
    return client.post(f"{FILES}{row.pk}/read/", more, follow=True)


def found(row: MemberFile) -> dict[str, int]:
    row.refresh_from_db()
    return {name: row.found[name] for name in ("created", "joined", "already", "refused")}


def test_a_table_is_only_looked_at_first(alice: Client, oak: Organisation) -> None:
    UserFactory(email="omar@example.org")
    member_of(oak, "Maya")
    row = send(alice, HEAD + "salma@example.org,,,,,\nOMAR@example.org,,,,,\nmaya@example.org,,,,,\n")
    assert found(row) == {"created": 1, "joined": 1, "already": 1, "refused": 0}
    assert not User.objects.filter(email="salma@example.org").exists()
    assert Membership.objects.count() == 1
    page = text_of(alice.get(f"{FILES}{row.pk}/"))
    assert "Read it in" in page


def test_it_is_read_in_once_that_was_seen(alice: Client, oak: Organisation) -> None:
    RegionFactory(code="north")
    below = organisation("class", "Class", oak)
    row = send(alice, HEAD + "salma@example.org,+963933123456,سلمى,en,north,class\n")
    assert "The table was read in." in text_of(read(alice, row))
    user = User.objects.get(email="salma@example.org")
    assert (user.phone, user.display_name, user.language) == ("+963933123456", "سلمى", "en")
    assert (user.is_active, user.is_staff, user.has_usable_password(), user.theme) == (True, False, False, "auto")
    assert user.date_joined <= timezone.now()
    membership = Membership.objects.get(user=user)
    assert (membership.organisation, membership.from_day, membership.to_day) == (below, TODAY, None)
    assert Residence.objects.get(user=user).region.code == "north"
    entry = AuditEntry.objects.get()
    assert (entry.deed, entry.subject) == ("members.read", "oak")
    assert entry.detail == {"file": "members.csv", "total": 1, "created": 1, "joined": 0, "already": 0}
    assert not MemberFileText.objects.exists()


def test_who_has_an_account_keeps_what_they_say_of_themselves(alice: Client, oak: Organisation) -> None:
    user = UserFactory(email="omar@example.org", display_name="Omar", language="en")
    RegionFactory(code="north")
    read(alice, send(alice, HEAD + "omar@example.org,+963933123456,Another,ar,north,\n"))
    user.refresh_from_db()
    assert (user.display_name, user.language, user.phone) == ("Omar", "en", None)
    assert not Residence.objects.exists()
    assert Membership.objects.get().user == user


def test_somebody_is_known_by_another_confirmed_address_and_by_a_number(alice: Client, oak: Organisation) -> None:
    user = UserFactory(email="old@example.org", phone="+963933123456")
    confirmed(user)
    user.email = "new@example.org"
    user.save()
    row = send(alice, HEAD + "old@example.org,,,,,\n,+963933123456,,,,\n")
    assert found(row)["created"] == 0
    read(alice, row)
    assert Membership.objects.filter(user=user, to_day=None).count() == 1


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("gone@example.org,,,,,", "This account has been closed."),
        ("omar@example.org,+963933000000,,,,", "The address and the telephone number belong to two different people."),
        ("new@example.org,,,,,company", "“company” is neither this organisation nor one below it."),
    ],
)
def test_a_refused_line_stops_the_whole_table(
    alice: Client, oak: Organisation, company: Organisation, line: str, message: str
) -> None:
    UserFactory(email="gone@example.org", is_active=False)
    UserFactory(email="omar@example.org")
    UserFactory(email="maya@example.org", phone="+963933000000")
    row = send(alice, f"{HEAD}salma@example.org,,,,,\n{line}\n")
    assert found(row)["refused"] == 1
    assert row.found["faults"] == [[3, message]]
    page = text_of(read(alice, row))
    assert "1 line is refused. Nothing was changed." in page
    assert not User.objects.filter(email="salma@example.org").exists()
    assert not Membership.objects.exists()


def test_where_somebody_came_to_be_meanwhile_nothing_breaks(alice: Client, oak: Organisation) -> None:
    row = send(alice, HEAD + "salma@example.org,,,,,\nomar@example.org,,,,,\n")
    UserFactory(email="salma@example.org")
    read(alice, row)
    assert found(row) == {"created": 1, "joined": 1, "already": 0, "refused": 0}
    assert Membership.objects.count() == 2


def test_where_it_no_longer_goes_nothing_is_read_and_the_reason_is_shown(alice: Client, oak: Organisation) -> None:
    row = send(alice, HEAD + "salma@example.org,,,,,\nomar@example.org,,,,,\n")
    UserFactory(email="salma@example.org", is_active=False)
    read(alice, row)
    assert found(row)["refused"] == 1
    assert row.state == "seen"
    assert not Membership.objects.exists()


def test_a_table_is_read_in_once(alice: Client, oak: Organisation) -> None:
    row = send(alice, HEAD + "salma@example.org,,,,,\n")
    read(alice, row)
    assert "This file cannot be read in, or was read in already." in text_of(read(alice, row))
    assert Membership.objects.count() == 1


def test_two_who_store_the_same_plan_are_stopped_by_the_database(oak: Organisation) -> None:
    plan = plan_of((HEAD + "salma@example.org,,,,,\n").encode(), oak.pk)
    store(plan, TODAY, writes=False)
    with pytest.raises(IntegrityError):
        store(plan, TODAY, writes=False)


def test_a_table_is_looked_at_once_more_and_thrown_away(alice: Client, oak: Organisation) -> None:
    row = send(alice, HEAD + "salma@example.org,,,,,company2\n")
    organisation("company2", "New class", oak)
    read(alice, row, again="1")
    assert found(row)["refused"] == 0
    assert "Nothing was changed." in text_of(read(alice, row, discard="1"))
    assert not MemberFile.objects.exists()


def test_a_task_that_died_can_be_begun_again_after_a_while(oak: Organisation) -> None:
    user = manager_of(oak, "Carla")
    row = keep(SimpleUploadedFile("m.csv", b"email\nsalma@example.org\n"), oak.pk, user, writes=False)
    row.refresh_from_db()
    MemberFile.objects.filter(pk=row.pk).update(state="reading", changed_at=timezone.now())
    assert not begin_reading(row, "en")
    MemberFile.objects.filter(pk=row.pk).update(changed_at=timezone.now() - timedelta(minutes=11))
    assert begin_reading(row, "en")
    row.refresh_from_db()
    assert row.state == "done"
    look_again(row, "en")
    assert MemberFile.objects.get().state == "done"


def test_all_faults_can_be_downloaded_and_run_nothing(alice: Client, oak: Organisation) -> None:
    row = send(alice, HEAD + "".join(f"{number},,=1+1,,,\n" for number in range(60)))
    response = alice.get(f"{FILES}{row.pk}/faults/")
    rows = list(csv.reader(io.StringIO(text_of(response).lstrip("\ufeff"))))
    assert rows[0] == ["line", "what is wrong"]
    assert len(rows) == 121
    assert text_of(alice.get(f"{FILES}{row.pk}/")).count("<li>Line") == 100


def test_what_was_sent_runs_nothing(alice: Client, oak: Organisation) -> None:
    row = send(alice, f"email,{SCRIPT}\n")
    assert SCRIPT not in text_of(alice.get(f"{FILES}{row.pk}/"))


def test_the_sample_can_be_sent_as_it_is(alice: Client, oak: Organisation) -> None:
    for language in ("en", "ar"):
        sample = text_of(alice.get(f"/{language}/organisations/oak/members/file/sample/"))
        assert found(send(alice, sample)) == {"created": 1, "joined": 0, "already": 0, "refused": 0}


def test_how_far_it_is_can_be_asked(alice: Client, oak: Organisation) -> None:
    row = send(alice, HEAD + "salma@example.org,,,,,\n")
    assert alice.get(f"{FILES}{row.pk}/progress/").json() == {"state": "seen", "done": 0}
    MemberFile.objects.update(state="reading")
    assert "data-waiting" in text_of(alice.get(f"{FILES}{row.pk}/"))


def test_only_who_sent_it_sees_it(alice: Client, minister: Client, bob: Client, oak: Organisation) -> None:
    row = send(alice, HEAD + "salma@example.org,,,,,\n")
    for client in (minister, bob):
        for part in ("", "progress/", "faults/"):
            assert client.get(f"{FILES}{row.pk}/{part}").status_code == 404
        assert client.post(f"{FILES}{row.pk}/read/").status_code == 404
    assert bob.get(FILES).status_code == 404


def test_people_are_written_to_when_that_was_asked_for(
    alice: Client, oak: Organisation, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    row = send(alice, HEAD + "salma@example.org,,,en,,\n,+963933123456,,,,\n", writes="on")
    with django_capture_on_commit_callbacks(execute=True):
        read(alice, row)
    [letter] = mail.outbox
    assert (letter.to, letter.subject) == (["salma@example.org"], "Oak school has made an account for you")
    assert "/en/account/login/?email=salma%40example.org" in str(letter.body)
    assert not WelcomeDue.objects.exists()


def test_nobody_is_written_to_unasked(
    alice: Client, oak: Organisation, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    row = send(alice, HEAD + "salma@example.org,,,,,\n")
    with django_capture_on_commit_callbacks(execute=True):
        read(alice, row)
    assert mail.outbox == []
    assert not WelcomeDue.objects.exists()


def test_letters_go_out_some_at_a_time(
    oak: Organisation, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    plan = plan_of(("email\n" + "".join(f"p{number}@example.org\n" for number in range(5))).encode(), oak.pk)
    store(plan, TODAY, writes=True)
    with django_capture_on_commit_callbacks(execute=True):
        assert (send_some(3), len(mail.outbox)) == (3, 0)
    assert len(mail.outbox) == 3
    assert WelcomeDue.objects.count() == 2


def test_the_queries_grow_by_thousands_of_people_only(oak: Organisation, django_assert_max_num_queries: Any) -> None:
    for user in UserFactory.create_batch(5):
        MembershipFactory(user=user, organisation=oak)
    data = ("email\n" + "".join(f"p{number}@example.org\n" for number in range(2500))).encode()
    with django_assert_max_num_queries(20):
        plan = plan_of(data, oak.pk)
    with django_assert_max_num_queries(25):
        store(plan, TODAY, writes=True)
    assert (len(plan.new), Membership.objects.count()) == (2500, 2505)
