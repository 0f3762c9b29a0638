import pytest
from django.test import Client

from lessons.models import CourseEdition, EditionText, Module, Placement, State
from portal.reports.standing.funnel import LESSON, Step, _with_losses
from quizzes.models import ProgressEvent
from tests.factories import ProgressEventFactory
from tests.portal.accounts.guests import text_of
from tests.portal.reports.standing.school import School, table

pytestmark = pytest.mark.django_db
PAGE, FILE = "/en/reports/funnel/", "/en/reports/funnel.csv"


def rows(client: Client, **asked: str) -> list[list[str]]:
    """Title, people, fewer than before, and the note of every step."""
    return [[row[1], row[3], row[4], row[6]] for row in table(client.get(FILE, asked))[1:]]


def steps(*people: int) -> list[Step]:
    return list(_with_losses([Step(LESSON, "", "", number, people[0]) for number in people]))


def test_each_step_tells_who_reached_it(as_administrator: Client, school: School) -> None:
    school.people(1)
    school.people(2, 0)
    one, *_others = school.people(2, 0, 1, 2)
    ProgressEventFactory(
        learner=one, edition=school.edition, verb=ProgressEvent.Verb.FINAL_PASSED, day=school.edition.published_at
    )
    school.completed(one, school.edition, "2026-03-01")
    school.counted()
    assert rows(as_administrator) == [
        ["Started", "5", "0", ""],
        ["Bleeding", "4", "1", ""],
        ["Burns", "2", "2", ""],
        ["Fractures", "2", "0", ""],
        ["Final passed", "1", "1", ""],
        ["Completed", "1", "0", ""],
    ]


def test_where_most_people_stop_is_said_in_words(as_administrator: Client, school: School) -> None:
    school.people(5)
    school.people(20, 0)
    school.people(7, 0, 1)
    school.counted()
    page = text_of(as_administrator.get(PAGE))
    assert "Most people stop between “Bleeding” and “Burns”: 20 people fewer." in page
    assert page.count("Most people stop before this step") == 1


def test_of_few_people_it_is_not_said_where_they_stop(as_administrator: Client, school: School) -> None:
    school.people(20)
    school.counted()
    assert "Most people stop" not in text_of(as_administrator.get(PAGE))


def test_a_lesson_that_the_course_no_longer_has_is_noted(as_administrator: Client, school: School) -> None:
    school.people(3, 0, 1)
    new_edition(school)
    school.counted()
    assert rows(as_administrator)[-1] == ["Burns", "3", "", "No longer in the course"]
    assert [row[0] for row in rows(as_administrator)[:3]] == ["Started", "Fractures", "Bleeding"]
    page = text_of(as_administrator.get(PAGE))
    assert "Lessons no longer in the course" in page


def new_edition(school: School) -> None:
    """The second edition has the last lesson first, and no second one."""
    course = school.edition.course
    edition = CourseEdition.objects.create(course=course, number=2, label="2", source_language="en", minutes=10)
    module = Module.objects.create(edition=edition, key="M1", position=1)
    EditionText.objects.create(edition=edition, language="en", title="First aid", summary="")
    for position, number in enumerate((2, 0), 1):
        Placement.objects.create(edition=edition, module=module, lesson=school.lessons[number], position=position)
    CourseEdition.objects.filter(pk=school.edition.pk).update(state=State.SUPERSEDED)
    CourseEdition.objects.filter(pk=edition.pk).update(state=State.PUBLISHED, published_at=school.edition.published_at)


def test_without_a_course_the_page_says_so(as_administrator: Client) -> None:
    assert "There is no course to report on yet" in text_of(as_administrator.get(PAGE))


def test_the_first_of_two_equal_drops_is_marked() -> None:
    assert [step.most_stop for step in steps(90, 60, 30)] == [False, True, False]


def test_a_step_that_more_people_reached_is_no_drop() -> None:
    told = steps(40, 30, 35)
    assert [step.lost for step in told] == [0, 10, -5]


def test_where_nobody_is_lost_nothing_is_marked() -> None:
    assert not any(step.most_stop for step in steps(40, 40, 40))
