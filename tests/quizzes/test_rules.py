"""What the rules of an attempt say by themselves: when keys open, when time is up, what needs a beginning."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from quizzes.accommodations import Pace
from quizzes.clocks import Clock, Reaction, clock_of, reaction, waits
from quizzes.models import AttemptItem, QuestionVersion, Quiz
from quizzes.policies import Policy, policy_of
from quizzes.rules import Rules, reaction_end

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)
BASE: dict[str, Any] = {"purpose": "check", "pass_mark": "0.8", "feedback": "at_end"}
OVER = ["submitted", "expired"]
DOUBLE, UNLIMITED = Pace(extra=Decimal(2)), Pace(extra=None)


def rules(**changed: Any) -> Rules:
    return Rules.model_validate(BASE | changed)


def after(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


@pytest.mark.parametrize("state", ["open", "abandoned", *OVER])
def test_a_key_that_is_given_at_once_is_always_open(state: str) -> None:
    assert rules(feedback="at_once").key_is_open(state, NOW)
    assert rules(feedback="at_once").at_once
    assert not rules().at_once


@pytest.mark.parametrize("state", ["open", "abandoned", *OVER])
def test_a_key_that_is_never_given_stays_shut(state: str) -> None:
    assert not rules(feedback="never", due_at=NOW - SECOND).key_is_open(state, NOW)


def test_a_key_that_is_given_at_the_end_opens_with_it() -> None:
    assert not rules().key_is_open("open", NOW)
    assert all(rules().key_is_open(state, NOW) for state in OVER)


@pytest.mark.parametrize("feedback", [{}, {"feedback": "after_due", "due_at": NOW - SECOND}])
def test_a_sitting_that_was_left_for_another_shows_no_key(feedback: dict[str, Any]) -> None:
    assert not rules(**feedback).key_is_open("abandoned", NOW)


@pytest.mark.parametrize(
    ("state", "due_at", "opens"),
    [
        ("submitted", NOW - SECOND, True),
        ("submitted", NOW, True),
        ("submitted", NOW + SECOND, False),
        ("submitted", None, False),
        ("expired", NOW, True),
        ("open", NOW - SECOND, False),
        ("open", None, False),
    ],
)
def test_a_key_that_is_given_after_the_due_date_waits_for_both(
    state: str, due_at: datetime | None, opens: bool
) -> None:
    assert rules(feedback="after_due", due_at=due_at).key_is_open(state, NOW) is opens


@pytest.mark.parametrize(
    ("changed", "state", "policy"),
    [
        ({"feedback": "at_once"}, "open", Policy("at_once", is_open=True)),
        ({}, "open", Policy("at_end", is_open=False)),
        ({"due_at": NOW}, "submitted", Policy("at_end", is_open=True)),
        ({"feedback": "never"}, "submitted", Policy("never", is_open=False)),
        ({"feedback": "after_due", "due_at": NOW}, "submitted", Policy("after_due", is_open=True, opens_at=NOW)),
        ({"feedback": "after_due", "due_at": NOW}, "open", Policy("after_due", is_open=False, opens_at=NOW)),
        ({"feedback": "after_due"}, "submitted", Policy("never", is_open=False)),
    ],
)
def test_the_page_says_which_rule_holds_and_when_it_opens(changed: dict[str, Any], state: str, policy: Policy) -> None:
    assert policy_of(rules(**changed), state, NOW) == policy


@pytest.mark.parametrize(
    ("changed", "needs"),
    [
        ({}, False),
        ({"draw": 3, "due_at": NOW, "confidence": True}, False),
        ({"purpose": "final"}, True),
        ({"time_limit": 600}, True),
        ({"attempt_limit": 1}, True),
        ({"cooldown": 60}, True),
    ],
)
def test_what_is_limited_needs_a_beginning(changed: dict[str, Any], needs: bool) -> None:
    assert rules(**changed).needs_beginning is needs


@pytest.mark.parametrize(
    ("changed", "deadline"),
    [
        ({}, None),
        ({"time_limit": 600}, after(600)),
        ({"time_limit": 600, "pace": DOUBLE}, after(1200)),
        ({"time_limit": 600, "pace": UNLIMITED}, None),
    ],
)
def test_a_deadline_is_the_limit_at_ones_own_pace(changed: dict[str, Any], deadline: datetime | None) -> None:
    assert rules(**changed).deadline(NOW) == deadline


def test_a_rule_that_a_later_release_has_frozen_is_left_aside() -> None:
    later = rules().model_dump(mode="json") | {"calm": True}
    later["pace"] |= {"breaks": 2}
    assert Rules.model_validate(later) == rules()


@pytest.mark.parametrize("limit", [None, 0])
def test_a_limit_of_no_seconds_is_none(limit: int | None) -> None:
    assert rules(time_limit=limit).deadline(NOW) is None
    assert not rules(time_limit=limit).needs_beginning


def test_the_rules_of_a_quiz_are_all_taken_over() -> None:
    fields = {
        "purpose": Quiz.Purpose.FINAL,
        "pass_mark": Decimal("0.7"),
        "feedback": Quiz.Feedback.AFTER_DUE,
        "draw": 5,
        "time_limit": 600,
        "attempt_limit": 2,
        "cooldown": 60,
        "due_at": NOW,
        "confidence": True,
    }
    assert Rules.of(Quiz(**fields), DOUBLE).model_dump() == fields | {"pace": DOUBLE.model_dump()}
    assert Rules.of(Quiz(**fields)).pace == Pace()


def item(**changed: Any) -> AttemptItem:
    fields = {"version": QuestionVersion(seconds=20), "shown_at": NOW, "mode": "std"}
    return AttemptItem(**fields | changed)


@pytest.mark.parametrize(
    ("seconds", "shown_at", "mode", "pace", "end"),
    [
        (20, NOW, "std", Pace(), after(20)),
        (20, NOW, "ext", DOUBLE, after(40)),
        (20, NOW, "std", UNLIMITED, None),
        (20, NOW, "untimed", Pace(), None),
        (20, None, "std", Pace(), None),
        (None, NOW, "std", Pace(), None),
    ],
)
def test_a_clock_runs_out_only_where_one_is_running(
    seconds: int | None, shown_at: datetime | None, mode: str, pace: Pace, end: datetime | None
) -> None:
    assert reaction_end(rules(pace=pace), seconds, shown_at, mode) == end


@pytest.mark.parametrize(
    ("changed", "now", "clock"),
    [
        ({}, 0, Clock(20, 20)),
        ({}, 19, Clock(20, 1)),
        ({}, 20, Clock(20, 0)),
        ({}, 90, Clock(20, 0)),
        ({"mode": "untimed"}, 0, None),
        ({"shown_at": None}, 0, None),
        ({"version": QuestionVersion(seconds=None)}, 0, None),
    ],
)
def test_the_clock_says_what_is_left_and_never_less_than_nothing(
    changed: dict[str, Any], now: float, clock: Clock | None
) -> None:
    assert clock_of(item(**changed), rules(), after(now)) == clock


@pytest.mark.parametrize(
    ("changed", "waiting"),
    [
        ({"shown_at": None}, True),
        ({}, False),
        ({"shown_at": None, "closed_at": NOW}, False),
        ({"shown_at": None, "mode": "untimed"}, False),
        ({"shown_at": None, "version": QuestionVersion(seconds=None)}, False),
    ],
)
def test_a_question_with_a_clock_waits_until_it_is_started(changed: dict[str, Any], waiting: bool) -> None:
    assert waits(item(**changed)) is waiting


@pytest.mark.parametrize(
    ("changed", "pace", "saved", "found"),
    [
        ({}, Pace(), 7, Reaction(20, 7, in_time=True)),
        ({}, Pace(), 0.2, Reaction(20, 1, in_time=True)),
        ({}, Pace(), 22, Reaction(20, 20, in_time=True)),
        ({}, Pace(), 23, Reaction(20, 20, in_time=True)),
        ({"mode": "ext"}, DOUBLE, 30, Reaction(40, 30, in_time=True)),
        ({"mode": "untimed"}, Pace(), 7, Reaction(20, 0, in_time=False)),
        ({"mode": "untimed"}, Pace(), 24, Reaction(20, 0, in_time=False)),
        ({"mode": "untimed"}, UNLIMITED, 7, Reaction(0, 0, in_time=False)),
        ({}, Pace(), None, None),
        ({"shown_at": None}, Pace(), 7, None),
        ({"version": QuestionVersion(seconds=None)}, Pace(), 7, None),
    ],
)
def test_how_fast_an_answer_was_is_told_in_whole_seconds_of_what_was_allowed(
    changed: dict[str, Any], pace: Pace, saved: float | None, found: Reaction | None
) -> None:
    saved_at = None if saved is None else after(saved)
    assert reaction(item(**changed), rules(pace=pace), saved_at) == found
