import pytest
from django.test import Client

from portal.accounts.models import RoleGrant
from tests.portal.studio.people import staff


@pytest.fixture
def arranging() -> Client:
    """A browser in which an administrator of the nation is logged in."""
    client = Client()
    client.force_login(staff("Amal", RoleGrant.Role.ADMINISTRATOR))
    return client
