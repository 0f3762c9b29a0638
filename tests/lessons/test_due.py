"""What was approved for a time goes out at that time, when the next page is asked for."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from lessons import due


@pytest.fixture(autouse=True)
def published(tmp_path: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The times at which something was let out."""
    settings.STAMP_FILE = tmp_path / "stamp"
    times: list[datetime] = []
    monkeypatch.setattr(due, "_publish", [times.append])
    monkeypatch.setattr(due, "EVERY", 0.0)
    return times


def wait_for(at: datetime | None) -> None:
    due._write(at.timestamp() if at else None)


def test_nothing_waits_and_nothing_happens(published: list[datetime]) -> None:
    due.run_if_due()
    assert not published


def test_before_its_time_nothing_happens(published: list[datetime]) -> None:
    wait_for(timezone.now() + timedelta(minutes=1))
    due.run_if_due()
    assert not published


def test_at_its_time_it_is_let_out(published: list[datetime]) -> None:
    wait_for(timezone.now() - timedelta(seconds=1))
    due.run_if_due()
    assert len(published) == 1


def test_when_nothing_waits_any_more_nothing_happens(published: list[datetime]) -> None:
    wait_for(timezone.now() - timedelta(seconds=1))
    wait_for(None)
    due.run_if_due()
    assert not published


def test_a_file_that_was_damaged_is_no_time(published: list[datetime], settings: Any) -> None:
    settings.STAMP_FILE.with_name("due").write_text("soon")
    due.run_if_due()
    assert not published
