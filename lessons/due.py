"""What was approved for a time goes out at that time, without a worker: the next page asked for sees to it.

The next time is kept where every process can read it, a file or a key in Redis. A page looks at most once a second.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError, InterfaceError, transaction
from django.utils import timezone

logger = logging.getLogger(__name__)
KEY = "due"
EVERY = 1.0  # seconds

_publish: list[Callable[[datetime], object]] = []
_looked_at = 0.0


def register(publish: Callable[[datetime], object]) -> None:
    """`publish(now)` lets out whatever is due, and sets the next time."""
    _publish.append(publish)


def set_next(at: datetime | None) -> None:
    """Keep the time of what is due next, once the transaction under way is committed; None where nothing waits."""
    transaction.on_commit(partial(_write, at.timestamp() if at else None))


def run_if_due() -> None:
    """Publish what is due, if its time has come. The database may be away: then the next page tries again."""
    global _looked_at  # noqa: PLW0603 - one look a second for the whole process
    now = time.monotonic()
    if now - _looked_at < EVERY:
        return
    _looked_at = now
    due = _read()
    if due is None or due > time.time():
        return
    try:
        for publish in _publish:
            publish(timezone.now())
    except (DatabaseError, InterfaceError):
        logger.warning("what is due could not be published yet")


def _read() -> float | None:
    if settings.STAMP_FILE is None:
        return caches["pages"].get(KEY)
    try:
        return float(settings.STAMP_FILE.with_name(KEY).read_text())
    except (FileNotFoundError, ValueError):
        return None


def _write(at: float | None) -> None:
    if settings.STAMP_FILE is None:
        caches["pages"].set(KEY, at, timeout=None)
    elif at is None:
        settings.STAMP_FILE.with_name(KEY).unlink(missing_ok=True)
    else:
        settings.STAMP_FILE.with_name(KEY).write_text(str(at))
