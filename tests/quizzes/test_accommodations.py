"""More time: granted or chosen, frozen into an attempt, kept through a merge and gone with the person."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from quizzes import accommodations
from quizzes.accommodations import NO_LIMIT, STANDARD, Pace, choose, chosen_by, pace_of
from quizzes.erasing import erase_learner
from quizzes.learners import merge
from quizzes.models import Accommodation, Attempt, Learner, Quiz
from tests.factories import LearnerFactory, UserFactory, check_of, published_course, published_lesson
from tests.quizzes.sitting import begin

pytestmark = pytest.mark.django_db

TODAY = date(2026, 5, 5)
FINAL, TIME = "/en/courses/first-aid/final/", "/en/time-in-quizzes/"


def granted(learner: Learner, extra: str | None, **fields: object) -> Accommodation:
    return Accommodation.objects.create(learner=learner, extra=extra, **({"from_day": TODAY} | fields))


def final(**rules: object) -> tuple[Quiz, int]:
    lesson = published_lesson()
    check_of(lesson)
    edition = published_course(lessons=[lesson], final={"time_limit": 600} | rules)
    return Quiz.objects.get(edition=edition), edition.pk


def test_without_any_the_time_is_the_standard() -> None:
    assert pace_of(LearnerFactory(), TODAY) == STANDARD == pace_of(None, TODAY)


@pytest.mark.parametrize(
    ("extra", "mode", "seconds"), [("1.25", "ext", 75), ("10", "ext", 600), (None, "untimed", None)]
)
def test_more_time_is_a_multiple_of_the_standard(extra: str | None, mode: str, seconds: int | None) -> None:
    learner = LearnerFactory()
    granted(learner, extra)
    pace = pace_of(learner, TODAY)
    assert (pace.mode, pace.allowed(60)) == (mode, None if seconds is None else timedelta(seconds=seconds))


@pytest.mark.parametrize(("day", "holds"), [(4, False), (5, True), (8, True), (9, False)])
def test_it_holds_from_its_first_day_to_the_day_before_its_last(day: int, holds: bool) -> None:
    learner = LearnerFactory()
    granted(learner, "2", to_day=date(2026, 5, 9))
    assert (pace_of(learner, date(2026, 5, day)) != STANDARD) is holds


def test_of_several_the_one_that_gives_most_counts() -> None:
    learner = LearnerFactory()
    granted(learner, "2")
    choose(learner, "1.5", TODAY)
    assert pace_of(learner, TODAY) == Pace(extra=Decimal(2), granted=True)
    choose(learner, NO_LIMIT, TODAY)
    assert pace_of(learner, TODAY) == Pace(extra=None)


def test_where_time_is_essential_only_what_was_granted_counts() -> None:
    learner = LearnerFactory()
    choose(learner, NO_LIMIT, TODAY)
    assert pace_of(learner, TODAY, granted_only=True) == STANDARD
    granted(learner, "1.5")
    assert pace_of(learner, TODAY, granted_only=True).extra == Decimal("1.5")


def test_choosing_again_replaces_and_standard_takes_it_away() -> None:
    learner = LearnerFactory()
    choose(learner, "1.5", TODAY)
    choose(learner, "10", TODAY)
    assert chosen_by(learner) == "10"
    choose(learner, "1", TODAY)
    assert not Accommodation.objects.exists()


@pytest.mark.parametrize(("extra", "to_day"), [("1", None), ("10.5", None), ("2", date(2026, 5, 4))])
def test_the_database_refuses_what_gives_no_more_time(extra: str, to_day: date | None) -> None:
    learner = LearnerFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        granted(learner, extra, to_day=to_day)


def test_an_attempt_keeps_the_time_it_began_with() -> None:
    sat, learner = final(), LearnerFactory()
    choose(learner, "1.5", timezone.localdate())
    attempt = begin(learner, *sat)
    choose(learner, NO_LIMIT, timezone.localdate())
    attempt.refresh_from_db()
    assert attempt.deadline == attempt.begun_at + timedelta(seconds=900)
    assert attempt.rules["pace"] == {"extra": "1.50", "granted": False}
    assert set(attempt.items.values_list("mode", flat=True)) == {"ext"}


def test_without_a_limit_there_is_no_deadline() -> None:
    sat, learner = final(), LearnerFactory()
    choose(learner, NO_LIMIT, timezone.localdate())
    attempt = begin(learner, *sat)
    assert attempt.deadline is None
    assert set(attempt.items.values_list("mode", flat=True)) == {"untimed"}


def test_a_final_where_time_is_essential_takes_no_choice() -> None:
    sat, learner = final(time_essential=True), LearnerFactory()
    choose(learner, "10", timezone.localdate())
    assert begin(learner, *sat).rules["pace"] == {"extra": "1", "granted": False}


def test_a_guests_choice_becomes_the_persons() -> None:
    guest, own = LearnerFactory(), LearnerFactory(user=UserFactory())
    choose(guest, "2", TODAY)
    merge(guest, own)
    assert chosen_by(own) == "2"


def test_of_two_choices_the_longer_stays_in_a_merge() -> None:
    guest, own = LearnerFactory(), LearnerFactory(user=UserFactory())
    choose(guest, "1.5", TODAY)
    choose(own, "3", TODAY)
    granted(own, "2")
    merge(guest, own)
    assert chosen_by(own) == "3"
    assert Accommodation.objects.filter(learner=own).count() == 2


def test_erasing_takes_them_away() -> None:
    learner = LearnerFactory(user=UserFactory())
    granted(learner, "2")
    erase_learner(learner)
    assert not Accommodation.objects.exists()


def test_a_guest_chooses_their_time_at_the_beginning_of_a_timed_final() -> None:
    final()
    guest = Client()
    assert 'name="pace"' in guest.get(FINAL).content.decode()
    guest.post(FINAL, {"pace": "2"})
    attempt = Attempt.objects.get()
    assert attempt.deadline == attempt.begun_at + timedelta(seconds=1200)
    assert '<option value="2" selected>' in guest.get(TIME).content.decode()


def test_a_quiz_without_a_clock_asks_nothing_about_time() -> None:
    final(time_limit=None)
    assert 'name="pace"' not in Client().get(FINAL).content.decode()


def test_where_time_is_essential_the_page_says_what_counts_and_offers_no_choice() -> None:
    final(time_essential=True)
    page = Client().get(FINAL).content.decode()
    assert "only extra time that the administration has granted counts" in page
    assert 'name="pace"' not in page


def test_the_time_can_be_chosen_on_a_page_of_its_own_and_turned_off_again() -> None:
    guest = Client()
    assert guest.post(TIME, {"pace": "none"}, follow=True).status_code == 200
    learner = Learner.objects.get()
    assert pace_of(learner, timezone.localdate()).extra is None
    guest.post(TIME, {"pace": "1"})
    assert pace_of(learner, timezone.localdate()) == STANDARD


@pytest.mark.parametrize("sent", ["", "0.5", "1e9", "<script>"])
def test_nonsense_keeps_what_was_chosen(sent: str) -> None:
    guest = Client()
    guest.post(TIME, {"pace": "1.5"})
    response = guest.post(TIME, {"pace": sent}, follow=True)
    assert "Choose one of the times" in response.content.decode()
    assert chosen_by(Learner.objects.get()) == "1.5"


def test_looking_at_the_page_or_sending_nonsense_makes_no_learner() -> None:
    guest = Client()
    assert guest.get(TIME).status_code == 200
    assert "Choose one of the times" in guest.post(TIME, {"pace": "nonsense"}, follow=True).content.decode()
    assert "learner" not in guest.cookies
    assert not Learner.objects.exists()


def test_every_choice_has_a_name() -> None:
    for value, name in accommodations.CHOICES:
        extra = None if value == NO_LIMIT else Decimal(value)
        assert Pace(extra=extra).label == name
