"""A database that is away."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError, connection


def _refuse(*_args: Any) -> None:
    raise OperationalError("the database is away")


@contextmanager
def database_away() -> Iterator[None]:
    """Every statement fails as it does when the server cannot be reached."""
    with connection.execute_wrapper(_refuse):
        yield
