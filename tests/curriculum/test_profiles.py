"""What guidelines of resuscitation teach differently stands in variants, each of them whole, and nowhere else."""

import re
from collections.abc import Iterator

import pytest

from lessons.markdown.tree import runs_in
from lessons.profiles import DEFAULT
from portal.exchange.survey import LessonSurvey
from tests.curriculum.starter import LANGUAGES, courses, lessons, questions, shared_rows, texts_of, tree

VARIED = {"LS-4", "LS-5"}
# What only one of them teaches: the first step on a child, how many breaths begin, how long without a telephone.
ONLY = {
    "erc": re.compile(
        r"\b(5|five) (\w+ )?breaths|\*\*5\*\* breaths|for one minute before|the first breaths"
        r"|(5|خمسة|خمس) (من الأنفاس|أنفاس)|\*\*5\*\* أنفاس|مدة دقيقة واحدة قبل|الأنفاس الأولى"
    ),
    "aha": re.compile(
        r"presses to begin with|\*\*2\*\* breaths first|give two at once|for two minutes before|[Hh]ealthcare workers"
        r"|ضغطة في البداية|من الأنفاس أولًا|نفَسين فورًا|مدة دقيقتين قبل|العاملين في الصحة"
    ),
}


def said_by(lesson: LessonSurvey) -> Iterator[tuple[str, str]]:
    """(place, text) of everything that readers of the lesson are told, its questions with it."""
    asked = {part.key for part in lesson.questions}
    for language in LANGUAGES:
        words = lesson.folder.texts[language]
        yield f"{lesson.folder.place} ({language})", "\n".join([words.markdown, *dict(words.head.content).values()])
        for question in questions():
            if question.part.key in asked:
                for place, text in texts_of(question, language):
                    yield f"{question} {place} ({language})", text


def test_the_lessons_in_which_guidelines_differ_have_a_variant_for_each_profile() -> None:
    varied = {
        lesson.key: lesson.folder.profiles for course in courses() for lesson in course.lessons if lesson.variants
    }
    assert varied == {key: ["erc", "aha"] for key in VARIED}


@pytest.mark.parametrize("profile", ["erc", "aha"])
def test_a_lesson_of_one_profile_and_its_questions_hold_nothing_that_only_another_teaches(profile: str) -> None:
    others = [mark for name, mark in ONLY.items() if name != profile]
    told = [said for lesson in lessons() if lesson.folder.profile == profile for said in said_by(lesson)]
    assert told
    assert not [place for place, text in told for mark in others if mark.search(text)]


@pytest.mark.parametrize("profile", ["erc", "aha"])
def test_each_variant_says_in_both_languages_what_is_its_own(profile: str) -> None:
    """So the marks above are what the lessons say, and the tests beside this one look for something."""
    own = [lesson for lesson in lessons() if lesson.folder.profile == profile]
    assert {lesson.key for lesson in own} == VARIED
    for lesson in own:
        for language in LANGUAGES:
            assert ONLY[profile].search(lesson.folder.texts[language].markdown), (lesson.folder.place, language)


def test_what_has_no_variants_teaches_nothing_in_which_the_profiles_differ() -> None:
    found = [
        place
        for lesson in lessons()
        if not lesson.folder.profile
        for place, text in said_by(lesson)
        if any(mark.search(text) for mark in ONLY.values())
    ]
    cards = [
        (row.key, line) for row in shared_rows("topics.yaml") for w in row.texts.values() for line in w.first_minute
    ]
    found += [key for key, line in cards if any(mark.search(line) for mark in ONLY.values())]
    assert not found


def test_a_question_that_is_asked_under_every_profile_holds_nothing_of_one() -> None:
    common = [one for one in questions() if not one.part.profile and not one.lesson.folder.base]
    marked = [
        f"{one} {place}"
        for one in common
        for language in LANGUAGES
        for place, text in texts_of(one, language)
        if any(mark.search(text) for mark in ONLY.values())
    ]
    assert common
    assert not marked


def test_variants_have_the_parts_and_the_length_of_the_lesson() -> None:
    """A sentence that one variant lacks is a difference that nobody meant."""
    for course in courses():
        for lesson in course.lessons:
            for variant in lesson.variants:
                for language in LANGUAGES:
                    base, other = (list(runs_in(tree(each, language))) for each in (lesson, variant))
                    assert len(base) == len(other), (variant.folder.place, language)
                    assert abs(lesson.words[language] - variant.words[language]) <= 20


def test_each_profile_asks_as_many_questions_and_as_many_critical_ones() -> None:
    for course in courses():
        for lesson in course.lessons:
            for variant in lesson.variants:
                assert (len(variant.questions), variant.critical) == (len(lesson.questions), lesson.critical)
                assert lesson.folder.profile == DEFAULT
