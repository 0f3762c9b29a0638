"""The lessons of the starter curriculum are short, plain, sourced and shown."""

import re

from lessons.markdown.tree import runs_in
from lessons.reading_level import grade
from portal.exchange.figures import figures_of
from tests.curriculum.numbers import missing
from tests.curriculum.starter import LANGUAGES, courses, lessons, questions, shared_rows, shown_in, texts_of, tree

FEWEST, MOST = 300, 700
LETTERING = re.compile(r"<text[^>]*>(.*?)</text>", re.DOTALL)
MARKUP = re.compile(r"<[^>]+>")
HARDEST = 6  # the grade of a text for the general public; the formula says how


def test_every_lesson_has_300_to_700_words_in_each_language() -> None:
    counted = {f"{lesson.folder.place} ({code})": count for lesson in lessons() for code, count in lesson.words.items()}
    assert not {place: count for place, count in counted.items() if not FEWEST <= count <= MOST}


def test_the_english_of_every_lesson_is_easy_to_read() -> None:
    grades = {lesson.folder.place: grade(runs_in(tree(lesson, "en"))) for lesson in lessons()}
    assert not {place: round(reached, 1) for place, reached in grades.items() if reached > HARDEST}


def test_the_english_of_every_check_is_easy_to_read() -> None:
    asked: dict[str, list[str]] = {}
    for question in questions():
        asked.setdefault(question.lesson.folder.place, []).extend(text for _, text in texts_of(question, "en"))
    grades = {place: grade(texts) for place, texts in asked.items()}
    assert not {place: round(reached, 1) for place, reached in grades.items() if reached > HARDEST}


def test_every_figure_is_shown_by_its_lesson_or_one_of_its_questions() -> None:
    unseen = {lesson.folder.place: set(lesson.folder.figures) - shown_in(lesson) for lesson in lessons()}
    assert not {place: names for place, names in unseen.items() if names}


def test_no_figure_holds_words_and_every_number_on_it_is_said_beside_it_in_both_languages() -> None:
    faults = []
    for lesson in lessons():
        for figure in figures_of(lesson):
            lettering = MARKUP.sub("", " ".join(LETTERING.findall(figure.picture.data.decode())))
            beside = {code: figure.said.get(code, []) + figure.captions.get(code, []) for code in LANGUAGES}
            unsaid = [number for code in LANGUAGES for number in missing(lettering, " ".join(beside[code]), code)]
            if unsaid or re.search(r"[^\W\d_]", lettering):
                faults.append(f"{lesson.folder.place}/{figure.name}: {lettering}, unsaid {unsaid}")
    assert not faults


def test_every_lesson_says_what_it_takes_from_each_of_its_sources() -> None:
    cited = [(lesson.folder.place, one) for lesson in lessons() for one in lesson.folder.lesson.content.sources]
    assert {place for place, _citation in cited} == {lesson.folder.place for lesson in lessons()}
    assert not [(place, citation.key) for place, citation in cited if not citation.note]


def test_every_source_is_cited_by_a_lesson_a_card_or_a_question() -> None:
    cited = {key for lesson in lessons() for key in lesson.sources}
    cited |= {key for lesson in lessons() for question in lesson.questions for key in question.sources}
    cited |= {citation.key for topic in shared_rows("topics.yaml") for citation in topic.sources}
    assert not {source.key for source in shared_rows("sources.yaml")} - cited


def test_no_lesson_or_card_is_said_to_be_reviewed_and_each_says_when_it_is_due() -> None:
    reviews = {lesson.folder.place: lesson.review for lesson in lessons()}
    reviews |= {topic.key: topic.review for topic in shared_rows("topics.yaml")}
    assert not [place for place, review in reviews.items() if review.by or review.at or not review.due]


def test_a_course_takes_as_many_minutes_as_its_lessons_together() -> None:
    told = {course.key: course.folder.course.content.minutes for course in courses()}
    assert told == {course.key: sum(lesson.minutes for lesson in course.lessons) for course in courses()}
