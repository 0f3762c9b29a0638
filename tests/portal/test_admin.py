from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.accounts.models import User
from tests.portal.accounts.guests import text_of, with_second_factor
from tests.portal.furnished import furnish

pytestmark = pytest.mark.django_db

MOST_QUERIES = 30
REGISTERED = sorted(admin.site._registry.items(), key=lambda pair: pair[0]._meta.label)
EACH = pytest.mark.parametrize("model", [pytest.param(model, id=model._meta.label) for model, _of in REGISTERED])


@pytest.fixture
def superuser() -> User:
    user = User.objects.create_superuser("root@example.org")
    with_second_factor(user)
    return user


@pytest.fixture
def client(client: Client, superuser: User) -> Client:
    client.force_login(superuser)
    return client


def address(model: Any, page: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code == 200, url
    return len(captured)


@EACH
def test_a_list_opens_with_as_many_queries_for_more_rows(client: Client, model: Any) -> None:
    furnish("one")
    assert model._default_manager.exists()
    url = address(model, "changelist")
    before = queries(client, url)
    furnish("two")
    furnish("three")
    assert queries(client, url) == before <= MOST_QUERIES


@EACH
def test_a_row_opens_with_few_queries(client: Client, model: Any) -> None:
    furnish("one")
    for row in model._default_manager.all()[:4]:
        assert queries(client, address(model, "change", row.pk)) <= MOST_QUERIES


@EACH
def test_a_new_row_can_be_begun_where_rows_are_made_by_hand(client: Client, model: Any) -> None:
    of = admin.site._registry[model]
    request = client.get("/en/admin/").wsgi_request
    response = client.get(address(model, "add"))
    assert response.status_code == (200 if of.has_add_permission(request) else 403)


@EACH
def test_a_list_can_be_searched(client: Client, model: Any) -> None:
    furnish("one")
    for words in ("one", "root@example.org", "x" * 300, "00000000-0000-0000-0000-000000000000", "دم", "%_'\""):
        assert client.get(address(model, "changelist"), {"q": words}).status_code == 200
