"""Pictures as files: kept under the hash of their bytes, written at one stroke."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

from django.conf import settings

EXTENSIONS = {"image/svg+xml": "svg", "image/webp": "webp", "image/avif": "avif"}


class Kept(Protocol):
    """What is kept under the hash of its bytes, a picture or a recording."""

    @property
    def data(self) -> bytes: ...

    @property
    def path(self) -> str: ...


@dataclass(frozen=True)
class Picture:
    """A picture that is safe to keep: its bytes, and its size in pixels."""

    data: bytes
    mime: str
    width: int
    height: int

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def path(self) -> str:
        """Where it lies below the media folder."""
        return f"{self.sha256[:2]}/{self.sha256}.{EXTENSIONS.get(self.mime, 'webp')}"


def write_file(kept: Kept) -> None:
    """Put the bytes in their place at one stroke; nothing to do where they lie already."""
    place = settings.MEDIA_ROOT / kept.path
    if place.is_file():
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as fresh:
        fresh.write(kept.data)
        fresh.flush()
        os.fsync(fresh.fileno())
        os.fchmod(fresh.fileno(), 0o644)
    Path(fresh.name).replace(place)
