"""The pages of item analysis as an instructor meets them."""

import csv
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lessons.models import CourseEdition, Lesson
from portal.accounts.models import RoleGrant
from quizzes import moving
from quizzes.models import ItemStatistic, QuestionVersion, Quiz, QuizStatistic, Response
from tests.factories import (
    LONG_AGO,
    LearnerFactory,
    UserFactory,
    published_course,
    published_lesson,
    published_question,
)
from tests.portal.analysis.conftest import CHOICES, Kept
from tests.portal.studio.people import staff, text_of
from tests.quizzes.sitting import sit

pytestmark = pytest.mark.django_db
TABLE = "/en/studio/analysis/first-aid/"
PAGES = (TABLE, f"{TABLE}quizzes/", f"{TABLE}myths/", f"{TABLE}questions.csv")


def question_url(key: str | None = None) -> str:
    found = key or QuestionVersion.objects.get(kind="single_choice").question.key
    return f"{TABLE}questions/{found}/"


@pytest.mark.parametrize("page", PAGES)
def test_a_citizen_is_turned_away(client: Client, course: CourseEdition, page: str) -> None:
    client.force_login(UserFactory())
    assert client.get(page).status_code == 403


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", [RoleGrant.Role.INSTRUCTOR, RoleGrant.Role.REVIEWER])
def test_who_writes_or_reviews_may_look(client: Client, course: CourseEdition, page: str, role: Any) -> None:
    client.force_login(staff("Rana", role))
    assert client.get(page).status_code == 200


def test_a_course_that_is_not_published_is_not_there(instructing: Client) -> None:
    assert instructing.get("/en/studio/analysis/nothing/").status_code == 404


def test_before_anything_is_counted_the_page_says_so(instructing: Client, course: CourseEdition) -> None:
    page = text_of(instructing.get(TABLE))
    assert "The answers have not been counted yet." in page
    assert "No question of this course has been answered" in page


def test_the_table_has_the_figures(instructing: Client, keep: Kept) -> None:
    keep(flags="check_key")
    page = text_of(instructing.get(TABLE))
    for said in ("Blood spurts from a leg", "240", "62%", "0.38", "18 seconds", "Check the key"):
        assert said in page


def test_a_question_that_left_the_check_is_not_in_the_table(instructing: Client, keep: Kept) -> None:
    moving.move([keep().version.question_id], published_lesson("burns"), take_out=True)
    assert "Blood spurts from a leg" not in text_of(instructing.get(TABLE))


def test_too_few_answers_are_said_and_no_figure_is_shown(instructing: Client, keep: Kept) -> None:
    keep(people=12, facility=None, discrimination=None, median_seconds=None, choices=[])
    page = text_of(instructing.get(TABLE))
    assert "too few answers yet: 10 to 29; it takes 30" in page
    assert "%" not in page.split("<tbody>")[1].split("</tbody>")[0]


def test_the_table_is_sorted_as_asked(instructing: Client, keep: Kept) -> None:
    keep(facility=0.8)
    hard = keep(QuestionVersion.objects.get(kind="numerical"), facility=0.2, choices=[])
    lines = instructing.get(f"{TABLE}?sort=hard").context["lines"]
    assert lines[0].key == hard.version.question.key
    assert instructing.get(TABLE).context["lines"][0].key != hard.version.question.key


@pytest.mark.parametrize(
    ("asked", "count"), [("flag=any", 1), ("flag=slow", 1), ("flag=dead", 0), ("kind=numerical", 1), ("language=ar", 0)]
)
def test_the_table_is_narrowed_as_asked(instructing: Client, keep: Kept, asked: str, count: int) -> None:
    keep()
    keep(QuestionVersion.objects.get(kind="numerical"), flags="too_hard slow", choices=[])
    assert len(instructing.get(f"{TABLE}?{asked}").context["lines"]) == count


def test_what_cannot_be_asked_for_is_said_beside_the_field(instructing: Client, keep: Kept) -> None:
    keep()
    answer = instructing.get(f"{TABLE}?sort=sideways")
    assert answer.status_code == 200
    assert "sort" in answer.context["form"].errors
    assert answer.context["page"] is None


def test_the_table_is_told_in_pages(instructing: Client, keep: Kept, quiz: Quiz) -> None:
    for _question in range(26):
        keep(published_question(Lesson.objects.get()))
    page = instructing.get(f"{TABLE}?sort=hard&page=2")
    assert len(page.context["lines"]) == 1
    assert "?sort=hard&amp;page=1" in text_of(page)


def test_many_questions_take_as_many_queries_as_few(instructing: Client, keep: Kept, quiz: Quiz) -> None:
    keep()
    with CaptureQueriesContext(connection) as few:
        instructing.get(TABLE)
    for _question in range(10):
        keep(published_question(Lesson.objects.get()))
    with CaptureQueriesContext(connection) as many:
        instructing.get(TABLE)
    assert len(many) == len(few)


def test_a_superseded_version_is_not_in_the_table(instructing: Client, keep: Kept) -> None:
    kept = keep()
    QuestionVersion.objects.filter(pk=kept.version_id).update(state="superseded")
    assert instructing.get(TABLE).context["lines"] == []


def test_the_file_has_the_same_table(instructing: Client, keep: Kept) -> None:
    keep(flags="dead")
    answer: Any = instructing.get(f"{TABLE}questions.csv")
    content = b"".join(answer.streaming_content).decode("utf-8-sig")
    heading, row = csv.reader(content.splitlines())
    told = dict(zip(heading, row, strict=True))
    assert (told["Share right"], told["Discrimination"], told["Answers"]) == ("0.62", "0.38", "240")
    assert told["Warnings"] == "An option nobody chooses"


def test_the_file_is_as_coarse_as_the_page(instructing: Client, keep: Kept) -> None:
    keep(people=40, facility=0.6249, discrimination=None, upper_lower=None)
    answer: Any = instructing.get(f"{TABLE}questions.csv")
    content = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "30 to 99,0.6," in content


def test_counting_counts_and_says_so(instructing: Client, course: CourseEdition, quiz: Quiz) -> None:
    sit(LearnerFactory(), quiz, course.pk)
    answer = instructing.post(f"{TABLE}count/", follow=True)
    assert "The answers are being counted." in text_of(answer)
    assert ItemStatistic.objects.filter(language="").count() == 3


def test_counting_leaves_the_portal_s_own_people_out(instructing: Client, course: CourseEdition, quiz: Quiz) -> None:
    sit(LearnerFactory(user=staff("Omar", RoleGrant.Role.REVIEWER)), quiz, course.pk)
    instructing.post(f"{TABLE}count/")
    kept = QuizStatistic.objects.get()
    assert (kept.people, kept.staff) == (0, 1)


def test_nothing_is_counted_twice_within_a_minute(instructing: Client, course: CourseEdition, quiz: Quiz) -> None:
    at = timezone.now() - timedelta(seconds=30)
    QuizStatistic.objects.create(quiz=quiz, people=0, counted_at=at)
    assert "less than a minute ago" in text_of(instructing.post(f"{TABLE}count/", follow=True))
    assert QuizStatistic.objects.get().counted_at == at


def test_a_second_click_does_not_count_again(instructing: Client, course: CourseEdition, quiz: Quiz) -> None:
    instructing.post(f"{TABLE}count/")
    QuizStatistic.objects.all().delete()
    assert "less than a minute ago" in text_of(instructing.post(f"{TABLE}count/", follow=True))
    assert not QuizStatistic.objects.exists()


def test_a_quiz_that_cannot_be_counted_holds_up_no_other(course: CourseEdition, quiz: Quiz) -> None:
    other = published_course("home", [published_lesson("burns")], final={})
    final = Quiz.objects.get(edition=other)
    attempt = sit(LearnerFactory(), quiz, course.pk)
    about = {"submission_id": uuid.uuid4(), "sequence": 9, "fraction": 0, "language": "en"}
    Response.objects.create(item=attempt.items.get(version__kind="numerical"), answer="many", **about)
    with pytest.raises(CommandError, match=f"check {quiz.lesson_id}"):
        call_command("count_answers")
    assert [kept.quiz for kept in QuizStatistic.objects.all()] == [final]


def test_a_question_shows_who_chose_what(instructing: Client, keep: Kept) -> None:
    keep()
    page = text_of(instructing.get(question_url()))
    for said in ("Wait for help", "31%", "55%", "8%", "−0.29", "Who chooses what"):
        assert said in page


def test_a_question_tells_what_its_warning_rests_on_and_what_to_do(instructing: Client, keep: Kept) -> None:
    wrong = [CHOICES[0] | {"thirds": [0.3, 0.4, 0.5]}, CHOICES[1] | {"thirds": [0.6, 0.3, 0.2]}]
    keep(choices=wrong, flags="check_key")
    page = text_of(instructing.get(question_url()))
    assert "Most people who do well choose a wrong option: 60% choose “Wait for help”, 30% the key." in page
    assert "Check the key and the wording with an expert first" in page


def test_a_question_leads_to_its_page_in_the_bank(instructing: Client, keep: Kept) -> None:
    question = keep().version.question
    assert f'href="/en/studio/bank/{question.authority}/{question.key}/"' in text_of(instructing.get(question_url()))


def test_a_question_says_what_was_not_counted(instructing: Client, keep: Kept) -> None:
    keep(seen_before=7, too_quick=120)
    page = " ".join(text_of(instructing.get(question_url())).split())
    said = "had been given the feedback in another quiz before: fewer than 10 · answered within a second: 120"
    assert said in page


def test_a_question_is_told_in_one_language(instructing: Client, keep: Kept) -> None:
    keep()
    keep(language="ar", facility=0.41)
    keep(language="en", facility=0.83)
    assert "41%" in text_of(instructing.get(f"{question_url()}?language=ar"))
    assert "41%" not in text_of(instructing.get(question_url()))


def test_an_older_version_keeps_its_own_figures(instructing: Client, keep: Kept) -> None:
    old = keep().version
    QuestionVersion.objects.filter(pk=old.pk).update(state="superseded")
    new = QuestionVersion.objects.create(
        question=old.question,
        number=2,
        kind=old.kind,
        structure=old.structure,
        answer_key=old.answer_key,
        state="published",
        published_at=LONG_AGO,
    )
    assert "Nobody has answered this version" in text_of(instructing.get(question_url(new.question.key)))
    assert "62%" in text_of(instructing.get(f"{question_url(new.question.key)}?version=1"))


def test_a_question_of_another_course_is_not_there(instructing: Client, course: CourseEdition) -> None:
    assert instructing.get(question_url("nothing")).status_code == 404


def test_the_commonest_mistakes_are_named(instructing: Client, keep: Kept) -> None:
    keep()
    page = text_of(instructing.get(f"{TABLE}myths/"))
    assert "31%" in page
    assert "Wait for help" in page
    assert "Press hard" in page
    assert "Wash the wound" not in page


def test_the_right_answer_beside_a_mistake_is_that_of_its_own_part(instructing: Client, keep: Kept) -> None:
    parts = [("cut:deep", True), ("cut:none", False), ("cut-deep:burn", True)]
    keep(choices=[{"id": name, "right": right, "told": 300, "share": 0.3, "thirds": []} for name, right in parts])
    assert [myth.right for myth in instructing.get(f"{TABLE}myths/").context["myths"]] == [["cut:deep"]]


def test_an_option_called_near_is_a_mistake_like_any_other(instructing: Client, keep: Kept) -> None:
    near = {"id": "near", "right": False, "told": 300, "share": 0.3, "thirds": []}
    keep(choices=[near])
    keep(QuestionVersion.objects.get(kind="numerical"), choices=[near])
    assert [myth.said for myth in instructing.get(f"{TABLE}myths/").context["myths"]] == ["near"]


def test_scores_of_nobody_and_of_few_are_drawn_alike(instructing: Client, course: CourseEdition, quiz: Quiz) -> None:
    kept_quiz(quiz, histogram=[0.0, 0.04, *[0.12] * 8])
    bars = instructing.get(f"{TABLE}quizzes/").context["boxes"][0].chart.marks
    assert bars[0].height == bars[1].height


def test_no_mistake_is_named_from_few_answers(instructing: Client, keep: Kept) -> None:
    keep(people=29, facility=None, choices=[])
    assert "No wrong answer is common enough" in text_of(instructing.get(f"{TABLE}myths/"))


def kept_quiz(quiz: Quiz, **changed: Any) -> QuizStatistic:
    about: dict[str, Any] = {
        "people": 400,
        "questions": 3,
        "alpha": 0.72,
        "error": 0.14,
        "mean": 0.74,
        "spread": 0.25,
        "passed": 0.41,
        "histogram": [0.02, 0.03, 0.05, 0.05, 0.1, 0.1, 0.15, 0.2, 0.15, 0.15],
        "counted_at": LONG_AGO,
    }
    return QuizStatistic.objects.create(quiz=quiz, **about | changed)


@pytest.mark.parametrize(
    ("alpha", "said"),
    [
        (0.72, "reliable enough for a lesson’s check"),
        (0.5, "fit for practice"),
        (-0.2, "not reliable"),
        (None, "not reliable"),
    ],
)
def test_a_quiz_says_what_its_reliability_allows(
    instructing: Client, course: CourseEdition, quiz: Quiz, alpha: float | None, said: str
) -> None:
    kept_quiz(quiz, alpha=alpha)
    assert said in text_of(instructing.get(f"{TABLE}quizzes/"))


def test_a_quiz_shows_a_score_with_its_error(instructing: Client, course: CourseEdition, quiz: Quiz) -> None:
    kept_quiz(quiz)
    assert "74 ± 27" in text_of(instructing.get(f"{TABLE}quizzes/"))


def test_a_quiz_taken_by_few_shows_no_figure(instructing: Client, course: CourseEdition, quiz: Quiz) -> None:
    kept_quiz(quiz, people=12, histogram=[])
    page = text_of(instructing.get(f"{TABLE}quizzes/"))
    assert "too few answers yet: 10 to 29; it takes 30" in page
    assert "0.72" not in page
