"""Everything about a person as one zip: a page to read, `my-data.json`, a table (CSV) a section, and what is what."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext

from portal.accounts.holdings import Row, Section, sections
from portal.accounts.models import User
from portal.accounts.readable import page

FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Pipe(io.RawIOBase):
    """A file that is only written to, and gives back what was written since it was last asked."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.parts.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        parts, self.parts = self.parts, []
        return b"".join(parts)


def stream(user: User) -> Iterator[bytes]:
    """The zip, piece by piece: what is read from the database is sent before the next is read."""
    pipe = _Pipe()
    with ZipFile(pipe, "w", ZIP_DEFLATED) as archive:
        for name, pieces in _files(user):
            with archive.open(name, "w") as file:
                for piece in pieces:
                    file.write(piece.encode())
                    yield pipe.taken()
    yield pipe.taken()


def _files(user: User) -> Iterator[tuple[str, Iterable[str]]]:
    yield "README.txt", [_told()]
    yield "my-data.html", page(user)
    yield "my-data.json", _json(user)
    for section in sections():
        yield f"{section.name}.csv", _csv(section.rows(user))


def _told() -> str:
    lines = [f"{section.name}: {section.words}" for section in sections()]
    intro = gettext("Everything the portal holds about you: my-data.html to read, my-data.json whole, a table a part.")
    return "\r\n".join([f"\ufeff{intro}", "", *lines, ""])


def _json(user: User) -> Iterator[str]:
    """One object with a list a section."""
    before = "{\n"
    for section in sections():
        yield f"{before}{json.dumps(section.name)}: ["
        yield from _listed(section, user)
        yield "]"
        before = ",\n"
    yield "\n}\n"


def _listed(section: Section, user: User) -> Iterator[str]:
    for number, row in enumerate(section.rows(user)):
        yield (",\n" if number else "\n") + json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False)


def _csv(rows: Iterable[Row]) -> Iterator[str]:
    """A table with a head; the mark at its beginning tells spreadsheets that it is UTF-8."""
    line = io.StringIO()
    writer = csv.writer(line)
    for number, row in enumerate(rows):
        if not number:
            writer.writerow([f"\ufeff{next(iter(row))}", *list(row)[1:]])
        writer.writerow([_cell(value) for value in row.values()])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else str(value)
    return f"'{text}" if text.startswith(FORMULA) and isinstance(value, str) else text
