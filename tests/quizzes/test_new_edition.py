"""A new edition of a course takes nothing away from who learned in the old one, and says what it adds."""

from datetime import date

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from lessons.catalogue import outlines
from lessons.models import CourseEdition, EditionText, Lesson, Module, Placement, State
from quizzes.attempts import open_attempt, submit
from quizzes.attention import RUNS_OUT, attention
from quizzes.models import Attempt, Completion, CourseProgress, Learner, Quiz
from quizzes.progress import record_read
from quizzes.standing import Standing, standings
from tests.factories import LearnerFactory, UserFactory, check_of, published_course, published_lesson
from tests.quizzes.sitting import RIGHT, begin, save, sit

pytestmark = pytest.mark.django_db
THEN = "2026-03-02T10:00:00Z"


@pytest.fixture
def old() -> CourseEdition:
    """Two lessons with checks, and a final that holds for a year."""
    lessons = [published_lesson(slug, slug.title()) for slug in ("one", "two")]
    for lesson in lessons:
        check_of(lesson)
    return published_course(lessons=lessons, final={"time_limit": 600})


def new_edition(old: CourseEdition, lessons: list[Lesson]) -> CourseEdition:
    """The next edition, published in place of the old one; it holds for two years."""
    edition = CourseEdition.objects.create(
        course=old.course, number=2, label="2", minutes=10, source_language="en", valid_months=24
    )
    EditionText.objects.create(edition=edition, language="en", title="First aid", summary="-", outcomes="-")
    module = Module.objects.create(edition=edition, key="M1", position=1)
    for position, lesson in enumerate(lessons, 1):
        Placement.objects.create(edition=edition, module=module, lesson=lesson, position=position)
    if Quiz.objects.filter(edition=old).exists():
        Quiz.objects.create(purpose="final", edition=edition, pass_mark="0.9", feedback="at_end")
    now = timezone.now()
    CourseEdition.objects.filter(pk=old.pk).update(state=State.SUPERSEDED, superseded_at=now)
    CourseEdition.objects.filter(pk=edition.pk).update(state=State.PUBLISHED, published_at=now)
    edition.refresh_from_db()
    return edition


def three_lessons(old: CourseEdition) -> CourseEdition:
    """The next edition, with a third lesson."""
    third = published_lesson("three", "Three")
    check_of(third)
    return new_edition(old, [*Lesson.objects.filter(slug__in=["one", "two"]).order_by("pk"), third])


def pass_all(learner: Learner, edition: CourseEdition, *slugs: str, final: bool = True) -> None:
    for slug in slugs:
        sit(learner, Quiz.objects.get(lesson__slug=slug), edition.pk)
    if final:
        sit(learner, Quiz.objects.get(edition=edition), edition.pk)


def stands(learner: Learner) -> Standing:
    with override("en"):
        return standings(learner, "en")[0]


def test_lessons_passed_count_where_they_stand_in_the_new_one(old: CourseEdition) -> None:
    learner = LearnerFactory()
    pass_all(learner, old, "one", "two", final=False)
    three_lessons(old)
    standing = stands(learner)
    assert (standing.passed, standing.total, standing.percent, standing.next_title) == (2, 3, 50, "Three")


def test_a_new_lesson_is_missing_and_the_page_says_so(old: CourseEdition) -> None:
    learner = LearnerFactory()
    pass_all(learner, old, "one")
    three_lessons(old)
    standing = stands(learner)
    assert standing.new_edition == "The course has a new edition: 1 new lesson."
    assert standing.reasons == ["The checks of 2 lessons are still to be passed."]


def test_a_completion_holds_until_its_own_day_and_says_what_is_new(old: CourseEdition) -> None:
    learner = LearnerFactory()
    with time_machine.travel(THEN, tick=False):
        pass_all(learner, old, "one", "two")
    new = three_lessons(old)
    with time_machine.travel("2027-03-01T10:00:00Z", tick=False):
        standing = stands(learner)
    assert (standing.state, standing.expires_on) == ("complete", date(2027, 3, 2))
    assert standing.new_edition == "The course has a new edition: 1 new lesson."
    assert (Completion.objects.get().edition_id, new.pk) == (old.pk, new.pk)


def test_a_new_lesson_that_is_passed_is_new_no_more(old: CourseEdition) -> None:
    learner = LearnerFactory()
    pass_all(learner, old, "one", "two")
    new = three_lessons(old)
    pass_all(learner, new, "three", final=False)
    assert (stands(learner).state, stands(learner).new_edition) == ("complete", "")
    assert Completion.objects.count() == 1


def test_an_edition_without_new_lessons_is_not_announced(old: CourseEdition) -> None:
    learner = LearnerFactory()
    pass_all(learner, old, "one")
    new_edition(old, list(Lesson.objects.all()))
    assert stands(learner).new_edition == ""


def test_the_new_lesson_and_the_final_of_before_complete_the_new_edition(old: CourseEdition) -> None:
    learner = LearnerFactory()
    pass_all(learner, old, "two")
    new = three_lessons(old)
    pass_all(learner, new, "one", "three", final=False)
    assert Completion.objects.get().edition_id == new.pk


def test_who_has_done_all_that_is_asked_now_is_told_how_to_complete_it(old: CourseEdition) -> None:
    learner = LearnerFactory()
    pass_all(learner, old, "one")
    new = new_edition(old, [Lesson.objects.get(slug="one")])
    standing = stands(learner)
    assert (standing.state, standing.percent) == ("started", 100)
    assert standing.reasons == [
        "You have done everything that the course asks now. Pass the final once more to complete it."
    ]
    pass_all(learner, new)
    assert stands(learner).complete


def test_an_open_final_is_finished_by_its_own_rules_and_counts_for_its_edition(old: CourseEdition) -> None:
    learner = LearnerFactory()
    pass_all(learner, old, "one", "two", final=False)
    attempt = begin(learner, Quiz.objects.get(edition=old), old.pk)
    new = three_lessons(old)
    for item in attempt.items.select_related("version"):
        save(item, RIGHT)
    done = submit(attempt.pk)
    assert (done.passed, done.rules["pass_mark"], done.rules["time_limit"]) == (True, "0.800", 600)
    earned = Completion.objects.get()
    assert (earned.edition_id, stands(learner).state) == (old.pk, "complete")
    assert CourseProgress.objects.get().edition_id == old.pk != new.pk


def test_the_finals_page_leads_back_to_the_sitting_that_began_in_the_old_edition(old: CourseEdition) -> None:
    user = UserFactory()
    learner = LearnerFactory(user=user)
    attempt = begin(learner, Quiz.objects.get(edition=old), old.pk)
    three_lessons(old)
    client = Client()
    client.force_login(user)
    page = "/en/courses/first-aid/final/"
    assert str(attempt.pk) in client.get(page).content.decode()
    assert str(attempt.pk) in client.post(page).headers["Location"]
    assert Attempt.objects.count() == 1


def test_another_courses_open_final_is_not_this_ones(old: CourseEdition) -> None:
    learner = LearnerFactory()
    begin(learner, Quiz.objects.get(edition=old), old.pk)
    other = published_course("floods", lessons=list(Lesson.objects.all()), final={})
    assert open_attempt(learner, Quiz.objects.get(edition=other)) is None


def test_renewing_leads_to_the_new_lesson_first(old: CourseEdition) -> None:
    learner = LearnerFactory()
    with time_machine.travel(THEN, tick=False):
        pass_all(learner, old, "one", "two")
    three_lessons(old)
    with time_machine.travel("2027-02-20T10:00:00Z", tick=False):
        steps = attention([stands(learner)], [], {}, outlines("en"), timezone.localdate())
    (step,) = [one for one in steps if one.why == RUNS_OUT]
    assert (step.url, step.next_title) == ("/en/courses/first-aid/three/", "Three")


def test_reading_the_last_lesson_completes_a_course_that_asks_no_more() -> None:
    edition = published_course(lessons=[published_lesson("one"), published_lesson("two")])
    learner = LearnerFactory()
    for lesson in Lesson.objects.order_by("pk"):
        assert not Completion.objects.exists()
        record_read(learner, edition, lesson.pk, timezone.now())
    assert stands(learner).complete
    record_read(learner, edition, lesson.pk, timezone.now())
    assert Completion.objects.count() == 1


def test_another_attempt_is_offered_by_the_rules_of_the_edition_that_it_would_be_of() -> None:
    lesson = published_lesson()
    check_of(lesson)
    edition = published_course(lessons=[lesson], final={"attempt_limit": 1})
    guest = Client()
    guest.post("/en/courses/first-aid/final/")
    attempt = Attempt.objects.get()
    submit(attempt.pk)
    offered = 'href="/en/courses/first-aid/final/"'
    assert offered not in guest.get(f"/en/attempts/{attempt.pk}/").content.decode()
    new_edition(edition, [lesson])
    assert offered in guest.get(f"/en/attempts/{attempt.pk}/").content.decode()


@pytest.fixture
def to_read() -> CourseEdition:
    """Two lessons without checks, and no final."""
    return published_course(lessons=[published_lesson("one", "One"), published_lesson("two", "Two")])


def test_who_has_read_all_that_is_asked_now_says_so_once_more(to_read: CourseEdition) -> None:
    user = UserFactory()
    learner, one = LearnerFactory(user=user), Lesson.objects.get(slug="one")
    record_read(learner, to_read, one.pk, timezone.now())
    new = new_edition(to_read, [one])
    assert stands(learner).reasons == [
        "You have read everything that the course asks now. Say so once more to complete it."
    ]
    client = Client()
    client.force_login(user)
    url = "/en/courses/first-aid/one/read/"
    assert f'action="{url}"' in client.get("/en/courses/first-aid/").content.decode()
    client.post(url)
    assert (Completion.objects.get().edition_id, stands(learner).state) == (new.pk, "complete")


def test_reading_again_renews_nothing(to_read: CourseEdition) -> None:
    learner = LearnerFactory()
    with time_machine.travel(THEN, tick=False):
        for lesson in Lesson.objects.all():
            record_read(learner, to_read, lesson.pk, timezone.now())
    with time_machine.travel("2028-03-01T10:00:00Z", tick=False):
        record_read(learner, to_read, lesson.pk, timezone.now())
        assert stands(learner).state == "expired"
    assert Completion.objects.count() == 1


def test_reading_again_completes_no_course_with_something_to_pass(old: CourseEdition) -> None:
    """All was passed in an edition that asked for one lesson more."""
    learner = LearnerFactory()
    pass_all(learner, old, "one")
    one = Lesson.objects.get(slug="one")
    record_read(learner, new_edition(old, [one]), one.pk, timezone.now())
    assert not Completion.objects.exists()
