"""The reports' home and the page of definitions."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from portal.accounts.rights import PERMISSIONS
from portal.reports.catalogue import REPORTS, report_at
from portal.reports.definitions import DEFINITIONS, KINDS, definitions_by_kind
from tests.portal.accounts.guests import text_of
from tests.portal.reports.people.conftest import Nation, browser_of

pytestmark = pytest.mark.django_db
HOME = "/en/reports/"


@pytest.fixture
def nation() -> Nation:
    cache.clear()
    return Nation()


@pytest.fixture
def alice(nation: Nation) -> Client:
    """Manages the Oak school."""
    return browser_of(nation.manager(nation.oak))


def test_a_manager_reads_at_once_how_many_are_overdue_with_the_way_to_them(alice: Client, nation: Nation) -> None:
    nation.asks(nation.ministry, nation.first_aid, "2026-06-01")
    for name, place in (("Amal", nation.oak), ("Badr", nation.oak), ("Stranger", nation.elm)):
        nation.person(name, place)
    page = " ".join(text_of(alice.get(HOME)).split())
    assert '<a href="/en/reports/overdue/"> 2 people are overdue </a>' in page


def test_where_nobody_is_overdue_that_is_said(alice: Client) -> None:
    assert "Nobody is overdue." in text_of(alice.get(HOME))


def test_very_many_are_told_as_more_than_so_many(
    alice: Client, nation: Nation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.reports.people.lists.MOST_COUNTED", 1)
    monkeypatch.setattr("portal.reports.views_home.MOST_COUNTED", 1)
    nation.asks(nation.oak, nation.first_aid, "2026-06-01")
    nation.person("Amal", nation.oak)
    nation.person("Badr", nation.oak)
    assert "More than 1 people are overdue" in " ".join(text_of(alice.get(HOME)).split())


def test_the_number_is_remembered_for_its_reader_alone(alice: Client, nation: Nation) -> None:
    nation.asks(nation.ministry, nation.first_aid, "2026-06-01")
    nation.person("Badr", nation.elm)
    assert alice.get(HOME).context["overdue"] == 0
    assert browser_of(nation.manager(nation.elm)).get(HOME).context["overdue"] == 1


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_report_is_listed_and_opens(alice: Client, language: str) -> None:
    with override(language):
        page = text_of(alice.get(f"/{language}/reports/"))
        for report in REPORTS.values():
            assert f'href="{report.address}"' in page
            assert alice.get(report.address).status_code == 200


def test_every_report_names_a_permission_that_there_is() -> None:
    assert all(report.permission in PERMISSIONS for report in REPORTS.values())


def test_a_report_is_found_by_its_address_in_any_language() -> None:
    assert report_at("/ar/reports/overdue/") == report_at("/en/reports/overdue/") == REPORTS["overdue"]
    assert report_at("/en/reports/") is None
    assert report_at("/nowhere") is None


def test_an_address_of_the_completion_report_from_before_leads_to_it(alice: Client) -> None:
    response = alice.get(HOME, {"by": "month", "since": "2026-01-01"})
    assert response.headers["Location"] == "/en/reports/completion/?by=month&since=2026-01-01"


def test_a_citizen_has_no_reports(client: Client, nation: Nation) -> None:
    client.force_login(nation.person("Citizen"))
    assert client.get(HOME).status_code == 403
    assert client.get("/en/reports/definitions/").status_code == 403


def test_every_figure_is_defined_with_an_example_in_both_languages(alice: Client) -> None:
    words = {}
    for language in ("en", "ar"):
        page = text_of(alice.get(f"/{language}/reports/definitions/"))
        assert all(f'id="{key}"' in page for key in DEFINITIONS)
        with override(language):
            words[language] = [str(w) for d in DEFINITIONS.values() for w in (d.title, d.meaning, d.example)]
    assert all(en != ar for en, ar in zip(words["en"], words["ar"], strict=True))


def test_every_definition_has_its_place_on_the_page() -> None:
    assert [each for _words, group in definitions_by_kind() for each in group] == list(DEFINITIONS.values())
    assert {each.kind for each in DEFINITIONS.values()} == {kind for kind, _words in KINDS}


@pytest.mark.parametrize("address", ["completion/", "completion/?by=organisation", "completion/?by=month", "overdue/"])
def test_the_headings_of_figures_lead_to_definitions_that_there_are(
    alice: Client, nation: Nation, address: str
) -> None:
    nation.asks(nation.oak, nation.first_aid, "2026-06-01")
    nation.person("Amal", nation.oak)
    page = text_of(alice.get(HOME + address))
    with override("en"):
        there = reverse("reports:definitions")
    linked = set(re.findall(rf'href="{there}#([a-z-]+)"', page))
    assert linked
    assert linked <= DEFINITIONS.keys()
