"""The people in a file of members, a line each, before anybody looks who of them is known."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from portal.accounts.member_files.columns import LANGUAGE_NAMES, columns_of
from portal.accounts.sms import number_of
from portal.accounts.tables import Unreadable, rows_of

MOST_LINES = 200_000
NAME_LENGTH = 120
EMAIL_LENGTH = 254
PHONE = re.compile(r"\+?[0-9]{6,15}")
FORMULA = ("=", "+", "-", "@")
BETWEEN_DIGITS = " \u00a0-()./\u200e\u200f\u202a\u202c\u2066\u2069"
DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789", BETWEEN_DIGITS)
Fault = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A person; `region` and `organisation` are ids, `organisation` always one."""

    line: int
    email: str
    phone: str
    name: str
    language: str
    region: int | None
    organisation: int


@dataclass
class Lines:
    """`total` counts people, those refused too; `faults` are (line, why)."""

    entries: list[Entry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    total: int = 0


@dataclass(frozen=True)
class Around:
    """What the lines may name: codes with their ids, languages; and what holds where they name nothing."""

    regions: Mapping[str, int]
    organisations: Mapping[str, int]
    languages: Collection[str]
    language: str
    organisation: int


def read_lines(data: bytes, around: Around) -> Lines:
    """Everybody in the file, and everything that is wrong in it; a file that is no table has one fault and nobody."""
    lines = Lines()
    seen: dict[str, int] = {}
    try:
        rows = rows_of(data)
        columns = columns_of(next(rows, (1, []))[1])
        for line, cells in rows:
            lines.total += 1
            if lines.total > MOST_LINES:
                raise Unreadable(line, _("The file has too many lines. Divide it into several."))
            _take(line, _cells(cells, columns), around, seen, lines)
    except Unreadable as error:
        lines.entries.clear()
        lines.faults.append((error.line, error.message))
    return lines


def _cells(cells: list[str], columns: Mapping[str, int]) -> dict[str, str]:
    return {column: cells[place] for column, place in columns.items() if place < len(cells)}


def _take(line: int, cells: dict[str, str], around: Around, seen: dict[str, int], lines: Lines) -> None:
    email, phone = cells.get("email", "").lower(), _number(cells.get("phone", ""))
    language = _language(cells.get("language", ""), around)
    faults = [*_faults(email, phone, cells, language, around), *_twice(line, (email, phone), seen)]
    lines.faults.extend((line, fault) for fault in faults)
    if not faults:
        region = around.regions.get(cells.get("region", "").casefold())
        organisation = around.organisations.get(cells.get("organisation", "").casefold(), around.organisation)
        lines.entries.append(Entry(line, email, phone, cells.get("name", ""), language, region, organisation))


def _number(typed: str) -> str:
    """As accounts are found by it; empty for what is none.

    Where people can log in by a number it must be a mobile one of the country; else it is kept as it is told.
    """
    if settings.PHONE_COUNTRY:
        try:
            return number_of(typed) if typed else ""
        except ValueError:
            return ""
    digits = typed.translate(DIGITS)
    number = f"+{digits[2:]}" if digits.startswith("00") else digits
    return number if PHONE.fullmatch(number) else ""


def _language(text: str, around: Around) -> str:
    """Its code; empty for none that the portal speaks."""
    if not text:
        return around.language
    code = LANGUAGE_NAMES.get(text.casefold(), text.casefold())
    return code if code in around.languages else ""


def _faults(email: str, phone: str, cells: dict[str, str], language: str, around: Around) -> Iterator[str]:
    if not email and not cells.get("phone"):
        yield _("There is neither an e-mail address nor a telephone number.")
    if email and not _is_address(email):
        yield _("This is not an e-mail address. Look for a missing @ or a blank.")
    if cells.get("phone") and not phone:
        yield _("This is no mobile number here. Look at the digits and type it again.")
    if fault := _fault_of_name(cells.get("name", "")):
        yield fault
    if not language:
        yield _("The portal does not speak this language. Write %(codes)s.") % {"codes": ", ".join(around.languages)}
    if (code := cells.get("region", "")) and code.casefold() not in around.regions:
        yield _("There is no region “%(code)s”.") % {"code": code[:60]}
    if (code := cells.get("organisation", "")) and code.casefold() not in around.organisations:
        yield _("“%(code)s” is neither this organisation nor one below it.") % {"code": code[:60]}


def _is_address(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return len(email) <= EMAIL_LENGTH and not email.startswith(FORMULA)


def _fault_of_name(name: str) -> str:
    if len(name) > NAME_LENGTH:
        return _("A name has at most %(most)s letters.") % {"most": NAME_LENGTH}
    if name.startswith(FORMULA):
        return _("The name begins like a formula. Write the name itself.")
    if any(unicodedata.category(letter) == "Cc" for letter in name):
        return _("There are signs in the name that no name has. Type it in again.")
    return ""


def _twice(line: int, contacts: tuple[str, ...], seen: dict[str, int]) -> Iterator[str]:
    for contact in filter(None, contacts):
        first = seen.setdefault(contact, line)
        if first != line:
            message = _("“%(contact)s” stands in line %(line)s already. Take one of the two out.")
            yield message % {"contact": contact[:60], "line": first}
