"""A file of places between its two steps: it is sent and tried, and read in once somebody has seen what it would do."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from portal.accounts.models import PlacesFile, User
from portal.accounts.place_files import PlaceFaults, store_places

TOLD = 1_000
"""How many faults are remembered; a file with more is mended and sent again anyway."""


class Otherwise(Exception):
    """Reading it would do something else than was seen: the portal has changed since. Nothing was read."""


@dataclass(frozen=True)
class Found:
    """Codes of what reading a file would do, or its faults as (line, message)."""

    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    faults: list[list[Any]] = field(default_factory=list)

    @property
    def is_quiet(self) -> bool:
        return not (self.created or self.changed or self.faults)


def keep(file: UploadedFile, sent_by: User) -> None:
    """The file as it was sent, in the place of the one that this person sent before, with what it would do."""
    data = file.read()
    told = {"name": (file.name or "")[:200], "data": data, "found": asdict(_tried(data))}
    PlacesFile.objects.update_or_create(sent_by=sent_by, defaults=told)


def found_of(row: PlacesFile) -> Found:
    return Found(**row.found)


def read_in(row: PlacesFile, done: Callable[[Found], object]) -> None:
    """Reads the file in as it was seen; `done` hears what was done, in the same transaction.

    Raises Otherwise where it would do anything else: what that is, is remembered, and nothing was read.
    """
    data = bytes(row.data)
    try:
        with transaction.atomic():
            found = _found(store_places(data))
            if asdict(found) != row.found:
                raise Otherwise
            done(found)
            row.delete()
    except (Otherwise, PlaceFaults):
        PlacesFile.objects.filter(pk=row.pk).update(found=asdict(_tried(data)))
        raise Otherwise from None


def _tried(data: bytes) -> Found:
    try:
        return _found(store_places(data, dry_run=True))
    except PlaceFaults as error:
        return Found(faults=[[fault.line, fault.message] for fault in error.faults[:TOLD]])


def _found(read: Any) -> Found:
    return Found(read.created, read.changed, read.unchanged)
