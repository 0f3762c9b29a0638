"""A package as one file: written the same every time, and unpacked so that no file can do harm.

What a zip says of itself is checked before anything is unpacked, and what comes out of it is counted while it does:
names and sizes in a zip are claims of whoever made it.
"""

import errno
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.exchange.faults import FaultList

MOST_BYTES = 100 * 1024 * 1024
"""Of the zip itself."""
MOST_UNPACKED = 300 * 1024 * 1024
MOST_FILES = 10_000
DEEPEST, LONGEST = 10, 240
MOST_TIMES, SMALL = 100, 1024 * 1024
"""How many times its size a file may become, once it is larger than `SMALL`: texts shrink to a tenth, bombs further."""
BLOCK = 64 * 1024
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
PACKED = (".webp", ".mp3", ".m4a", ".ogg")
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
LEFT_OUT = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")
"""What file managers put into every zip they make."""
READABLE = stat.S_IFREG | 0o644


def write_zip(files: Mapping[str, bytes | Path], target: IO[bytes]) -> None:
    """The files as a zip: the same files give the same bytes. What is packed already is not packed again."""
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, FIRST_DAY)
            entry.external_attr, entry.create_system = READABLE << 16, 3
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(PACKED) else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content.read_bytes() if isinstance(content, Path) else content, compresslevel=9)


@contextmanager
def unpacked(path: Path, faults: FaultList) -> Iterator[Path]:
    """The folder of a package: `path` itself, or what the zip holds, in a folder that is gone afterwards.

    Raises PackageFaults where the zip cannot be trusted; then nothing of it was kept.
    """
    if not path.is_file():
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="package-") as folder:
        _unpack(path, Path(folder), faults)
        faults.refuse()
        yield _root(Path(folder))


DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, EOFError),  # bytes that are wrong, or missing at the end
    *(NotImplementedError, RuntimeError),  # a way of packing that there is not, or a password
    *(ValueError, OSError),  # an entry that begins before the file does
)
"""Whatever a damaged or made-up zip makes the reader say; nothing of it is kept."""
OURS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EACCES, errno.EROFS)
"""What is wrong with our own disk, and not with what was sent."""


def _unpack(path: Path, folder: Path, faults: FaultList) -> None:
    if path.stat().st_size > MOST_BYTES:
        faults.add(path.name, 1, too_large())
        return
    try:
        with zipfile.ZipFile(path) as archive:
            entries = _trusted(path.name, archive, faults)
            if not faults.found:
                _write_out(archive, entries, folder, faults)
    except DAMAGED as error:
        if getattr(error, "errno", None) in OURS:
            raise
        faults.add(path.name, 1, _("This is no zip file, or it is damaged. Make or download it once more."))


def too_large() -> str:
    """The sentence for a file that is too large to be looked into."""
    return _("The file is larger than %(megabytes)s MB. Divide it: each course may travel alone.") % {
        "megabytes": MOST_BYTES // 1024 // 1024
    }


def _trusted(file: str, archive: zipfile.ZipFile, faults: FaultList) -> list[zipfile.ZipInfo]:
    """The files of the zip, when what it says of all of them is acceptable."""
    entries = archive.infolist()
    if len(entries) > MOST_FILES:
        message = ngettext(
            "It holds more than %(count)s file. Divide it.",
            "It holds more than %(count)s files. Divide it.",
            MOST_FILES,
        )
        faults.add(file, 1, message % {"count": MOST_FILES})
        return []
    if _claimed(entries) > MOST_UNPACKED:
        faults.add(file, 1, _unpacks_too_large())
        return []
    seen: set[str] = set()
    wanted = []
    for entry in entries:
        if message := _distrust(entry, seen):
            faults.add(_shown(entry.filename) or file, 1, message)
        elif not entry.is_dir() and not set(PurePosixPath(entry.filename).parts) & set(LEFT_OUT):
            wanted.append(entry)
    for name in sorted({_folded(entry.filename) for entry in wanted} & _folders(wanted)):
        faults.add(_shown(name), 1, _("This is a file and a folder at once. Make the zip once more."))
    return wanted


def _claimed(entries: list[zipfile.ZipInfo]) -> int:
    """The bytes that the zip says it unpacks to."""
    return sum(entry.file_size for entry in entries)


def _folders(entries: list[zipfile.ZipInfo]) -> set[str]:
    return {parent.as_posix() for entry in entries for parent in PurePosixPath(_folded(entry.filename)).parents}


def _folded(name: str) -> str:
    """Names that are one on some machines."""
    return name.rstrip("/").casefold()


def _distrust(entry: zipfile.ZipInfo, seen: set[str]) -> str:
    """Why an entry is not unpacked; "" where nothing is against it."""
    name, kind = entry.filename, stat.S_IFMT(entry.external_attr >> 16)
    parts = name.rstrip("/").split("/")
    if "\\" in name or ":" in name or name.startswith("/") or not set(parts).isdisjoint({"", ".", ".."}):
        return _("This name leads out of the package. Names begin in its folder and hold no “..”, “:” or “\\”.")
    if any(ord(letter) < 32 for letter in entry.orig_filename) or len(parts) > DEEPEST or len(name.encode()) > LONGEST:
        return _("This name is too long, too deep, or holds signs that no file name may hold. Rename it.")
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return _("This is a link or a device and no file. Put the file itself there.")
    if entry.flag_bits & 0x1:
        return _("This is encrypted. Make the zip without a password.")
    if entry.compress_type not in METHODS:
        return _("This is packed in a way that is not read here. Make an ordinary zip.")
    if entry.file_size > max(SMALL, entry.compress_size * MOST_TIMES):
        return _("This would unpack to far more than it is. Such a zip is made to do harm, and is not read.")
    if _folded(name) in seen:
        return _("This name stands twice in the zip. Keep one of them.")
    seen.add(_folded(name))
    return ""


def _write_out(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], folder: Path, faults: FaultList) -> None:
    """Unpacks file by file, counting what really comes out."""
    left = MOST_UNPACKED
    for entry in entries:
        place = folder / entry.filename
        place.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(entry) as packed, place.open("xb") as file:
            while block := packed.read(BLOCK):
                left -= len(block)
                if left < 0:
                    faults.add(entry.filename, 1, _unpacks_too_large())
                    return
                file.write(block)


def _root(folder: Path) -> Path:
    """Where the package begins: a folder that was packed with its name stands alone in the zip."""
    inside = list(folder.iterdir())
    if len(inside) != 1 or not inside[0].is_dir() or inside[0].name == "shared":
        return folder
    only = inside[0]
    return folder if (only / "course.yaml").is_file() else only


def _unpacks_too_large() -> str:
    return _("It unpacks to more than %(megabytes)s MB. Divide it: each course may travel alone.") % {
        "megabytes": MOST_UNPACKED // 1024 // 1024
    }


def _shown(name: str) -> str:
    """A name as it may be shown: no signs that steer a terminal, and not endless."""
    return "".join(letter if letter.isprintable() else "?" for letter in name)[:200]
