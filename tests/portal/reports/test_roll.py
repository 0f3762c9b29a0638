import csv
import io
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import gettext, override
from pytest_django import DjangoAssertNumQueries

from portal.accounts.models import AuditEntry, User
from tests.factories import RegionFactory, ResidenceFactory, UserFactory
from tests.portal.accounts.guests import with_second_factor
from tests.portal.reports.history import History
from tests.portal.reports.test_workbook import Opened

pytestmark = pytest.mark.django_db


def lines(client: Client, query: str = "", language: str = "en") -> list[list[str]]:
    response: Any = client.get(f"/{language}/reports/roll.csv{query}")
    assert response.streaming
    return list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig"))))


def named(history: History, name: str) -> User:
    user = history.member().user
    assert user is not None
    User.objects.filter(pk=user.pk).update(display_name=name)
    user.refresh_from_db()
    return user


def about(name: str, told: list[list[str]]) -> list[list[str]]:
    return [line for line in told if line[0] == name]


def test_each_course_begun_is_a_line(as_manager: Client, history: History) -> None:
    hala = named(history, "Hala")
    course = history.course("floods", "Floods")
    history.started(hala.learner, course, "2026-05-01")
    history.completed(hala.learner, course, "2026-05-09")
    assert about("Hala", lines(as_manager)) == [
        ["Hala", "Floods", "", "2026-05-01", "2026-05-09", "0", "2026-05-09", "2027-05-09"]
    ]


def test_who_has_begun_nothing_is_there_too(as_manager: Client, history: History) -> None:
    named(history, "Hala")
    assert about("Hala", lines(as_manager)) == [["Hala", "", "", "", "", "", "", ""]]


def test_of_one_course_everybody_else_is_who_has_not_begun_it(as_manager: Client, history: History) -> None:
    hala = named(history, "Hala")
    history.started(hala.learner, history.course("floods", "Floods"), "2026-05-01")
    assert about("Hala", lines(as_manager, "?course=quakes"))[0][1] == ""
    assert about("Hala", lines(as_manager, "?course=floods"))[0][1] == "Floods"


def test_nobody_out_of_scope_is_named(as_manager: Client, history: History) -> None:
    UserFactory(display_name="Somebody else")
    assert not about("Somebody else", lines(as_manager))


def test_where_people_live_is_in_the_language_of_the_page(as_manager: Client, history: History) -> None:
    region = RegionFactory(code="bay")
    region.texts.create(language="ar", name="الخليج")
    ResidenceFactory(user=named(history, "Hala"), region=region)
    assert about("Hala", lines(as_manager, language="ar"))[0][2] == "الخليج"


def test_the_headings_are_in_the_language_of_the_page(as_manager: Client) -> None:
    with override("ar"):
        wanted = gettext("Holds until")
    assert lines(as_manager, language="ar")[0][-1] == wanted


def test_a_name_that_is_a_formula_stays_text_in_both(as_manager: Client, history: History) -> None:
    named(history, "=1+1")
    assert about("'=1+1", lines(as_manager))
    book = Opened(as_manager.get("/en/reports/roll.xlsx").getvalue())
    assert "=1+1" in [row[0] for row in book.rows()]
    assert "<f>" not in book.everything


def test_taking_it_is_written_down(as_manager: Client, manager: User) -> None:
    lines(as_manager, "?course=quakes")
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.deed, entry.subject) == (manager, "report.exported", "roll")
    assert (entry.detail["asked"]["course"], entry.detail["file"]) == ("quakes", "csv")


def test_what_cannot_be_asked_leads_to_the_page_that_says_why(as_manager: Client) -> None:
    response = as_manager.get("/en/reports/roll.csv?course=nothing")
    assert response.headers["Location"] == "/en/reports/completion/?course=nothing"
    assert not AuditEntry.objects.exists()


def test_a_citizen_gets_nothing(client: Client) -> None:
    user = UserFactory()
    with_second_factor(user)
    client.force_login(user)
    assert client.get("/en/reports/roll.csv").status_code == 403


def test_it_takes_as_many_queries_for_many_people_as_for_few(
    as_manager: Client, history: History, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    lines(as_manager)  # the trees are read once
    with django_assert_num_queries(14) as few:
        lines(as_manager)
    for _more in range(5):
        named(history, "Hala")
    with django_assert_num_queries(len(few.captured_queries)):
        lines(as_manager)
