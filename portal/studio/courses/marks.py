"""What a form began from, so that two people who change the same never overwrite each other."""

import hashlib
import json
from typing import Any


class NotKept(Exception):
    """Nothing was saved; the text says why to the person who tried."""


class ChangedMeanwhile(NotKept):
    """Somebody else saved since the form was opened."""


class UnderReview(NotKept):
    """It was sent to review, where it waits unchanged, or it is published."""


def mark_of(*said: Any) -> str:
    """The same for the same words and numbers, whatever order the parts of a mapping came in."""
    told = json.dumps(said, sort_keys=True, default=str)
    return hashlib.blake2b(told.encode(), digest_size=12).hexdigest()
