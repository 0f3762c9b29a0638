"""The Arabic and the English of the starter curriculum say the same, part by part and number by number."""

from collections.abc import Iterator
from typing import Any

from lessons.markdown.tree import Node, block_name, lone_picture, plain, runs_in
from portal.exchange.schemas import SHARED_FILES
from portal.exchange.survey import LessonSurvey
from tests.curriculum.numbers import missing
from tests.curriculum.starter import LANGUAGES, courses, lessons, questions, shared_rows, texts_in, texts_of, tree


def test_every_lesson_and_question_is_in_both_languages() -> None:
    assert {tuple(sorted(lesson.folder.texts)) for lesson in lessons()} == {LANGUAGES}
    assert {tuple(sorted(question.words)) for question in questions()} == {LANGUAGES}


def test_both_languages_of_a_lesson_have_the_same_parts_in_the_same_order() -> None:
    apart = {}
    for lesson in lessons():
        arabic, english = (outline(tree(lesson, language)) for language in LANGUAGES)
        if arabic != english:
            apart[lesson.folder.place] = [pair for pair in zip(arabic, english, strict=False) if pair[0] != pair[1]]
    assert not apart


def test_both_languages_of_a_lesson_lead_to_the_same_places() -> None:
    apart = [lesson.folder.place for lesson in lessons() if len({links(lesson, code) for code in LANGUAGES}) > 1]
    assert not apart


def test_both_languages_of_a_question_have_the_same_texts() -> None:
    places = {str(one): [{place for place, _text in texts_of(one, code)} for code in LANGUAGES] for one in questions()}
    assert not [key for key, (arabic, english) in places.items() if arabic != english]


def test_every_number_of_a_lesson_stands_in_both_languages() -> None:
    faults = []
    for lesson in lessons():
        arabic, english = (list(said_in(lesson, language)) for language in LANGUAGES)
        faults += [f"{lesson.folder.place}: {fault}" for fault in differences(zip(arabic, english, strict=True))]
    assert not faults, "\n".join(faults)


def test_every_number_of_a_question_stands_in_both_languages() -> None:
    faults = []
    for question in questions():
        arabic, english = (dict(texts_of(question, language)) for language in LANGUAGES)
        pairs = ((arabic[place], english[place]) for place in arabic)
        faults += [f"{question}: {fault}" for fault in differences(pairs)]
    assert not faults, "\n".join(faults)


def test_every_number_of_courses_cards_skills_facts_and_terms_stands_in_both_languages() -> None:
    rows = [row for name in SHARED_FILES if name != "sources.yaml" for row in shared_rows(name)]
    rows += [part for row in shared_rows("skills.yaml") for part in row.parts]
    rows += [course.folder.course.content for course in courses()]
    faults = []
    for row in rows:
        arabic, english = (texts_in(row.texts[language].model_dump()) for language in LANGUAGES)
        pairs = ((one, other) for (_, one), (_, other) in zip(arabic, english, strict=True))
        faults += [f"{row.key}: {fault}" for fault in differences(pairs)]
    assert not faults, "\n".join(faults)


def outline(root: Node) -> list[Any]:
    """What stands below a text: headings by level, blocks and lists with how many lines, pictures by name."""
    return [_part(node) for node in root.children]


def _part(node: Node) -> Any:
    if picture := lone_picture(node):
        return picture.attrs["src"]
    return block_name(node) or node.tag, [len(child.children) for child in node.children if child.type != "inline"]


def links(lesson: LessonSurvey, language: str) -> frozenset[Any]:
    return frozenset(node.attrs["href"] for node in tree(lesson, language).walk() if node.type == "link")


def said_in(lesson: LessonSurvey, language: str) -> Iterator[str]:
    """Everything that is read or heard of a lesson: its head, its text with captions, what is said of its pictures."""
    yield from (text for _name, text in lesson.folder.texts[language].head.content)
    yield from runs_in(tree(lesson, language))
    yield from (plain(node) for node in tree(lesson, language).walk() if node.type == "image")


def differences(pairs: Any) -> Iterator[str]:
    """What is wrong with pairs of an Arabic text and its English one."""
    for arabic, english in pairs:
        only_arabic, only_english = missing(arabic, english, "en"), missing(english, arabic, "ar")
        if only_arabic or only_english:
            told = f"only in Arabic {', '.join(only_arabic) or '-'}, only in English {', '.join(only_english) or '-'}"
            yield f"{told}\n    {arabic}\n    {english}"
