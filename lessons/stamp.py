"""One stamp over everything public: when it changes, every cached page of every process is stale at once.

On one machine it is a file, replaced on commit; on several a key in Redis.
"""

import uuid
from functools import partial

from django.conf import settings
from django.core.cache import caches
from django.db import transaction

KEY = "stamp"


def current() -> str:
    """The stamp now, as an opaque string; the same until something public changes."""
    if settings.STAMP_FILE is None:
        return str(caches["pages"].get(KEY, ""))
    try:
        stat = settings.STAMP_FILE.stat()
    except FileNotFoundError:
        return ""
    return f"{stat.st_mtime_ns:x}-{stat.st_ino:x}"


def touch() -> None:
    """Change the stamp as soon as the transaction under way is committed."""
    transaction.on_commit(partial(_change, uuid.uuid4().hex))


def _change(value: str) -> None:
    if settings.STAMP_FILE is None:
        caches["pages"].set(KEY, value, timeout=None)
        return
    fresh = settings.STAMP_FILE.with_name(f"stamp.{value}")
    fresh.write_text(value)
    fresh.replace(settings.STAMP_FILE)
