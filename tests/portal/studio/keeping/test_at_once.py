"""Two tabs of one person that send at the same moment."""

import pytest
from django.test import Client

from lessons.models import CourseEdition
from portal.accounts.models import User
from portal.studio.models import WorkingCopy
from tests.portal.studio.keeping.typing import KEEPING, OTHER_TAB, typed
from tests.portal.studio.test_at_once import at_once, sending

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


def browsers(person: User) -> list[Client]:
    """Two of one person."""
    two = [Client(), Client()]
    for browser in two:
        browser.force_login(person)
    return two


def test_one_is_kept_and_the_other_is_told(instructor: User, course: CourseEdition) -> None:
    one, other = browsers(instructor)
    deeds = [
        sending(one, KEEPING, typed(one, en_title="One")),
        sending(other, KEEPING, typed(other, tab=OTHER_TAB, en_title="The other")),
    ]
    assert at_once(deeds) == [200, 409]
    assert WorkingCopy.objects.get().first("en-title") in {"One", "The other"}


def test_the_same_sent_twice_is_one_copy(instructor: User, course: CourseEdition) -> None:
    one, other = browsers(instructor)
    fields = typed(one, en_title="One")
    assert at_once([sending(one, KEEPING, fields), sending(other, KEEPING, fields)]) == [200, 200]
    assert WorkingCopy.objects.get().first("en-title") == "One"
