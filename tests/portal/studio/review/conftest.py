import pytest
from django.test import Client

from lessons.models import CourseEdition, Lesson, Revision
from portal.studio.models import Release
from tests.factories import published_question
from tests.portal.studio.people import FIRST, compose, send_to_review, write

TEXT = f"{FIRST}\nCall for help within 10 minutes.\n"


@pytest.fixture
def release(writing: Client, lesson: Lesson, course: CourseEdition) -> Release:
    """A new English text of two blocks and a question with another wording, in review."""
    write(writing, en_title="Severe bleeding, stopped", en_markdown=TEXT)
    compose(writing, published_question(lesson, key="Q-new").question, stem_en="Blood spurts from an arm. What first?")
    return send_to_review(writing)


@pytest.fixture
def revision(release: Release) -> Revision:
    return release.revisions.get()
