"""Who sees exact figures of their own people sees the other regions only as everybody does."""

import pytest
from django.test import Client
from django.utils.html import strip_tags

from portal.accounts.models import RoleGrant, User
from portal.reports.public.publishing import publish
from tests.factories import RoleGrantFactory
from tests.portal.accounts.guests import with_second_factor
from tests.portal.reports.history import national_administrator
from tests.portal.reports.public.country import Country

pytestmark = pytest.mark.django_db
SUMMARY = "All regions, from the published figures"


def report(user: User, query: str = "?course=first-aid") -> str:
    client = Client()
    with_second_factor(user)
    client.force_login(user)
    response = client.get(f"/en/reports/completion/{query}")
    assert response.status_code == 200, response.headers
    return " ".join(strip_tags(response.content.decode()).split())


def regional(country: Country) -> User:
    granted: RoleGrant = RoleGrantFactory(role=RoleGrant.Role.ADMINISTRATOR, region=country.hill)
    return granted.user


def test_an_administrator_of_one_place_sees_the_others_in_bands(published: Country) -> None:
    page = report(regional(published))
    assert SUMMARY in page
    assert "North 30 to 99 55% South 30 to 99 not told No region given 10 to 29 not told" in page


def test_without_a_course_there_is_nothing_to_compare(published: Country) -> None:
    assert SUMMARY not in report(regional(published), "")


def test_who_sees_everybody_needs_no_bands(published: Country) -> None:
    assert SUMMARY not in report(national_administrator())
    assert published


def test_before_anything_is_published_nothing_is_compared(country: Country) -> None:
    assert SUMMARY not in report(regional(country))
    assert list(publish())
