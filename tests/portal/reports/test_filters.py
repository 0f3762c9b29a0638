import pytest
from django.test import Client

from portal.accounts.models import User
from tests.factories import OrganisationFactory, RegionFactory, RoleGrantFactory
from tests.portal.accounts.guests import SCRIPT, text_of, with_second_factor
from tests.portal.reports.history import History, named, national_administrator
from tests.portal.reports.test_page import PAGE, QUARTER, cells

pytestmark = pytest.mark.django_db
NOT_OFFERED = "This is not among what you can choose. Choose from the list."


@pytest.fixture
def as_administrator(client: Client, history: History) -> Client:
    administrator = national_administrator()
    with_second_factor(administrator)
    client.force_login(administrator)
    return client


def test_a_manager_chooses_among_their_own_organisations_only(as_manager: Client, history: History) -> None:
    named(OrganisationFactory(code="class-1", parent=history.school), en="Class 1")
    form = as_manager.get(PAGE).context["form"]
    codes = [code for code, _name in form.fields["organisation"].choices]
    assert codes == ["", "school", "class-1"]
    assert "region" not in form.fields
    assert [code for code, _name in form.fields["by"].choices] == ["course", "organisation", "month"]


def test_an_administrator_of_a_region_chooses_among_its_regions_only(client: Client) -> None:
    north = RegionFactory(code="north")
    RegionFactory(code="town", parent=north)
    RegionFactory(code="south")
    user: User = RoleGrantFactory(role="administrator", region=north).user
    with_second_factor(user)
    client.force_login(user)
    form = client.get(PAGE).context["form"]
    assert [code for code, _name in form.fields["region"].choices] == ["", "north", "town"]
    assert "organisation" not in form.fields


@pytest.mark.parametrize("name", ["course", "organisation", "by"])
@pytest.mark.parametrize("value", ["elsewhere", SCRIPT, "\x00", "9" * 5000])
def test_what_cannot_be_chosen_is_explained_beside_its_field(as_manager: Client, name: str, value: str) -> None:
    response = as_manager.get(PAGE, QUARTER | {name: value})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [name]
    assert cells(response).rows == []
    assert SCRIPT not in text_of(response)


def test_an_organisation_of_somebody_else_cannot_be_chosen(as_manager: Client) -> None:
    response = as_manager.get(PAGE, QUARTER | {"organisation": "elsewhere"})
    assert response.context["form"].errors == {"organisation": [NOT_OFFERED]}


def test_a_region_in_the_address_of_a_manager_is_not_passed_over(as_manager: Client) -> None:
    response = as_manager.get(PAGE, QUARTER | {"region": "north"})
    assert "Your role does not let you choose by this place." in text_of(response)
    assert cells(response).rows == []


def test_the_lines_of_organisations_lead_further_down(as_administrator: Client, history: History) -> None:
    named(OrganisationFactory(code="class-1", parent=history.school), en="Class 1")
    page = text_of(as_administrator.get(PAGE, QUARTER | {"by": "organisation"}))
    assert (
        "/en/reports/completion/?since=2026-01-01&amp;until=2026-03-31&amp;by=organisation&amp;organisation=school"
        in page
    )


def test_the_way_back_up_is_shown(as_administrator: Client, history: History) -> None:
    named(OrganisationFactory(code="class-1", parent=history.school), en="Class 1")
    response = as_administrator.get(PAGE, QUARTER | {"organisation": "class-1"})
    assert [name for name, _address in response.context["trails"][0][1]] == ["Demo school", "Class 1"]


def test_the_way_back_ends_where_the_reader_may_not_look(as_manager: Client, history: History) -> None:
    history.school.parent = named(OrganisationFactory(code="ministry"), en="Ministry")
    history.school.save()
    response = as_manager.get(PAGE, QUARTER | {"organisation": "school"})
    assert [name for name, _address in response.context["trails"][0][1]] == ["Demo school"]
    assert "Ministry" not in text_of(response)


def test_the_charts_are_drawn_with_their_words_and_a_table(as_manager: Client) -> None:
    page = text_of(as_manager.get(PAGE, QUARTER))
    assert page.count('role="img"') == 2
    assert "From January 2026 to March 2026." in page
    assert "The same as a table" in page


def test_a_period_of_one_month_has_no_chart_and_says_why(as_manager: Client) -> None:
    page = text_of(as_manager.get(PAGE, {"since": "2026-03-01", "until": "2026-03-31"}))
    assert 'role="img"' not in page
    assert "Choose a period of at least two months" in page


def test_a_period_in_which_nobody_completed_anything_says_so(as_manager: Client) -> None:
    page = text_of(as_manager.get(PAGE, {"since": "2024-01-01", "until": "2024-12-31"}))
    assert "Nobody completed a course by the end of this period." in page


def test_without_any_region_the_page_says_what_is_missing(as_administrator: Client) -> None:
    form = as_administrator.get(PAGE).context["form"]
    assert "region" not in form.fields
