"""What is done to words that save lives goes into the audit log, which belongs to the site and registers here."""

from collections.abc import Callable
from typing import Any

Recorder = Callable[..., object]
_recorders: list[Recorder] = []


def register(recorder: Recorder) -> None:
    """`recorder(by, deed, subject, **detail)`: `by` is a request, or None for the portal itself; `detail` is JSON."""
    if recorder not in _recorders:
        _recorders.append(recorder)


def record(by: Any, deed: str, subject: object, **detail: Any) -> None:
    for recorder in _recorders:
        recorder(by, deed, subject, **detail)
