"""`make run` from an empty folder to a portal that answers, and again. Only the download of packages is left out."""

import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.server import ROOT, free_port

PEOPLE = ["citizen", "instructor", "reviewer", "manager", "admin"]
KNOW_THE_DEPENDENCIES = """
import sys; sys.path.insert(0, ".ci")
import environment, house
for lock in environment.LOCKS:
    house.remember(lock, house.digest(house.ROOT / lock, sys.version))
"""


class Demonstration:
    """A `make run` that has come to its last words: what it `said`, and where it is."""

    def __init__(self, var: Path) -> None:
        self.port = free_port()
        self.env = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "VAR_DIR": str(var), "PORT": str(self.port)}
        self.process = subprocess.Popen(
            [sys.executable, "-B", ".ci/start.py", "run"],
            cwd=ROOT,
            env=self.env,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self.said = "".join(self._until_its_last_words())

    def _until_its_last_words(self) -> Iterator[str]:
        for line in self.process.stdout or ():
            yield line
            if line.startswith("Stop it with"):
                return

    @property
    def log_ins(self) -> list[str]:
        """The demo people's lines, password and all."""
        return [line for line in self.said.splitlines() if "@demo.example" in line]


@contextmanager
def demonstration(var: Path) -> Iterator[Demonstration]:
    """A demonstration, ended politely."""
    it = Demonstration(var)
    try:
        assert it.process.poll() is None, it.said
        yield it
    finally:
        it.process.send_signal(signal.SIGTERM)
        assert it.process.wait(timeout=30) == 0


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty var/ but for the virtual environment, which is the tests' own."""
    folder = tmp_path_factory.mktemp("var")
    (folder / "venv").symlink_to(sys.prefix)
    subprocess.run(
        [sys.executable, "-B", "-c", KNOW_THE_DEPENDENCIES], cwd=ROOT, env={"VAR_DIR": str(folder)}, check=True
    )
    return folder


@pytest.fixture(scope="module")
def first(var: Path) -> Iterator[tuple[Demonstration, str]]:
    """The first run, and its home page in Arabic."""
    with demonstration(var) as it:
        with urllib.request.urlopen(f"http://localhost:{it.port}/ar/", timeout=30) as page:
            body = page.read().decode()
        yield it, body


@pytest.fixture(scope="module")
def second(var: Path, first: tuple[Demonstration, str]) -> Iterator[Demonstration]:
    """Another run beside it on the same folder."""
    with demonstration(var) as it:
        yield it


def test_the_first_run_tells_the_address_and_the_demo_log_ins(first: tuple[Demonstration, str]) -> None:
    said = first[0].said
    assert f"The portal is at http://localhost:{first[0].port}" in said
    assert re.findall(r"(\w+)@demo\.example", said) == PEOPLE


def test_the_page_it_serves_is_in_arabic_with_hashed_static_files(first: tuple[Demonstration, str]) -> None:
    assert 'dir="rtl"' in first[1]
    assert re.search(r'href="/static/css/[\w.-]+\.[0-9a-f]{12}\.css"', first[1])
    assert re.search("[\u0621-\u064a]{3}", first[1])


def test_the_second_run_finds_nothing_to_do(second: Demonstration) -> None:
    steps = ["Dependencies", "Messages", "Database", "Courses", "Demo people", "Reports", "Static files"]
    assert re.findall(r"^  (\S.*?) +up to date$", second.said, re.MULTILINE) == steps


def test_the_second_run_has_the_same_people(first: tuple[Demonstration, str], second: Demonstration) -> None:
    assert second.log_ins == first[0].log_ins
    assert second.log_ins
