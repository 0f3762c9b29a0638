import pytest
from django.test import Client

from portal.accounts.models import User
from tests.portal.accounts.guests import with_second_factor


@pytest.fixture
def administration(client: Client) -> Client:
    """A browser in which a superuser is logged in."""
    user = User.objects.create_superuser("root@example.org")
    with_second_factor(user)
    client.force_login(user)
    return client
