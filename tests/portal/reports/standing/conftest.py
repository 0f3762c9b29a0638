import pytest
from django.test import Client

from tests.portal.accounts.guests import with_second_factor
from tests.portal.reports.history import manager_of, national_administrator
from tests.portal.reports.standing.school import School


@pytest.fixture
def school() -> School:
    return School()


@pytest.fixture
def as_administrator(client: Client) -> Client:
    administrator = national_administrator()
    with_second_factor(administrator)
    client.force_login(administrator)
    return client


@pytest.fixture
def as_manager_of_school(client: Client, school: School) -> Client:
    manager = manager_of(school.school)
    with_second_factor(manager)
    client.force_login(manager)
    return client
