from typing import Any

import pytest
from django.test import Client

from lessons.models import CourseEdition, Lesson, Media, RevisionMedia
from tests.portal.studio.people import FIRST, write
from tests.portal.studio.pictures.walks import photograph
from tests.portal.studio.test_pictures import upload

NAME = "figures/leg.webp"


@pytest.fixture
def pictured(writing: Client, lesson: Lesson, course: CourseEdition) -> Lesson:
    """The lesson whose drafts show an uploaded photograph of 400 × 300 pixels in both languages."""
    upload(writing, photograph(), **{"picture-name": "leg"})
    for language, alt in (("en", "A leg."), ("ar", "ساق.")):
        write(writing, **{f"{language}_markdown": f"{FIRST}\n![{alt}]({NAME})\n"})
    return lesson


@pytest.fixture
def media(pictured: Lesson) -> Any:
    return Media.objects.get(pk__in=RevisionMedia.objects.values("media"))
