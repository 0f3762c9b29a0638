"""What `make test` makes of two passes, and what REQUIRE_ALL=1 makes of a skip."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / ".ci"))

from suite import tell_what_was_left_out, verdict  # noqa: E402

SKIPPING = """
import pytest

def test_good():
    pass

@pytest.mark.skip(reason="not today")
def test_skipped():
    pass

@pytest.mark.xfail(reason="known", strict=True)
def test_expected_to_fail():
    assert False

@pytest.mark.postgres
def test_of_postgresql():
    pass
"""


@pytest.mark.parametrize(
    ("passes", "expected"), [([0, 0], 0), ([0, 5], 0), ([5, 0], 0), ([5, 5], 5), ([1, 0], 1), ([0, 1], 1), ([5, 1], 1)]
)
def test_a_pass_without_tests_counts_only_when_no_other_had_any(passes: list[int], expected: int) -> None:
    assert verdict(passes) == expected


def test_what_was_left_out_is_told_with_its_remedy(capsys: pytest.CaptureFixture[str]) -> None:
    assert len(tell_what_was_left_out(None, "redis://here", None)) == 2
    said = capsys.readouterr().out
    assert "Skipped: the tests on PostgreSQL. To have them, start one and set TEST_POSTGRES_URL=" in said
    assert "Skipped: the browser tests. To have them, install Chromium" in said
    assert "Redis" not in said


def test_when_nothing_was_left_out_that_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert tell_what_was_left_out("a", "b", "c") == []
    assert "Nothing was left out" in capsys.readouterr().out


@pytest.fixture
def room_with_a_skip(tmp_path: Path) -> Path:
    """A test folder under our own conftest, with a skip in it."""
    (tmp_path / "conftest.py").write_text(
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\nfrom tests.conftest import *"
    )
    (tmp_path / "test_room.py").write_text(SKIPPING)
    return tmp_path


def outcome(room: Path, require_all: str, *more: str) -> subprocess.CompletedProcess[str]:
    """Run the room's tests on SQLite."""
    env = {**os.environ, "REQUIRE_ALL": require_all, "DATABASE_URL": ""}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-c",
        str(ROOT / "pyproject.toml"),
        "-o",
        f"cache_dir={room}",
        str(room),
        *more,
    ]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)


def test_a_skip_is_forgiven_by_default(room_with_a_skip: Path) -> None:
    done = outcome(room_with_a_skip, "0")
    assert done.returncode == 0
    assert "1 passed, 1 skipped, 1 deselected, 1 xfailed" in done.stdout


@pytest.mark.parametrize("more", [(), ("-n", "2")], ids=["alone", "on two cores"])
def test_a_skip_fails_the_run_when_everything_is_required(room_with_a_skip: Path, more: tuple[str, ...]) -> None:
    done = outcome(room_with_a_skip, "1", *more)
    assert done.returncode == 1
    assert "test_skipped: Skipped: not today" in done.stdout
    assert "test_expected_to_fail: " not in done.stdout


def test_a_file_skipped_whole_fails_the_run_too(tmp_path: Path, room_with_a_skip: Path) -> None:
    (tmp_path / "test_room.py").write_text("import pytest\npytest.importorskip('a_module_of_nobody')")
    (tmp_path / "test_other.py").write_text("def test_good(): pass")
    done = outcome(tmp_path, "1")
    assert done.returncode == 1
    assert "could not import 'a_module_of_nobody'" in done.stdout.split("so the run fails")[1]
