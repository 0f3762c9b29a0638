"""docs/curriculum.md: the courses of the starter curriculum in tables, for whoever keeps it."""

from collections import Counter
from collections.abc import Iterable, Iterator

from portal.exchange.schemas.parts import Review
from portal.exchange.survey import CourseSurvey, LessonSurvey
from quizzes.kinds import KINDS

HEAD = """\
# The starter curriculum

What `lessons/curriculum/` holds, counted by `python manage.py describe_curriculum`; `make check` says when this page is
no longer true. Words are those of the text and its captions, without headings of blocks and alternative texts. Figures
are files: some are shown by a question. A source that several lessons cite counts once in a sum. What else is true of
the curriculum is in `tests/curriculum/`, the format in [course-packages.md](course-packages.md).
"""


def page(courses: list[CourseSurvey]) -> str:
    """The whole page as Markdown."""
    languages = sorted({language for course in courses for language in course.folder.languages})
    parts = [HEAD, _section("Courses", _course_table(courses, languages))]
    parts += [_section(f"{one.key}: {one.title}", _lesson_table(one.lessons, languages)) for one in courses]
    if variants := [variant for course in courses for lesson in course.lessons for variant in lesson.variants]:
        parts.append(_section("Variants for other resuscitation profiles", _variant_table(variants, languages)))
    parts.append(_section("Questions by kind", _kind_table(courses)))
    return "\n".join(parts)


def _section(title: str, table: str) -> str:
    return f"## {title}\n\n{table}"


def _course_table(courses: list[CourseSurvey], languages: list[str]) -> str:
    rows = [[course.key, course.title, len(course.lessons), *_sums(course.lessons, languages)] for course in courses]
    everything = [lesson for course in courses for lesson in course.lessons]
    rows.append(["", "**All**", len(everything), *_sums(everything, languages)])
    heads = ["", "course", "lessons", *_counts_named(languages)]
    return _table(heads, rows)


def _lesson_table(lessons: list[LessonSurvey], languages: list[str]) -> str:
    rows = [[lesson.key, lesson.title, *_sums([lesson], languages), _review(lesson.review)] for lesson in lessons]
    return _table(["", "lesson", *_counts_named(languages), "review"], rows)


def _variant_table(variants: list[LessonSurvey], languages: list[str]) -> str:
    """What is written of a lesson for another profile than that of the tables above; questions that only it asks."""
    words = [f"words ({language})" for language in languages]
    rows: list[list[object]] = [
        [
            variant.key,
            variant.folder.profile,
            *(variant.words[language] for language in languages),
            len(variant.folder.own_questions),
            len(variant.sources),
            _review(variant.review),
        ]
        for variant in variants
    ]
    return _table(["", "profile", *words, "questions of its own", "sources", "review"], rows)


def _counts_named(languages: list[str]) -> list[str]:
    words = [f"words ({language})" for language in languages]
    return ["minutes", *words, "questions", "critical", "figures", "sources"]


def _sums(lessons: list[LessonSurvey], languages: list[str]) -> list[int]:
    """What the columns of `_counts_named` hold for these lessons together."""
    return [
        sum(lesson.minutes for lesson in lessons),
        *(sum(lesson.words[language] for lesson in lessons) for language in languages),
        sum(len(lesson.questions) for lesson in lessons),
        sum(lesson.critical for lesson in lessons),
        sum(len(lesson.folder.figures) for lesson in lessons),
        len({source for lesson in lessons for source in lesson.sources}),
    ]


def _review(review: Review) -> str:
    signed = f"signed by {review.by}, {review.at}" if review.by else "awaited"
    return f"{signed}; due {review.due}" if review.due else signed


def _kind_table(courses: list[CourseSurvey]) -> str:
    """A row for every lesson, the courses' sums in bold and all together at the end; a kind without any is empty."""
    rows: list[list[object]] = []
    for course in courses:
        rows += [[lesson.key, *_by_kind(lesson.kinds)] for lesson in course.lessons]
        rows.append([f"**{course.key}**", *_by_kind(_total(course.lessons))])
    rows.append(["**All**", *_by_kind(_total(lesson for course in courses for lesson in course.lessons))])
    return _table(["", *(name.replace("_", " ") for name in KINDS)], rows)


def _total(lessons: Iterable[LessonSurvey]) -> Counter[str]:
    return sum((lesson.kinds for lesson in lessons), Counter())


def _by_kind(kinds: Counter[str]) -> Iterator[int | str]:
    return (kinds[name] or "" for name in KINDS)


def _table(heads: list[str], rows: list[list[object]]) -> str:
    """A table of Markdown, numbers to the end of their cells."""
    is_number = [all(isinstance(row[at], int) or row[at] == "" for row in rows) for at in range(len(heads))]
    rule = ["--:" if at and number else "---" for at, number in enumerate(is_number)]
    lines = [heads, rule, *([str(cell).replace("|", "\\|") for cell in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
