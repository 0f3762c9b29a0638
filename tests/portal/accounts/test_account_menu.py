from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import Client, RequestFactory

from portal.accounts.models import User
from portal.accounts.slots import account
from tests.factories import OrganisationFactory, RoleGrantFactory, UserFactory
from tests.portal.accounts.guests import SCRIPT

pytestmark = pytest.mark.django_db


def request_of(rf: RequestFactory, user: User | AnonymousUser) -> HttpRequest:
    request = rf.get("/en/courses/")
    request.user = user
    return request


def test_a_guest_is_offered_the_log_in_and_the_way_back(rf: RequestFactory) -> None:
    html = account(request_of(rf, AnonymousUser()), "")
    assert "/account/login/?next=/en/courses/" in html
    assert "<form" not in html


def test_a_person_sees_their_name_and_can_log_out(rf: RequestFactory) -> None:
    html = account(request_of(rf, UserFactory(display_name="سلمى حداد")), "")
    assert "سلمى حداد" in html
    assert "csrfmiddlewaretoken" in html


def test_a_name_with_a_script_is_only_text(rf: RequestFactory) -> None:
    assert SCRIPT not in account(request_of(rf, UserFactory(display_name=SCRIPT)), "")


def test_a_citizen_sees_no_room_for_staff(rf: RequestFactory) -> None:
    html = account(request_of(rf, UserFactory()), "")
    assert not any(room in html for room in ("/studio/", "/reports/", "/admin/"))


def test_a_manager_sees_the_reports_only(rf: RequestFactory) -> None:
    html = account(request_of(rf, RoleGrantFactory(role="manager", organisation=OrganisationFactory()).user), "")
    assert "/reports/" in html
    assert "/studio/" not in html


def test_the_menu_costs_one_query(rf: RequestFactory, django_assert_num_queries: Any) -> None:
    request = request_of(rf, UserFactory())
    with django_assert_num_queries(1):
        account(request, "")


def test_the_menu_stands_on_a_public_page_for_its_person_alone(client: Client) -> None:
    client.force_login(UserFactory(display_name="Salma"))
    assert "Salma" in client.get("/en/courses/").content.decode()
    guest = Client().get("/en/courses/").content.decode()
    assert "Salma" not in guest
    assert "/en/account/login/?next=/en/courses/" in guest
