"""What tests of quizzes share."""

from collections.abc import Iterator

import pytest
from django.utils.translation import override


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """A test speaks English until it says otherwise, whichever language the one before it has left behind."""
    with override("en"):
        yield
