"""Tables as files that a spreadsheet opens right, whatever the language."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from tempfile import TemporaryFile

from django.http import FileResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

BYTE_ORDER_MARK = "\ufeff"  # without it a spreadsheet takes Arabic for something else
BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # also in wide letters
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTHS = (18, 44)  # of the first columns; the others are as wide as a number with its heading
WIDTH = 16
SHEET_LINES = 1_048_576  # more do not go into a sheet, in any program

Rows = Iterable[Iterable[object]]


class _Line:
    """What `csv.writer` writes a line to: it hands the line back."""

    def write(self, line: str) -> str:
        return line


def harmless(value: object) -> object:
    """The cell, with an apostrophe before text that a spreadsheet would take for a formula."""
    text = value if isinstance(value, int | float) else "" if value is None else str(value)
    return f"'{text}" if isinstance(text, str) and text.startswith(BEGINS_FORMULA) else text


def csv_lines(rows: Rows) -> Iterator[str]:
    """The lines of the file, one at a time."""
    writer = csv.writer(_Line())
    yield BYTE_ORDER_MARK
    for row in rows:
        yield writer.writerow([harmless(cell) for cell in row])


def csv_file(name: str, rows: Rows) -> StreamingHttpResponse:
    """A response that a browser keeps as the file `name`."""
    response = StreamingHttpResponse(csv_lines(rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = str(content_disposition_header(as_attachment=True, filename=name))
    return response


def xlsx_file(name: str, rows: Rows, *, rtl: bool) -> FileResponse:
    """The same as a workbook, written row by row to a file that is gone when it has been sent.

    Fractions are shares, dates are dates, and text is text: a cell that looks like a formula or a link is neither.
    What does not go into one sheet goes on in the next, under the same headings.
    """
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    write_workbook(file, rows, rtl=rtl)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)


def write_workbook(file: object, rows: Rows, *, rtl: bool, lines: int = SHEET_LINES) -> None:
    """Writes the rows, the first of which are the headings, in sheets of so many lines; no more than one is held."""
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(file, {"constant_memory": True, **plain}) as book:
        formats = {
            date: book.add_format({"num_format": "yyyy-mm-dd"}),
            float: book.add_format({"num_format": "0%"}),
            int: book.add_format({"num_format": "#,##0"}),
        }
        head = book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"})
        left = iter(rows)
        headings = list(next(left, ()))
        sheet, line = _sheet(book, headings, head, rtl=rtl), 0
        for row in left:
            line += 1
            if line == lines:
                sheet, line = _sheet(book, headings, head, rtl=rtl), 1
            for column, value in enumerate(row):
                _cell(sheet, line, column, value, formats.get(type(value)))


def _sheet(book: Workbook, headings: Sequence[object], style: object, *, rtl: bool) -> Worksheet:
    sheet = book.add_worksheet()
    if rtl:
        sheet.right_to_left()
    sheet.freeze_panes(1, 0)
    for column in range(16):
        sheet.set_column(column, column, WIDTHS[column] if column < len(WIDTHS) else WIDTH)
    for column, value in enumerate(headings):
        _cell(sheet, 0, column, value, style)
    return sheet


def _cell(sheet: Worksheet, row: int, column: int, value: object, style: object) -> None:
    if isinstance(value, date):
        sheet.write_datetime(row, column, value, style)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, style)
    elif value is not None:
        sheet.write_string(row, column, str(value), style)
