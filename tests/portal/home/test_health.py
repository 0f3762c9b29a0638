from typing import Any

import pytest
from django.test import Client

from tests.portal.home.database import database_away

pytestmark = pytest.mark.django_db


def test_a_portal_with_its_database_is_well(client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_a_portal_without_its_database_is_not(client: Client) -> None:
    with database_away():
        response = client.get("/healthz")
    assert (response.status_code, response.json()) == (503, {"status": "no database"})


def test_the_answer_is_kept_by_nobody_and_sets_no_cookie(client: Client) -> None:
    response = client.get("/healthz")
    assert response.headers["Cache-Control"] == "no-store"
    assert not response.cookies


def test_it_costs_one_query(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        client.get("/healthz")


def test_it_can_only_be_asked(client: Client) -> None:
    assert client.post("/healthz").status_code == 405
