"""A package between its two steps: it is sent and tried, and read in once somebody has seen what that would do."""

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.exchange.faults import PackageFaults
from portal.exchange.models import WaitingPackage, WaitingPart
from portal.exchange.reading import read_package
from portal.exchange.storing.report import Report

PIECE = 1024 * 1024
KEPT = timedelta(days=1)
"""How long a package waits; whoever sends the next one takes older ones away."""
CREATED, CHANGED, UNCHANGED, FAULTS = "created", "changed", "unchanged", "faults"


class Otherwise(Exception):
    """Reading it would do something else than was seen: the portal has changed since. Nothing was read."""


@dataclass(frozen=True)
class Found:
    """What reading a package would do, or the faults (file, line, message) for which it cannot be read."""

    created: list[str]
    changed: list[str]
    unchanged: list[str]
    faults: list[dict[str, Any]]

    @property
    def is_quiet(self) -> bool:
        """Whether there is nothing to read in: all of it is there."""
        return not (self.created or self.changed or self.faults)

    @property
    def counts(self) -> dict[str, int]:
        return {name: len(places) for name, places in asdict(self).items()}


def keep(file: UploadedFile, sent_by: User) -> WaitingPackage:
    """The file as it was sent, waiting; what waited too long, whoever sent it, goes."""
    with transaction.atomic():
        WaitingPackage.objects.filter(sent_at__lt=timezone.now() - KEPT).delete()
        package = WaitingPackage.objects.create(sent_by=sent_by, name=(file.name or "")[:200], size=file.size or 0)
        digest = hashlib.sha256()
        for number, piece in enumerate(file.chunks(PIECE)):
            digest.update(piece)
            WaitingPart.objects.create(package=package, number=number, data=piece)
        package.sha256 = digest.hexdigest()
        package.save(update_fields=["sha256"])
    return package


def waiting_for(person: User) -> Any:
    """The packages that this person has sent and that still wait, the newest first."""
    return WaitingPackage.objects.filter(sent_by=person, sent_at__gte=timezone.now() - KEPT)


def found_of(package: WaitingPackage) -> Found:
    """What was found when it was tried last."""
    return Found(**{name: package.found.get(name, []) for name in (CREATED, CHANGED, UNCHANGED, FAULTS)})


def tried(package: WaitingPackage) -> Found:
    """What reading it now would do; the waiting package remembers it."""
    with _file(package) as path:
        return _remember(package, _try(path))


def read_in(package: WaitingPackage, done: Callable[[Found], object]) -> None:
    """Reads the package in as it was seen, and it waits no longer; `done` hears what was done, in the same transaction.

    Raises Otherwise where it would do anything else: what that is, is remembered, and nothing was read.
    WaitingPackage.DoesNotExist where somebody was faster.
    """
    seen = found_of(package)
    with _file(package) as path:
        try:
            with transaction.atomic():
                held = WaitingPackage.objects.select_for_update().get(pk=package.pk)
                found = _found(read_package(path))
                if found != seen:
                    raise Otherwise
                done(found)
                held.delete()
        except (Otherwise, PackageFaults):
            _remember(package, _try(path))
            raise Otherwise from None


def _try(path: Path) -> Found:
    try:
        return _found(read_package(path, dry_run=True))
    except PackageFaults as error:
        return Found([], [], [], [asdict(fault) for fault in error.faults])


def _found(report: Report) -> Found:
    return Found(report.created, report.changed, report.unchanged, [])


def _remember(package: WaitingPackage, found: Found) -> Found:
    package.found = asdict(found)
    package.save(update_fields=["found"])
    return found


@contextmanager
def _file(package: WaitingPackage) -> Iterator[Path]:
    """The zip on disk, for as long as it is read."""
    with tempfile.TemporaryDirectory(prefix="package-") as folder:
        path = Path(folder) / "package.zip"
        with path.open("wb") as file:
            for piece in package.parts.order_by("number").values_list("data", flat=True).iterator(chunk_size=4):
                file.write(piece)
        yield path
