import pytest
from django.core.cache import cache

from portal.reports.public.publishing import publish
from tests.portal.reports.public.country import Country, peopled


@pytest.fixture
def country() -> Country:
    cache.clear()  # a server's thread of a test before may have asked for a count
    return peopled()


@pytest.fixture
def published(country: Country) -> Country:
    """March, April and May of the country are published; it is the last day of June."""
    assert [of.month.month for of in publish()] == [3, 4, 5]
    return country
