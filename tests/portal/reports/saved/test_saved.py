"""Saving a report as it is shown: only our reports, only one's own, and no right comes with it."""

import pytest
from django.test import Client

from portal.accounts.models import RoleGrant, User
from portal.reports.models import SavedView
from portal.reports.saved.keeping import MOST, address_of, held, read_address
from tests.portal.accounts.guests import text_of
from tests.portal.reports.people.conftest import Nation, browser_of

pytestmark = pytest.mark.django_db
NEW = "/en/reports/saved/new/"
OVERDUE = "/en/reports/overdue/?course=first-aid"


@pytest.fixture
def nation() -> Nation:
    return Nation()


@pytest.fixture
def manager(nation: Nation) -> User:
    return nation.manager(nation.oak)


@pytest.fixture
def alice(manager: User) -> Client:
    return browser_of(manager)


def saved(user: User, name: str = "Mine", **fields: str) -> SavedView:
    return SavedView.objects.create(user=user, **{"name": name, "report": "overdue"} | fields)


def test_a_report_is_saved_from_its_page_and_opened_from_the_home(alice: Client, nation: Nation) -> None:
    assert "/en/reports/saved/new/?address=%2Fen%2Freports%2Foverdue%2F%3Fcourse%3Dfirst-aid" in text_of(
        alice.get(OVERDUE)
    )
    response = alice.post(NEW, {"name": "First aid of all", "delivery": "", "address": OVERDUE})
    assert response.headers["Location"] == OVERDUE
    page = text_of(alice.get("/en/reports/"))
    assert f'<a href="{OVERDUE}"><bdi>First aid of all</bdi></a>' in page
    assert '<a href="/ar/reports/overdue/?course=first-aid">' in text_of(alice.get("/ar/reports/"))


@pytest.mark.parametrize(
    "address",
    [
        "",
        "/en/",
        "/en/reports/",
        "/en/admin/",
        "/en/reports/overdue.csv",
        "https://evil.example/en/reports/overdue/",
        "//evil.example/en/reports/overdue/",
        "/\\evil.example/en/reports/overdue/",
        "http://[",
        "javascript:alert(1)",
        "/en/reports/overdue/?" + "a=" + "b" * 1000,
        "/en/reports/overdue/?a=%00",
    ],
)
def test_what_is_no_address_of_a_report_is_refused_and_the_name_is_kept(alice: Client, address: str) -> None:
    response = alice.post(NEW, {"name": "My name for it", "delivery": "", "address": address})
    assert response.status_code == 200
    assert "My name for it" in text_of(response)
    assert not SavedView.objects.exists()


def test_where_in_the_list_somebody_stood_is_not_saved() -> None:
    found = read_address("/en/reports/overdue/?course=first-aid&after=7&before=8&page=2")
    assert found is not None
    assert found[1] == "course=first-aid"


def test_a_name_is_given_once(alice: Client, manager: User) -> None:
    saved(manager)
    response = alice.post(NEW, {"name": "Mine", "delivery": "", "address": OVERDUE})
    assert "You have a view of this name. Choose another name." in text_of(response)
    assert SavedView.objects.count() == 1


def test_a_person_keeps_so_many_views_and_no_more(alice: Client, manager: User) -> None:
    SavedView.objects.bulk_create(SavedView(user=manager, name=f"{n}", report="overdue") for n in range(MOST))
    response = alice.post(NEW, {"name": "One more", "delivery": "", "address": OVERDUE})
    assert "more cannot be kept" in text_of(response)
    assert SavedView.objects.count() == MOST


def test_a_view_is_renamed(alice: Client, manager: User) -> None:
    view = saved(manager)
    alice.post(f"/en/reports/saved/{view.pk}/", {"name": "Another", "delivery": ""})
    assert SavedView.objects.get().name == "Another"


def test_a_view_is_deleted(alice: Client, manager: User) -> None:
    view = saved(manager)
    alice.post(f"/en/reports/saved/{view.pk}/", {"delete": "1"})
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("data", [None, {"name": "Theirs", "delivery": ""}, {"delete": "1"}])
def test_another_persons_view_is_not_there(alice: Client, nation: Nation, data: dict[str, str] | None) -> None:
    view = saved(nation.manager(nation.elm))
    there = f"/en/reports/saved/{view.pk}/"
    response = alice.get(there) if data is None else alice.post(there, data)
    assert response.status_code == 404
    assert SavedView.objects.get().name == "Mine"


def test_a_saved_view_shows_no_more_than_its_reader_may_see_when_they_open_it(
    alice: Client, nation: Nation, manager: User
) -> None:
    nation.asks(nation.oak, nation.first_aid, "2026-06-01")
    nation.person("Amal", nation.oak)
    view = saved(manager, query="organisation=oak")
    RoleGrant.objects.filter(user=manager).update(organisation=nation.elm)
    page = text_of(alice.get(address_of(view)))
    assert "Amal" not in page


def test_a_view_of_a_report_that_is_no_more_is_not_listed(alice: Client, manager: User) -> None:
    saved(manager, report="long-gone")
    assert alice.get("/en/reports/").context["saved"] == []


def test_a_view_cannot_be_sent_to_whoever_has_no_address(nation: Nation) -> None:
    user = nation.manager(nation.oak)
    User.objects.filter(pk=user.pk).update(email=None)
    client = browser_of(User.objects.get(pk=user.pk))
    response = client.post(NEW, {"name": "Mine", "delivery": "weekly", "address": OVERDUE})
    assert "Your account has no e-mail address." in text_of(response)


def test_what_was_saved_is_part_of_what_a_person_downloads(manager: User) -> None:
    saved(manager, query="course=first-aid")
    [row] = held(manager)
    assert (row["name"], row["report"], row["query"]) == ("Mine", "overdue", "course=first-aid")
