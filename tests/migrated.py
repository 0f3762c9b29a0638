"""The migrated SQLite database that tests begin from, kept until a migration or what one is made of changes."""

import hashlib
import os
import sqlite3
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / "var" / "caches" / "migrated"
# What decides how a database looks that every migration has been run on.
MADE_OF = ("migrations/*.py", "models/*.py", "models.py", "immutability.py", "apps.py")


def begin() -> None:
    """Copies the kept database to where the tests' own will be made, if there is one for this state of the code."""
    if _kept().is_file():
        _copy(_kept(), _own())


def keep() -> None:
    """Keeps the tests' database as it is now, newly migrated, and throws away those of other states of the code."""
    if _kept().is_file():
        return
    CACHE.mkdir(parents=True, exist_ok=True)
    for old in CACHE.glob("*.sqlite3"):
        old.unlink(missing_ok=True)
    made = CACHE / f"{os.getpid()}.new"
    _copy(_own(), made)
    made.replace(_kept())


def _own() -> Path:
    return Path(connection.settings_dict["TEST"]["NAME"])


def _copy(source: Path, target: Path) -> None:
    with sqlite3.connect(source) as taken, sqlite3.connect(target) as written:
        taken.backup(written)
    taken.close()
    written.close()


def _kept() -> Path:
    state = hashlib.blake2b((ROOT / "requirements-dev.lock").read_bytes(), digest_size=12)
    for app in ("lessons", "portal", "quizzes"):
        for file in sorted({file for pattern in MADE_OF for file in (ROOT / app).rglob(pattern)}):
            state.update(file.read_bytes())
    return CACHE / f"{state.hexdigest()}.sqlite3"
