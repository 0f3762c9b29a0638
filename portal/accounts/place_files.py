"""Regions and organisations from a file of lines, all or nothing.

A CSV file in UTF-8 with the columns `kind` (region or organisation), `code`, `parent` (a code of the same kind, in the
file or in the portal, empty for the top) and one `name_…` for each language of the portal, such as `name_ar`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import Organisation, OrganisationText, Region, RegionText
from portal.accounts.tables import Unreadable, rows_of
from portal.accounts.trees import lock_tree

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
NAME_LENGTH = 160
Trees = tuple[type[Region] | type[Organisation], type[RegionText] | type[OrganisationText]]
KINDS: dict[str, Trees] = {"region": (Region, RegionText), "organisation": (Organisation, OrganisationText)}
COLUMNS = ("kind", "code", "parent", *(f"name_{language}" for language, _name in settings.LANGUAGES))


@dataclass(frozen=True, order=True)
class Fault:
    """What is wrong in a line (counted from 1) of the file, and what to do."""

    line: int
    message: str


class PlaceFaults(Exception):
    """A file that cannot be read in; nothing was changed."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(faults)
        super().__init__("\n".join(f"{fault.line}: {fault.message}" for fault in self.faults))


@dataclass(frozen=True)
class Entry:
    """A line of the file."""

    line: int
    kind: str
    code: str
    parent: str
    names: dict[str, str]


@dataclass
class Read:
    """Codes of what was new, of what was changed, and of what was already as the file has it."""

    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)


def read_places(file: Path, *, dry_run: bool = False) -> Read:
    """Makes the portal's places as the file has them; those it does not name are left alone. Raises PlaceFaults."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise PlaceFaults([Fault(1, _("The file cannot be read: %(why)s.") % {"why": error.strerror})]) from None
    return store_places(data, dry_run=dry_run)


def store_places(data: bytes, *, dry_run: bool = False) -> Read:
    """The same of what is in a file."""
    entries = _entries(data)
    with transaction.atomic():
        for model, _texts in KINDS.values():
            lock_tree(model)
        _refuse(list(_faults(entries)))
        read = Read()
        for kind in KINDS:
            _store(kind, [entry for entry in entries if entry.kind == kind], read)
        transaction.set_rollback(dry_run)
    return read


def _entries(data: bytes) -> list[Entry]:
    try:
        lines = rows_of(data)
        _line, head = next(lines, (1, []))
        missing = [column for column in COLUMNS if column not in head]
        if missing:
            message = _("The first line must name the columns; these are missing: %(columns)s.")
            raise PlaceFaults([Fault(1, message % {"columns": ", ".join(missing)})])
        return [_entry(line, dict(zip(head, cells, strict=False))) for line, cells in lines]
    except Unreadable as error:
        raise PlaceFaults([Fault(error.line, error.message)]) from None


def _entry(line: int, cells: dict[str, str]) -> Entry:
    names = {column[5:]: cells[column] for column in COLUMNS if column.startswith("name_") and cells.get(column)}
    return Entry(line, cells.get("kind", ""), cells.get("code", ""), cells.get("parent", ""), names)


def _refuse(faults: list[Fault]) -> None:
    if faults:
        raise PlaceFaults(faults)


def _faults(entries: list[Entry]) -> Iterator[Fault]:
    """Everything that is wrong, said at once."""
    above = {
        kind: _known(kind) | {entry.code: entry.parent for entry in entries if entry.kind == kind} for kind in KINDS
    }
    seen: dict[tuple[str, str], int] = {}
    for entry in entries:
        if entry.kind not in KINDS:
            yield Fault(entry.line, _("“%(kind)s” is no kind. Write region or organisation.") % {"kind": entry.kind})
            continue
        yield from _faults_of(entry, above[entry.kind])
        first = seen.setdefault((entry.kind, entry.code), entry.line)
        if first != entry.line:
            message = _("“%(code)s” stands in line %(line)s already. Take one of the two out.")
            yield Fault(entry.line, message % {"code": entry.code, "line": first})


def _known(kind: str) -> dict[str, str]:
    """By the code of each place in the portal, that of the one above it."""
    rows = KINDS[kind][0]._default_manager.order_by().values_list("code", "parent__code")
    return {code: parent or "" for code, parent in rows}


def _faults_of(entry: Entry, above: dict[str, str]) -> Iterator[Fault]:
    model = KINDS[entry.kind][0]
    longest = model._meta.get_field("code").max_length or 0
    if not CODE.fullmatch(entry.code) or len(entry.code) > longest:
        message = _("“%(code)s” is no code. Use letters a to z, digits and hyphens, at most %(most)s.")
        yield Fault(entry.line, message % {"code": entry.code, "most": longest})
    if entry.parent and entry.parent not in above:
        message = _("There is no “%(parent)s” to stand below. Add a line for it, or leave the parent empty.")
        yield Fault(entry.line, message % {"parent": entry.parent})
    elif _stands_below_itself(entry.code, above):
        yield Fault(entry.line, _("“%(code)s” would stand below itself. Change its parent.") % {"code": entry.code})
    if not entry.names:
        yield Fault(entry.line, _("There is no name. Write one in at least one language."))
    if any(len(name) > NAME_LENGTH for name in entry.names.values()):
        yield Fault(entry.line, _("A name has at most %(most)s letters.") % {"most": NAME_LENGTH})


def _stands_below_itself(code: str, above: dict[str, str]) -> bool:
    passed = {code}
    while code := above.get(code, ""):
        if code in passed:
            return True
        passed.add(code)
    return False


def _store(kind: str, entries: list[Entry], read: Read) -> None:
    """Three steps, so that a line may stand before that of its parent: the places, who stands below whom, the names."""
    model: type[Organisation] = KINDS[kind][0]
    texts: type[OrganisationText] = KINDS[kind][1]  # type: ignore[assignment]
    known = {place.code: place for place in model.objects.without_tree_fields()}
    new = [model(code=entry.code) for entry in entries if entry.code not in known]
    fresh = {place.code for place in new}
    known |= {place.code: place for place in model.objects.bulk_create(new)}
    rows = texts.objects.values_list(kind, "language", "name")
    named = {(place_id, language): name for place_id, language, name in rows}
    moved, words = [], []
    for entry in entries:
        place = known[entry.code]
        parent = known[entry.parent].pk if entry.parent else None
        other = [
            texts(language=language, name=name, **{f"{kind}_id": place.pk})
            for language, name in entry.names.items()
            if named.get((place.pk, language)) != name
        ]
        if place.parent_id != parent:
            place.parent_id = parent
            moved.append(place)
        elif not other:
            read.unchanged.append(entry.code)
            continue
        words += other
        (read.created if place.code in fresh else read.changed).append(entry.code)
    model.objects.without_tree_fields().bulk_update(moved, ["parent"], batch_size=500)
    texts.objects.bulk_create(
        words, update_conflicts=True, unique_fields=[kind, "language"], update_fields=["name"], batch_size=500
    )
