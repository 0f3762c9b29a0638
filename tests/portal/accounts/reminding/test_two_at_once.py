"""Two workers that remind the same person at the same time."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from lessons.models import Course
from portal.accounts.models import Reminder, User
from portal.accounts.reminding.sending import claim
from tests.portal.accounts.organisations.conftest import TODAY

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]


def test_of_two_at_once_one_sends() -> None:
    user = User.objects.create_user("salma@example.org")
    course = Course.objects.create(key="first-aid", slug="first-aid")
    together = Barrier(2)

    def try_to_claim(_worker: int) -> bool:
        together.wait()
        try:
            return claim(user.pk, course.pk, TODAY)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        claimed = list(pool.map(try_to_claim, range(2)))
    assert sorted(claimed) == [False, True]
    assert Reminder.objects.count() == 1
