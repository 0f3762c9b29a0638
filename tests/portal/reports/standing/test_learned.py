import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.reports.counts.asking import ASKED
from portal.reports.standing.learned import Learned
from tests.factories import OrganisationFactory, published_course, published_lesson
from tests.portal.accounts.guests import text_of
from tests.portal.reports.standing.school import School, table

pytestmark = pytest.mark.django_db
PAGE, FILE = "/en/reports/learned/", "/en/reports/learned.csv"


def rows(client: Client, **asked: str) -> list[list[str]]:
    """Key, passed, begun and share of every line."""
    return [[row[0], *row[4:]] for row in table(client.get(FILE, asked))[1:]]


def test_a_module_is_passed_by_who_passed_all_its_lessons(as_administrator: Client, school: School) -> None:
    school.people(2, 0)
    school.people(3, 0, 1)
    school.people(1, 2)
    school.counted()
    assert rows(as_administrator) == [["first-aid/M1", "3", "6", ""], ["first-aid/M2", "1", "6", ""]]


def test_a_skill_is_shown_by_who_passed_all_lessons_that_teach_it(as_administrator: Client, school: School) -> None:
    school.people(2, 0)
    school.people(4, 0, 2)
    school.counted()
    assert rows(as_administrator, by="skill") == [["stop-bleeding", "4", "6", ""]]


def test_thirty_people_have_a_share(as_administrator: Client, school: School) -> None:
    school.people(10)
    school.people(20, 0, 1)
    school.counted()
    assert rows(as_administrator)[0] == ["first-aid/M1", "20", "30", str(20 / 30)]


def test_a_past_day_is_told_as_it_was(as_administrator: Client, school: School) -> None:
    school.people(2, 0, 1)
    school.counted()
    assert rows(as_administrator, until="2026-01-31")[0] == ["first-aid/M1", "0", "2", ""]
    assert rows(as_administrator, until="2026-01-09")[0] == ["first-aid/M1", "0", "0", ""]


def test_a_manager_reads_of_their_own_people_alone(as_manager_of_school: Client, school: School) -> None:
    school.people(2, 0, 1)
    school.people(5, 0, 1, organisation=OrganisationFactory(code="elsewhere"))
    school.counted()
    assert rows(as_manager_of_school)[0] == ["first-aid/M1", "2", "2", ""]


def test_a_place_out_of_scope_cannot_be_chosen(as_manager_of_school: Client, school: School) -> None:
    OrganisationFactory(code="elsewhere")
    school.counted()
    response = as_manager_of_school.get(PAGE, {"organisation": "elsewhere"})
    assert "This is not among what you can choose." in text_of(response)
    assert "shown" not in response.context


def test_more_may_have_passed_a_module_than_began_its_course() -> None:
    assert Learned("a", "A", "B", passed=50, begun=40).share is None
    assert Learned("a", "A", "B", passed=40, begun=40).share == 1


def test_only_the_chosen_course_is_told(as_administrator: Client, school: School) -> None:
    other = published_course("floods", [published_lesson("dam", "The dam")], title="Floods")
    school.counted()
    assert [row[0] for row in rows(as_administrator)] == ["first-aid/M1", "first-aid/M2", "floods/M1"]
    assert [row[0] for row in rows(as_administrator, course=other.course.key)] == ["floods/M1"]
    assert rows(as_administrator, course=other.course.key, by="skill") == []


def test_before_the_first_count_the_page_says_so(as_administrator: Client, school: School) -> None:
    cache.add(ASKED, value=True)  # somebody else has just asked for it
    assert "The figures are being counted for the first time." in text_of(as_administrator.get(PAGE))


def test_old_counts_are_brought_up_to_date_by_reading_the_page(as_administrator: Client, school: School) -> None:
    school.people(2, 0, 1)
    as_administrator.get(PAGE)
    assert rows(as_administrator)[0] == ["first-aid/M1", "2", "2", ""]


def test_the_queries_are_as_many_for_more_modules(as_administrator: Client, school: School) -> None:
    school.people(1, 0)
    school.counted()

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            as_administrator.get(PAGE)
        return len(asked)

    queries()  # the tree of organisations is read once
    before = queries()
    for number in range(5):
        published_course(f"course-{number}", [published_lesson(f"lesson-{number}")])
    school.counted()
    assert queries() == before <= 16
