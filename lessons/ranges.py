"""Files sent whole or in part (RFC 9110, 14): a player jumps in a recording without fetching what lies before."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

ONE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
BLOCK = 64 * 1024


class NotThere(ValueError):
    """A range begins behind the end of the file."""


def wanted(header: str, size: int) -> range | None:
    """The bytes that a `Range` asks for; None where the whole is sent: it asks for none, for several, or badly."""
    found = ONE_RANGE.fullmatch(header.replace(" ", ""))
    if found is None or found[0] == "bytes=-":
        return None
    first, last = found.groups()
    if not first:
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(size, int(last) + 1) if last else size
        if last and int(last) < start:
            return None
    if start >= size or start >= end:
        raise NotThere(header)
    return range(start, end)


def file_or_part(request: HttpRequest, path: Path, mime: str, etag: str) -> HttpResponseBase:
    """The file, or the part that is asked for as long as it is still the same file."""
    size = path.stat().st_size
    same = request.headers.get("If-Range", etag) == etag
    try:
        part = wanted(request.headers.get("Range", ""), size) if same and request.method == "GET" else None
    except NotThere:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response: HttpResponseBase
    if part is None:
        response = FileResponse(path.open("rb"), content_type=mime)
    else:
        response = StreamingHttpResponse(_blocks(path, part), status=206, content_type=mime)
        response["Content-Length"] = str(len(part))
        response["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    return response


def _blocks(path: Path, part: range) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(part.start)
        left = len(part)
        while left and (block := file.read(min(BLOCK, left))):
            left -= len(block)
            yield block
