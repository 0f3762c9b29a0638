"""The checks of the starter curriculum ask about all that is taught, each thing once, and about what kills always."""

import re
from collections import Counter, defaultdict

import pytest

from tests.curriculum.starter import LANGUAGES, MEDICAL, courses, lessons, questions, shared_rows, texts_of

FEWEST_QUESTIONS, FEWEST_KINDS = 7, 7
ALL_OR_NONE = re.compile(
    r"\b(all|none|any|both|two|some) of (the )?(above|below|these|those|answers|options|others|rest)\b"
    r"|(كل|جميع|لا شيء|أي|بعض) م?ما (سبق|تقدم|ذكر|ورد|يلي)|(كل|جميع) (الإجابات|الخيارات)",
    re.IGNORECASE,
)


def test_every_lesson_has_at_least_seven_questions() -> None:
    counted = {lesson.folder.place: len(lesson.questions) for lesson in lessons()}
    assert not {place: count for place, count in counted.items() if count < FEWEST_QUESTIONS}


def test_every_skill_of_a_lesson_and_each_of_its_points_is_asked_about_there() -> None:
    points = {row.key: [part.key for part in row.parts] for row in shared_rows("skills.yaml")}
    unasked = {}
    for lesson in lessons():
        asked = {key for question in lesson.questions for key in question.skills}
        skills = lesson.folder.lesson.content.skills
        unasked[lesson.folder.place] = {one for skill in skills for one in points.get(skill) or [skill]} - asked
    assert not {place: keys for place, keys in unasked.items() if keys}


def test_every_skill_is_taught_by_a_lesson_and_every_lesson_teaches_one() -> None:
    taught = [lesson.folder.lesson.content.skills for lesson in lessons()]
    assert all(taught)
    assert not {row.key for row in shared_rows("skills.yaml")} - {skill for skills in taught for skill in skills}


def test_a_question_asks_about_a_skill_of_its_own_lesson() -> None:
    points = {row.key: {row.key, *(part.key for part in row.parts)} for row in shared_rows("skills.yaml")}
    strange = {}
    for question in questions():
        skills = question.lesson.folder.lesson.content.skills
        own = {one for skill in skills for one in points.get(skill, {skill})}
        strange[str(question)] = set(question.part.skills) - own
    assert not {key: skills for key, skills in strange.items() if skills}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_questions_have_the_same_stem(language: str) -> None:
    keys = defaultdict(list)
    for question in questions():
        keys[" ".join(question.words[language].stem.casefold().split())].append(str(question))
    assert not [same for same in keys.values() if len(same) > 1]


def test_every_lesson_of_the_medical_courses_has_a_critical_question() -> None:
    assert {course.key for course in courses()} >= MEDICAL
    assert not [lesson.folder.place for lesson in lessons() if lesson.course in MEDICAL and not lesson.critical]


@pytest.mark.parametrize("key", sorted(MEDICAL))
def test_a_medical_course_asks_in_at_least_seven_kinds(key: str) -> None:
    kinds = sum((lesson.kinds for lesson in lessons() if lesson.course == key), Counter())
    assert len(kinds) >= FEWEST_KINDS


def test_every_question_cites_a_source_and_only_those_of_its_lesson() -> None:
    uncited = [str(question) for question in questions() if not question.part.sources]
    strange = [str(question) for question in questions() if set(question.part.sources) - set(question.lesson.sources)]
    assert not uncited, "without a source"
    assert not strange, "with a source that its lesson does not name"


def test_no_option_is_all_or_none_of_the_others() -> None:
    found = [
        f"{question}: {text}"
        for question in questions()
        for language in LANGUAGES
        for place, text in texts_of(question, language)
        if place.startswith(("options.", "choices.", "regions.")) and ALL_OR_NONE.search(text)
    ]
    assert not found


@pytest.mark.parametrize("text", ["All of the above", "None of these", "كل ما سبق", "لا شيء مما سبق", "جميع ما ذكر"])
def test_an_option_that_is_all_or_none_of_the_others_would_be_found(text: str) -> None:
    assert ALL_OR_NONE.search(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_options_of_a_question_differ_and_so_does_what_is_said_to_them(language: str) -> None:
    """An option said twice has two answers; a reason said twice does not say why this one is wrong."""
    found = []
    for question in questions():
        for name in ("options", "feedback"):
            said = getattr(question.words[language], name, None)
            texts = list(said.values()) if isinstance(said, dict) else []
            found += [f"{question} {name}: {text}" for text, count in Counter(texts).items() if count > 1]
    assert not found
