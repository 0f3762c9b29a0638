from typing import Any

import pytest

from lessons import pages
from tests.factories import published_course, published_lesson


@pytest.fixture
def course_to_find(tmp_path: Any, settings: Any) -> Any:
    """A course to find, and no page that another test has left."""
    settings.STAMP_FILE = tmp_path / "stamp"
    settings.CACHES = settings.CACHES | {
        "pages": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": tmp_path / "pages"}
    }
    pages._pages.clear()
    return published_course(lessons=[published_lesson()], final={})
