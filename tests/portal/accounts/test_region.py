"""Where a person lives: chosen on the account page, kept from day to day."""

from datetime import date

import pytest
from django.test import Client

from portal.accounts.models import Region, RegionText, User
from portal.accounts.residences import move, region_choices, residence_of
from tests.factories import RegionFactory, UserFactory
from tests.portal.accounts.guests import text_of

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


def named(code: str, parent: Region | None = None) -> Region:
    region: Region = RegionFactory(code=code, parent=parent)
    for language, name in (("en", code.title()), ("ar", f"منطقة {code}")):
        RegionText.objects.create(region=region, language=language, name=name)
    return region


@pytest.fixture
def salma(client: Client) -> User:
    user: User = UserFactory(display_name="Salma")
    client.force_login(user)
    return user


def periods(user: User) -> list[tuple[str, date, date | None]]:
    return list(user.residences.order_by("from_day", "pk").values_list("region__code", "from_day", "to_day"))


def test_moving_closes_the_old_residence_and_opens_another(salma: User) -> None:
    move(salma, RegionFactory(code="north").pk, MONDAY)
    move(salma, RegionFactory(code="south").pk, TUESDAY)
    assert periods(salma) == [("north", MONDAY, TUESDAY), ("south", TUESDAY, None)]
    assert [str(residence_of(salma, day).region) for day in (MONDAY, TUESDAY)] == ["north", "south"]  # type: ignore[union-attr]


def test_the_same_region_again_changes_nothing(salma: User) -> None:
    north = RegionFactory(code="north")
    move(salma, north.pk, MONDAY)
    move(salma, north.pk, TUESDAY)
    assert periods(salma) == [("north", MONDAY, None)]


def test_what_was_said_today_is_corrected(salma: User) -> None:
    move(salma, RegionFactory(code="north").pk, MONDAY)
    move(salma, RegionFactory(code="south").pk, MONDAY)
    assert periods(salma) == [("south", MONDAY, None)]


def test_a_person_may_prefer_not_to_say(salma: User) -> None:
    move(salma, RegionFactory(code="north").pk, MONDAY)
    move(salma, None, TUESDAY)
    assert periods(salma) == [("north", MONDAY, TUESDAY)]
    assert residence_of(salma, TUESDAY) is None


def test_regions_stand_below_what_they_belong_to_in_the_language_of_the_page() -> None:
    north = named("north")
    named("riverside", north)
    assert [words for _pk, words in region_choices("en")] == ["North", "— Riverside"]
    assert [words for _pk, words in region_choices("ar")] == ["منطقة north", "— منطقة riverside"]


def test_a_region_is_chosen_on_the_account_page(client: Client, salma: User) -> None:
    north = named("north")
    client.post("/en/account/", {"display_name": "Salma", "language": "en", "region": north.pk})
    assert periods(salma)[0][0] == "north"
    assert f'<option value="{north.pk}" selected>North</option>' in text_of(client.get("/en/account/"))
    client.post("/en/account/", {"display_name": "Salma", "language": "en", "region": ""})
    assert residence_of(salma, date.max) is None


def test_a_region_that_is_none_is_refused_and_nothing_typed_is_lost(client: Client, salma: User) -> None:
    page = text_of(client.post("/en/account/", {"display_name": "Huda", "language": "en", "region": "999"}))
    assert "Select a valid choice" in page
    assert 'value="Huda"' in page
    assert not salma.residences.exists()


def test_the_language_of_the_account_is_that_of_the_page_that_follows_and_of_the_bare_address(
    client: Client, salma: User
) -> None:
    response = client.post("/en/account/", {"display_name": "Salma", "language": "ar", "region": ""})
    assert response.headers["Location"] == "/ar/account/"
    assert response.cookies["language"].value == "ar"
    assert client.get("/", headers={"accept-language": "en"}).headers["Location"] == "/ar/"
    client.post("/ar/account/logout/")
    assert client.get("/", headers={"accept-language": "en"}).headers["Location"] == "/ar/"


def test_a_public_page_sets_no_cookie_for_the_language(client: Client) -> None:
    assert not client.get("/en/").cookies
    assert client.get("/", headers={"accept-language": "en"}).headers["Location"] == "/en/"
