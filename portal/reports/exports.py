"""Tables as files that a spreadsheet opens right, whatever the language."""

import csv
from collections.abc import Iterable, Iterator

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

BYTE_ORDER_MARK = "\ufeff"  # without it a spreadsheet takes Arabic for something else
BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # also in wide letters


class _Line:
    """What `csv.writer` writes a line to: it hands the line back."""

    def write(self, line: str) -> str:
        return line


def harmless(value: object) -> object:
    """The cell, with an apostrophe before text that a spreadsheet would take for a formula."""
    text = value if isinstance(value, int | float) else str(value)
    return f"'{text}" if isinstance(text, str) and text.startswith(BEGINS_FORMULA) else text


def csv_lines(rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """The lines of the file, one at a time."""
    writer = csv.writer(_Line())
    yield BYTE_ORDER_MARK
    for row in rows:
        yield writer.writerow([harmless(cell) for cell in row])


def csv_file(name: str, rows: Iterable[Iterable[object]]) -> StreamingHttpResponse:
    """A response that a browser keeps as the file `name`."""
    response = StreamingHttpResponse(csv_lines(rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = str(content_disposition_header(as_attachment=True, filename=name))
    return response
