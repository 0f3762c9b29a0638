from pathlib import Path
from typing import Any

import pytest

from tests.factories import published_course, published_lesson


@pytest.fixture
def course_to_find(cold_pages: Path) -> Any:
    """A course to find, and no page that another test has left."""
    return published_course(lessons=[published_lesson()], final={})
