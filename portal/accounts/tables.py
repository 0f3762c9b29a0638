"""Tables that people send as CSV, as spreadsheets write them: UTF-8 with or without its mark, commas or semicolons."""

import csv
import io
from collections.abc import Iterator

from django.utils.translation import gettext as _

Row = tuple[int, list[str]]
BETWEEN = (",", ";", "\t")
LONGEST_CELL = 2_000


class Unreadable(Exception):
    """What is wrong with the file as a whole, or from which line (counted from 1) on, and what to do."""

    def __init__(self, line: int, message: str) -> None:
        self.line, self.message = line, message
        super().__init__(message)


def rows_of(data: bytes) -> Iterator[Row]:
    """(line, cells without blanks around them), the head first and empty lines left out. Raises Unreadable."""
    text = _text(data)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_between(text), strict=True)
    try:
        for cells in reader:
            row = [cell.strip() for cell in cells]
            if any(len(cell) > LONGEST_CELL for cell in row):
                raise Unreadable(reader.line_num, _("A field is far too long. Look for a quotation mark too many."))
            if any(row):
                yield reader.line_num, row
    except csv.Error:
        said = _("From this line on it is no table. Look for a quotation mark too many, and save it as CSV again.")
        raise Unreadable(reader.line_num, said) from None


def _text(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(1, _("The file is not in UTF-8. Save it as “CSV UTF-8”.")) from None
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise Unreadable(line, _("This is no text. Save the table as “CSV UTF-8”."))
    return text


def _between(text: str) -> str:
    """What stands between the cells: whichever the head has most of."""
    head = text.lstrip("\r\n").partition("\n")[0]
    return max(BETWEEN, key=head.count)
