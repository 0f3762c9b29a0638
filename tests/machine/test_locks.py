"""The locks name every dependency by version and hash, and no place to fetch it from."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")
sys.path.insert(0, str(ROOT / ".ci"))

from lock_freshness import faults  # noqa: E402

GOOD = "# A head.\nbabel==2.18.0 \\\n    --hash=sha256:00\ndjango==5.2.1 \\\n    --hash=sha256:11\n"


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_a_hash(lock: str) -> None:
    entries = re.findall(r"^[a-z0-9].*?(?=^[a-z0-9]|\Z)", (ROOT / lock).read_text(), re.MULTILINE | re.DOTALL)
    assert len(entries) > 30
    assert [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_names_an_address(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert not re.search(r"https?:|file:|//|index-url|find-links", text)


def test_the_developers_lock_holds_the_run_time_one() -> None:
    pins = [set(re.findall(r"^\S+==\S+", (ROOT / lock).read_text(), re.MULTILINE)) for lock in LOCKS]
    assert pins[0] < pins[1]


def test_the_locks_hold_what_the_project_asks_for() -> None:
    done = subprocess.run(
        [sys.executable, ".ci/lock_freshness.py"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.strip()) == (0, "")


def test_a_lock_that_holds_it_all_is_fresh() -> None:
    assert faults(GOOD, ["Babel", "Django>=5.2,<5.3"]) == []


@pytest.mark.parametrize("wanted", ["Pillow", "Django>=6"])
def test_a_dependency_that_is_missing_or_too_old_makes_a_lock_stale(wanted: str) -> None:
    [fault] = faults(GOOD, [wanted])
    assert "run make lock" in fault


def test_a_package_without_hash_is_a_fault() -> None:
    assert faults(GOOD + "rules==3.5\n", []) == ["has no hash for rules==3.5"]


@pytest.mark.parametrize("line", ["--index-url packages", "--find-links wheels", "rules @ file:///wheels/rules.whl"])
def test_an_address_is_a_fault(line: str) -> None:
    assert faults(f"{line}\n{GOOD}", [])[-1] == "names an address"
