"""The pages on which answers are scored again: who may, what they see, what is refused."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from lessons.models import CourseEdition
from portal.accounts.models import AuditEntry, RoleGrant, User
from quizzes.models import Attempt, CompletionWithdrawal, QuestionVersion, Quiz, Regrade
from tests.factories import (
    LearnerFactory,
    RegionFactory,
    RoleGrantFactory,
    UserFactory,
    check_of,
    corrected_question,
    published_course,
    published_lesson,
)
from tests.portal.accounts.guests import with_second_factor
from tests.portal.studio.people import staff, text_of
from tests.quizzes.sitting import RIGHT, WAITED, sit

pytestmark = pytest.mark.django_db
LIST = "/en/studio/corrections/"


@pytest.fixture
def course() -> CourseEdition:
    lesson = published_lesson()
    check_of(lesson)
    return published_course(lessons=[lesson], final={})


@pytest.fixture
def old(course: CourseEdition) -> QuestionVersion:
    """A version that two people have answered, one of them right by the wrong key, and that is corrected since."""
    salma = LearnerFactory(user=UserFactory(display_name="Salma"))
    for learner, answers in ((salma, RIGHT), (LearnerFactory(), WAITED)):
        for quiz in Quiz.objects.order_by("pk"):
            sit(learner, quiz, course.pk, answers)
    version = QuestionVersion.objects.get(kind="single_choice")
    corrected_question(version, {"right": "wait"})
    return version


@pytest.fixture
def url(old: QuestionVersion) -> str:
    return f"/en/studio/lessons/bleeding/questions/{old.question.key}/regrade/"


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(staff("Adam", RoleGrant.Role.ADMINISTRATOR))
    return client


def asked(url: str, old: QuestionVersion, **more: Any) -> str:
    return f"{url}?asked=1&version={old.pk}" + "".join(f"&{name}={value}" for name, value in more.items())


def sent(client: Client, address: str, **fields: Any) -> Any:
    """Looks at the dry run, then applies it."""
    digest = client.get(address).context["found"].digest
    return client.post(address, {"digest": digest, "reason": "The key was wrong."} | fields)


def test_the_list_names_what_was_corrected_after_it_was_answered(admin: Client, url: str) -> None:
    page = text_of(admin.get(LIST))
    assert url in page
    assert "Blood spurts from a leg" in page


def test_before_anything_is_asked_the_older_versions_are_ticked(admin: Client, url: str, old: QuestionVersion) -> None:
    page = admin.get(url)
    assert page.context["form"].initial["version"] == [old.pk]
    assert "Right was: Press hard" in text_of(page)


def test_a_version_was_asked_until_the_day_that_it_was_here(admin: Client, url: str, old: QuestionVersion) -> None:
    midnight = datetime(2026, 3, 31, 23, 59, tzinfo=UTC)
    type(old).objects.filter(pk=old.pk).update(superseded_at=midnight)
    with timezone.override("Asia/Riyadh"):
        assert "asked until 1 April 2026" in text_of(admin.get(url))


def test_the_dry_run_says_what_would_change_and_changes_nothing(admin: Client, url: str, old: QuestionVersion) -> None:
    before = list(Attempt.objects.order_by("pk").values())
    page = admin.get(asked(url, old))
    assert page.context["found"].counts.items == 4
    assert "Also withdraw the 1 completion" in text_of(page)
    assert list(Attempt.objects.order_by("pk").values()) == before


def test_applying_scores_again_and_is_written_down(admin: Client, url: str, old: QuestionVersion) -> None:
    response = sent(admin, asked(url, old))
    assert (response.status_code, response.headers["Location"]) == (302, url)
    made = Regrade.objects.get()
    assert (made.passing, made.earned, made.withdrawn, made.reason) == (2, 1, 0, "The key was wrong.")
    entry = AuditEntry.objects.get(deed="question.regraded")
    assert (entry.subject, entry.detail["risen"], entry.detail["fallen"]) == (old.question.key, 2, 2)
    assert "The key was wrong." in text_of(admin.get(url))


def test_completions_are_withdrawn_only_where_the_box_is_ticked(admin: Client, url: str, old: QuestionVersion) -> None:
    sent(admin, asked(url, old), withdraw="on")
    assert CompletionWithdrawal.objects.count() == 1


def test_passes_that_fall_can_be_withdrawn_where_no_completion_rests_on_them(
    admin: Client, course: CourseEdition
) -> None:
    attempt = sit(LearnerFactory(), Quiz.objects.get(purpose="check"), course.pk)
    old = QuestionVersion.objects.get(kind="single_choice")
    corrected_question(old, {"right": "wait"})
    address = asked(f"/en/studio/lessons/bleeding/questions/{old.question.key}/regrade/", old)
    assert "Also withdraw the pass of 1 sitting" in text_of(admin.get(address))
    sent(admin, address, withdraw="on")
    attempt.refresh_from_db()
    assert not attempt.passed


def test_where_no_pass_falls_there_is_no_box_to_withdraw(admin: Client, url: str, old: QuestionVersion) -> None:
    Attempt.objects.filter(passed=True).update(passed=False)
    assert "withdraw" not in admin.get(asked(url, old)).context["apply_form"].fields


def test_without_a_reason_nothing_is_done(admin: Client, url: str, old: QuestionVersion) -> None:
    response = sent(admin, asked(url, old), reason=" ")
    assert response.status_code == 422
    assert "Say why these answers are scored again." in text_of(response)
    assert not Regrade.objects.exists()


def test_what_has_changed_since_is_refused_and_the_reason_kept(admin: Client, url: str, old: QuestionVersion) -> None:
    response = sent(admin, asked(url, old), digest="0" * 64)
    assert response.status_code == 409
    assert "What was found has changed since you looked" in text_of(response)
    assert "The key was wrong.</textarea>" in text_of(response)
    assert not Regrade.objects.exists()


def test_days_the_wrong_way_round_are_said_beside_the_field(admin: Client, url: str, old: QuestionVersion) -> None:
    response = admin.get(asked(url, old, since="2026-02-02", until="2026-01-01"))
    assert response.status_code == 422
    assert "The last day is before the first one." in text_of(response)


@pytest.mark.parametrize("name", ["since", "until"])
@pytest.mark.parametrize(
    ("day", "said"),
    [("9999-12-31", "This day is still to come."), ("0001-01-01", "Choose a day from 1 January 2000 on.")],
)
def test_a_day_on_which_nothing_was_handed_in_is_said_beside_the_field(
    admin: Client, url: str, old: QuestionVersion, name: str, day: str, said: str
) -> None:
    response = admin.get(asked(url, old, **{name: day}))
    assert response.status_code == 422
    assert said in text_of(response)


def test_without_a_version_nothing_is_looked_for(admin: Client, url: str) -> None:
    assert admin.get(f"{url}?asked=1").status_code == 422


def test_further_lines_come_without_the_figures(
    admin: Client, url: str, old: QuestionVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quizzes.regrading.LINES", 1)
    first = admin.get(asked(url, old))
    page = admin.get(asked(url, old, after=first.context["next"]))
    assert [len(one.context["lines"]) for one in (first, page)] == [2, 2]
    assert "found" not in page.context
    assert page.context["next"] is None


def test_an_administrator_of_the_nation_reads_names_and_that_is_written_down(
    admin: Client, url: str, old: QuestionVersion
) -> None:
    assert "Salma" in text_of(admin.get(asked(url, old)))
    assert AuditEntry.objects.get(deed="people.viewed").detail == {"page": "regrade", "people": 1}


def test_a_reviewer_reads_no_name(reviewing: Client, url: str, old: QuestionVersion) -> None:
    page = reviewing.get(asked(url, old))
    assert page.status_code == 200
    assert "Salma" not in text_of(page)


@pytest.mark.parametrize("role", [RoleGrant.Role.INSTRUCTOR])
def test_others_do_not_get_in(client: Client, url: str, role: RoleGrant.Role) -> None:
    client.force_login(staff("Iman", role))
    assert [client.get(LIST).status_code, client.get(url).status_code] == [403, 403]


def test_an_administrator_of_a_region_does_not_get_in(client: Client, url: str) -> None:
    user: User = UserFactory()
    RoleGrantFactory(user=user, role=RoleGrant.Role.ADMINISTRATOR, region=RegionFactory())
    with_second_factor(user)
    client.force_login(user)
    assert client.get(url).status_code == 403


def test_a_question_that_is_not_there_is_not_found(admin: Client, url: str) -> None:
    assert admin.get("/en/studio/lessons/bleeding/questions/none/regrade/").status_code == 404
