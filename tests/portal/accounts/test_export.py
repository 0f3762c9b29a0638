"""A person downloads everything the portal holds about them, and nothing of anybody else."""

import csv
import io
import json
from datetime import date
from typing import Any
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.test import Client

from portal.accounts import holdings
from portal.accounts.audit import record
from portal.accounts.models import User
from portal.studio.models import Comment
from quizzes.accommodations import choose
from quizzes.learners import merge
from quizzes.models import Accommodation, Learner
from tests.factories import (
    GAPS,
    MATCHING,
    SHORT,
    LearnerFactory,
    MembershipFactory,
    RegionFactory,
    ReleaseFactory,
    UserFactory,
    check_of,
    published_course,
    published_lesson,
)
from tests.portal.accounts.guests import confirmed, log_in
from tests.quizzes.sitting import sit

pytestmark = pytest.mark.django_db
EXPORT = "/en/account/my-data/"


@pytest.fixture
def salma(client: Client) -> User:
    user = confirmed(UserFactory(email="salma@example.org", display_name="سلمى"))
    log_in(client, "salma@example.org")
    client.post("/en/account/reauthenticate/", {"password": "a-long-password"})
    return user


def downloaded(client: Client) -> ZipFile:
    response = client.get(EXPORT)
    assert response.status_code == 200
    return ZipFile(io.BytesIO(b"".join(response.streaming_content)))  # type: ignore[attr-defined]


def data_of(client: Client) -> dict[str, Any]:
    return dict(json.loads(downloaded(client).read("my-data.json")))


def learned(user: User) -> Learner:
    """The person answered a check whole and right, and earned the course."""
    lesson = published_lesson()
    quiz = check_of(lesson)
    edition = published_course(lessons=[lesson])
    learner: Learner = LearnerFactory(user=user)
    sit(learner, quiz, edition.pk)
    return learner


def test_what_the_portal_holds_is_in_the_file(client: Client, salma: User) -> None:
    MembershipFactory(user=salma, organisation__code="school")
    salma.residences.create(region=RegionFactory(code="north"), from_day=date(2026, 1, 1))
    record(salma, "report.exported", "ES-1", rows=12)
    record(None, "person.changed", salma.pk, fields=["email"])
    Comment.objects.create(release=ReleaseFactory(), author=salma, text="Well said.")
    data = data_of(client)
    assert data["account"][0]["display_name"] == "سلمى"
    assert (data["account"][0]["language"], data["account"][0]["theme"]) == ("en", "auto")
    assert data["addresses"] == [{"email": "salma@example.org", "verified": True, "primary": True}]
    assert data["memberships"][0]["place"] == "school"
    assert data["residences"][0] == {"from_day": "2026-01-01", "to_day": None, "place": "north"}
    assert data["deeds"][0]["detail"] == {"rows": 12}
    assert data["deeds_about_me"][0]["detail"] == {"fields": ["email"]}
    assert data["comments"][0]["text"] == "Well said."


def test_answers_come_with_the_words_of_their_questions(client: Client, salma: User) -> None:
    learned(salma)
    data = data_of(client)
    [answer] = [row for row in data["answers"] if row["answer"] == "press"]
    assert answer["question"] == "Blood spurts from a leg. What first?"
    assert answer["answer_in_words"] == "Press hard"
    assert answer["fraction"] == "1.00000"
    assert {row["verb"] for row in data["events"]} >= {"passed", "completed"}
    assert data["completions"][0]["of_course"] == "first-aid"
    assert data["attempts"][0]["purpose"] == "check"


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        (MATCHING, {"Fire at home": "Outside", "A flood": "Uphill", "A gas cloud": "Indoors"}),
        (GAPS, {"where": "chest", "deep": "5 to 6"}),
        (SHORT, "The Torniquet"),
    ],
    ids=["matching", "gap_fill", "short_answer"],
)
def test_an_answer_in_parts_comes_with_the_words_of_each(
    client: Client, salma: User, spec: dict[str, Any], words: Any
) -> None:
    lesson = published_lesson()
    edition = published_course(lessons=[lesson])
    sit(LearnerFactory(user=salma), check_of(lesson, [spec]), edition.pk)
    [answer] = data_of(client)["answers"]
    assert answer["answer_in_words"] == words


def test_what_was_learned_as_a_guest_is_in_it(client: Client, salma: User) -> None:
    own = LearnerFactory(user=salma)
    guest = learned(None)  # type: ignore[arg-type]
    merge(guest, own)
    data = data_of(client)
    assert len(data["attempts"]) == 1
    assert data["events"]


def test_every_section_is_in_the_json_in_a_table_and_explained(client: Client, salma: User) -> None:
    archive = downloaded(client)
    names = {section.name for section in holdings.sections()}
    assert set(json.loads(archive.read("my-data.json"))) == names
    assert {name.removesuffix(".csv") for name in archive.namelist() if name.endswith(".csv")} == names
    told = archive.read("README.txt").decode()
    documented = (settings.BASE_DIR / "docs" / "personal-data.md").read_text()
    assert all(f"{name}: " in told and f"`{name}`" in documented for name in names)


def test_nothing_of_another_person_is_in_it(client: Client, salma: User) -> None:
    other = confirmed(UserFactory(email="omar@example.org", display_name="Omar"))
    record(other, "report.exported", "ES-1")
    record(other, "person.changed", salma.pk)
    whole = downloaded(client)
    assert all(b"Omar" not in whole.read(name) and b"omar@" not in whole.read(name) for name in whole.namelist())


def test_no_secret_is_in_it(client: Client, salma: User) -> None:
    whole = downloaded(client)
    assert all(salma.password.encode() not in whole.read(name) for name in whole.namelist())


def test_a_table_opens_in_a_spreadsheet_and_computes_nothing(client: Client, salma: User) -> None:
    User.objects.filter(pk=salma.pk).update(display_name="=1+1")
    table = downloaded(client).read("account.csv").decode()
    assert table.startswith("\ufeff")
    [row] = csv.DictReader(io.StringIO(table.removeprefix("\ufeff")))
    assert row["display_name"] == "'=1+1"


def test_the_file_comes_in_pieces_and_is_not_kept(client: Client, salma: User) -> None:
    response = client.get(EXPORT)
    assert response.streaming
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Content-Disposition"] == 'attachment; filename="my-data.zip"'


def test_a_guest_is_sent_to_log_in_and_a_person_shows_that_it_is_still_them(client: Client) -> None:
    assert client.get(EXPORT).headers["Location"] == f"/en/account/login/?next={EXPORT}"
    client.force_login(UserFactory())
    assert client.get(EXPORT).headers["Location"] == f"/en/account/reauthenticate/?next={EXPORT.replace('/', '%2F')}"


def test_more_time_is_in_the_file_and_not_who_granted_it(client: Client, salma: User) -> None:
    learner = LearnerFactory(user=salma)
    Accommodation.objects.create(learner=learner, extra="1.5", from_day=date(2026, 1, 1), granted_by=UserFactory())
    choose(learner, "none", date(2026, 2, 1))
    found = [(row["extra"], row["from_day"], row["chosen"]) for row in data_of(client)["accommodations"]]
    assert found == [("1.50", "2026-01-01", False), (None, "2026-02-01", True)]
    assert "granted_by" not in data_of(client)["accommodations"][0]


def test_under_which_time_an_answer_was_given_is_in_the_file(client: Client, salma: User) -> None:
    learned(salma)
    assert {row["mode"] for row in data_of(client)["answers"]} == {"std"}
