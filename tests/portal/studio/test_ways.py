"""From one step of making a lesson to the next: what is missing, the next question, the translation, the review."""

from typing import Any

import pytest
from django.test import Client

from lessons.models import CourseEdition, Lesson, LessonText, PictureCredit, Placement, State
from portal.accounts.models import User
from portal.studio.models import Release
from quizzes.models import Question
from tests.factories import LessonFactory, QuestionFactory, RevisionFactory, published_course, published_question
from tests.portal.studio.people import (
    COURSE,
    FIRST,
    HOME,
    LESSON,
    compose,
    draft_of,
    question_url,
    release_url,
    send_to_review,
    text_of,
    write,
)
from tests.portal.studio.test_pictures import a_picture, upload

pytestmark = pytest.mark.django_db

ROOMS = [
    "lessons/new/",
    "courses/new/",
    "pictures/",
    "bank/",
    "languages/",
    "facts/",
    "replace/",
    "upkeep/",
    "log/",
]


@pytest.fixture
def alone(instructor: User) -> Lesson:
    """A draft in English that stands in no course and has no question."""
    made: Lesson = LessonFactory(key="burns", slug="burns", source_language="en")
    text = LessonText.objects.create(lesson=made, language="en")
    RevisionFactory(text=text, title="Burns", markdown=FIRST, number=1, author=instructor, state="draft")
    return made


def lacks(client: Client, lesson: str = LESSON) -> list[str]:
    return [lack.said for lack in client.get(lesson).context["lacks"]]


@pytest.mark.parametrize("room", ROOMS)
def test_the_first_page_leads_to_every_room(writing: Client, room: str) -> None:
    assert f'href="{HOME}{room}"' in text_of(writing.get(HOME))


@pytest.mark.parametrize("part", ["drafts", "releases", "courses"])
def test_the_first_page_leads_to_its_own_parts(writing: Client, part: str) -> None:
    html = text_of(writing.get(HOME))
    assert f'href="#{part}"' in html
    assert f'id="{part}"' in html


def test_who_only_reviews_is_not_led_to_what_is_not_there(reviewing: Client) -> None:
    html = text_of(reviewing.get(HOME))
    assert 'href="#drafts"' not in html
    assert f'href="{HOME}replace/"' not in html
    assert 'href="#waiting"' in html


@pytest.mark.parametrize("page", ["check", "sources", "place", "settings", "preview", "history"])
def test_the_lesson_leads_to_what_stands_beside_its_words(
    writing: Client, lesson: Lesson, course: CourseEdition, page: str
) -> None:
    assert text_of(writing.get(LESSON)).count(f'href="{LESSON}{page}/"') == 1


def test_who_only_reviews_finds_the_history_and_with_it_the_way_out_of_view(
    reviewing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    assert f'href="{LESSON}preview/"' in text_of(reviewing.get(COURSE))
    html = text_of(reviewing.get(f"{LESSON}preview/"))
    assert f'href="{LESSON}history/"' in html
    assert f'href="{LESSON}"' not in html
    assert f'href="{LESSON}out-of-view/"' in text_of(reviewing.get(f"{LESSON}history/"))


def test_the_lesson_says_what_it_lacks_and_where_to_do_it(writing: Client, alone: Lesson) -> None:
    page = writing.get("/en/studio/lessons/burns/")
    assert [(lack.said, lack.url) for lack in page.context["lacks"]] == [
        ("Not written in Arabic yet", "/en/studio/lessons/burns/translate/ar/"),
        ("No question yet", "/en/studio/lessons/burns/#questions"),
        ("It stands in no course yet", "/en/studio/lessons/burns/place/"),
    ]
    assert "What is still missing" in text_of(page)


def test_a_lesson_that_is_published_whole_lacks_nothing(writing: Client, course: CourseEdition) -> None:
    assert lacks(writing) == []
    assert 'id="lacks-name"' not in text_of(writing.get(LESSON))


def test_questions_that_are_not_translated_are_counted(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    version = published_question(lesson, key="Q-en")
    version.texts.filter(language="ar").update(state=State.SUPERSEDED)
    page = writing.get(LESSON)
    assert [(lack.said, lack.url) for lack in page.context["lacks"]] == [
        ("Arabic: 1 question is not translated yet", f"{LESSON}translate/ar/questions/")
    ]


def test_a_picture_without_a_credit_is_named(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    upload(writing, a_picture("leg.png"))
    assert "Nobody has said who made the picture leg.webp" in lacks(writing)


def test_a_picture_is_credited_while_it_is_uploaded(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    upload(writing, a_picture(), **{"credit-licence": "own", "credit-author": "Civil Defence"})
    assert PictureCredit.objects.get().author == "Civil Defence"
    assert not any("who made" in said for said in lacks(writing))


def test_a_credit_that_cannot_be_taken_keeps_the_picture_out_and_says_so(
    writing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    response: Any = upload(writing, a_picture(), **{"credit-licence": "CC-BY-4.0"})
    assert response.status_code == 422
    assert not PictureCredit.objects.exists()
    assert response.context["picture_form"].credit.errors


def test_a_credit_without_a_picture_asks_for_the_picture(writing: Client, course: CourseEdition) -> None:
    response = write(writing, **{"credit-licence": "own", "credit-author": "Civil Defence"})
    assert response.status_code == 422
    assert "Choose the picture" in text_of(response)
    assert "Civil Defence" in text_of(response)


def test_a_new_picture_stands_in_the_text(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    response = upload(writing, a_picture("leg.png"), **{"put-in": "on"})
    assert response.status_code == 302
    assert draft_of(lesson).markdown.endswith("![Two hands press on a leg.](figures/leg.webp)")
    assert draft_of(lesson, "ar").markdown.endswith("![يدان تضغطان على ساق.](figures/leg.webp)")


def test_it_stands_where_the_writer_was(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    text = f"{FIRST}\nOne\nparagraph.\n\nAnother one."
    sent = {"put-in": "on", "cursor-id": "en:5", "en-markdown": text}
    upload(writing, a_picture("leg.png"), **sent)
    blocks = draft_of(lesson).markdown.split("\n\n")
    assert [block[:5] for block in blocks] == ["::: f", "One\np", "![Two", "Anoth"]


def test_without_the_tick_no_text_is_touched(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    upload(writing, a_picture("leg.png"))
    assert "figures/leg" not in draft_of(lesson).markdown


def test_a_translation_that_is_behind_is_not_taken_for_compared(
    writing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    write(writing, en_title="Changed")
    upload(writing, a_picture("leg.png"), **{"put-in": "on"})
    assert "figures/leg" in draft_of(lesson).markdown
    assert "figures/leg" not in draft_of(lesson, "ar").markdown
    assert "Arabic is behind what is written in English" in lacks(writing)


def test_a_picture_does_not_put_a_translation_behind(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    upload(writing, a_picture("leg.png"), **{"put-in": "on", "credit-licence": "own"})
    assert lacks(writing) == []


def test_saving_leads_to_the_review_of_this_lesson_alone(
    writing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    other = LessonFactory(key="other", slug="other")
    published_course("other-course", lessons=[other])
    response = write(writing, en_title="Changed", then="send")
    assert response.headers["Location"] == f"{LESSON}release/"
    page = writing.get(f"{LESSON}release/")
    assert page.context["form"].ticked == {f"text-{draft_of(lesson).pk}"}
    assert page.context["form"]["title"].value() == "Changed"


def test_the_lesson_goes_to_review_with_its_place_and_its_questions(writing: Client, alone: Lesson) -> None:
    edition = published_course("at-home", lessons=[LessonFactory()])
    place = f"at-home:{edition.modules.get().key}"
    assert writing.post("/en/studio/lessons/burns/place/", {"place": place}).status_code == 302
    page = writing.get("/en/studio/lessons/burns/release/")
    kinds = sorted(pick.partition("-")[0] for pick in page.context["form"].ticked)
    assert kinds == ["edition", "text"]
    sent = {"title": "Burns", "picks": sorted(page.context["form"].ticked)}
    writing.post("/en/studio/lessons/burns/release/", sent)
    assert Release.objects.count() <= 1


def test_a_lesson_gets_its_place_at_the_end_of_a_module(writing: Client, alone: Lesson) -> None:
    edition = published_course("at-home", lessons=[LessonFactory()])
    place = f"at-home:{edition.modules.get().key}"
    response = writing.post("/en/studio/lessons/burns/place/", {"place": place})
    assert response.headers["Location"] == "/en/studio/lessons/burns/"
    assert Placement.objects.get(lesson=alone).edition.state == "draft"
    assert "It stands in no course yet" not in lacks(writing, "/en/studio/lessons/burns/")


@pytest.mark.parametrize(("typed", "said"), [("", "Choose a module"), ("gone:M1", "Select a valid choice")])
def test_a_place_that_is_none_is_refused(writing: Client, alone: Lesson, typed: str, said: str) -> None:
    response = writing.post("/en/studio/lessons/burns/place/", {"place": typed})
    assert response.status_code == 422
    assert said in text_of(response)


def test_a_lesson_is_not_put_into_a_course_twice(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    place = f"first-aid:{course.modules.get().key}"
    response = writing.post(f"{LESSON}place/", {"place": place})
    assert response.status_code == 422
    assert "stands in this course already" in text_of(response)
    assert Placement.objects.count() == 1


def test_after_a_question_comes_the_next_one_of_the_chosen_kind(
    writing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    question = lesson.questions.first()
    assert question
    response = compose(writing, question, stem_en="Other words", then="true_false")
    assert response.headers["Location"] == f"{LESSON}questions/new/true_false/"


def test_the_last_question_leads_back_to_the_lesson(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    question = lesson.questions.first()
    assert question
    response = compose(writing, question, stem_en="Other words", then="lesson")
    assert response.headers["Location"] == f"{LESSON}#questions"


def test_nonsense_leads_back_to_the_question(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    question = lesson.questions.first()
    assert question
    response = compose(writing, question, stem_en="Other words", then="//example.org")
    assert response.headers["Location"] == question_url(question)


def test_translating_leads_on_to_the_questions_and_these_to_review(writing: Client, alone: Lesson) -> None:
    base = "/en/studio/lessons/burns/translate/ar/"
    page = writing.get(base)
    fields = {field.html_name: field.value() or "" for field in page.context["form"]}
    response = writing.post(base, fields | {"title": "الحروق", "then": "questions"})
    assert response.headers["Location"] == f"{base}questions/"
    QuestionFactory(lesson=alone)
    assert Question.objects.filter(lesson=alone).exists()
    response = writing.post(f"{base}questions/", {"then": "send"})
    assert response.headers["Location"] == "/en/studio/lessons/burns/release/"


def test_what_was_sent_back_is_sent_again_with_what_was_said_of_it(
    writing: Client, reviewing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    write(writing, en_title="Changed")
    release = send_to_review(writing)
    reviewing.post(release_url(release, "send-back/"), {"text": "Page 4 says 5 cm."})
    response = write(writing, en_title="Mended", then="send")
    response = writing.get(response.headers["Location"])
    assert response.headers["Location"] == release_url(release, "edit/")


def test_what_was_withdrawn_begins_a_new_release(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    write(writing, en_title="Changed")
    release = send_to_review(writing)
    writing.post(release_url(release, "withdraw/"))
    assert writing.get(f"{LESSON}release/").status_code == 200
