"""Links to saved views by e-mail: when they come, to whom, what they hold, and how they stop."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from portal.accounts.models import RoleGrant, User
from portal.reports.models import SavedView
from portal.reports.saved.delivery import _month_before, deliver_views
from quizzes.validity import months_later
from tests.portal.reports.people.conftest import TODAY, Nation

pytestmark = pytest.mark.django_db


@pytest.fixture
def nation() -> Nation:
    return Nation()


@pytest.fixture
def manager(nation: Nation) -> User:
    user = nation.manager(nation.oak)
    User.objects.filter(pk=user.pk).update(email="salma@example.org", language="ar")
    return User.objects.get(pk=user.pk)


@pytest.fixture
def view(manager: User) -> SavedView:
    return SavedView.objects.create(
        user=manager, name="Ours", report="overdue", query="course=first-aid", delivery="weekly"
    )


def days_sent(view: SavedView, days: int) -> list[int]:
    """On which of the days from today a letter went out, run every day."""
    return [n for n in range(days) if deliver_views(TODAY + timedelta(days=n))]


def test_a_weekly_view_is_sent_every_seven_days(view: SavedView) -> None:
    assert days_sent(view, 16) == [0, 7, 14]


def test_a_monthly_view_is_sent_on_the_same_day_of_the_month(view: SavedView) -> None:
    SavedView.objects.update(delivery="monthly")
    assert days_sent(view, 64) == [0, 30, 61]  # 30 June, 30 July, 30 August


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_a_month_has_passed_since_that_day_and_since_no_later_one(today: date) -> None:
    found = _month_before(today)
    assert months_later(found, 1) <= today
    assert months_later(found + timedelta(days=1), 1) > today


def test_a_view_that_nobody_wants_sent_is_not(view: SavedView) -> None:
    SavedView.objects.update(delivery="")
    assert days_sent(view, 8) == []


def test_a_second_run_on_the_day_sends_nothing_twice(view: SavedView) -> None:
    assert [deliver_views(TODAY), deliver_views(TODAY)] == [1, 0]


def test_the_letter_is_in_the_language_of_its_reader_and_leads_to_the_view(view: SavedView) -> None:
    deliver_views(TODAY)
    [letter] = mail.outbox
    assert letter.to == ["salma@example.org"]
    assert letter.subject.startswith("تقريركم")
    assert "https://testserver/ar/reports/overdue/?course=first-aid" in str(letter.body)


def test_the_letter_holds_neither_names_nor_figures(view: SavedView, nation: Nation) -> None:
    nation.asks(nation.oak, nation.first_aid, "2026-06-01")
    nation.person("Amal", nation.oak)
    deliver_views(TODAY)
    assert "Amal" not in mail.outbox[0].message().as_string()
    without_links = re.sub(r"https?://\S+", "", str(mail.outbox[0].body))
    assert not re.search(r"\d", without_links)


def test_nothing_is_sent_to_whoever_may_no_longer_see_reports(view: SavedView) -> None:
    RoleGrant.objects.update(to_day=TODAY)
    assert deliver_views(TODAY) == 0
    assert SavedView.objects.get().sent_on is None


@pytest.mark.parametrize("change", [{"is_active": False}, {"email": None}])
def test_nothing_is_sent_to_a_closed_account_or_to_none(view: SavedView, change: dict[str, Any]) -> None:
    User.objects.filter(pk=view.user_id).update(**change)
    assert deliver_views(TODAY) == 0


def test_a_letter_that_could_not_be_sent_is_tried_again_the_next_day(view: SavedView, settings: Any) -> None:
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert deliver_views(TODAY) == 0
    settings.EMAIL_BACKEND = backend
    assert deliver_views(TODAY + timedelta(days=1)) == 1


def test_the_link_in_the_header_stops_the_letters_and_keeps_the_view(view: SavedView) -> None:
    deliver_views(TODAY)
    header = str(mail.outbox[0].message()["List-Unsubscribe"])
    there = header.strip("<>\n ").removeprefix("https://testserver")
    stranger = Client(enforce_csrf_checks=True)
    assert "Ours" in stranger.get(there).content.decode()
    assert stranger.post(there, {"List-Unsubscribe": "One-Click"}).status_code == 204
    assert SavedView.objects.get().delivery == ""
    assert days_sent(view, 40) == []


def test_the_command_says_how_many_letters_went_out(view: SavedView, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("send_saved_views")
    assert capsys.readouterr().out == "1 letters sent\n"
