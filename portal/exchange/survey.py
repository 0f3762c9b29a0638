"""What a package holds, counted: the courses and lessons in their order, without a database."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from django.conf import settings

from lessons.markdown.tree import count_words, parse, runs_in
from lessons.profiles import DEFAULT
from portal.exchange.faults import FaultList
from portal.exchange.folders import CourseFolder, LessonFolder, Package, open_package
from portal.exchange.schemas import QuestionPart
from portal.exchange.schemas.parts import Review

CURRICULUM = settings.BASE_DIR / "lessons" / "curriculum"


@dataclass(frozen=True, eq=False)
class LessonSurvey:
    """One lesson: what is counted of it, and where it stands."""

    folder: LessonFolder
    course: str
    module: str

    @property
    def key(self) -> str:
        return self.folder.lesson.content.key

    @property
    def title(self) -> str:
        """In the language it was written in."""
        return self.folder.texts[self.folder.lesson.content.source_language].head.content.title

    @property
    def minutes(self) -> int:
        return self.folder.lesson.content.minutes

    @property
    def review(self) -> Review:
        return self.folder.lesson.content.review

    @property
    def sources(self) -> list[str]:
        """Keys of the works that the lesson cites."""
        return [citation.key for citation in self.folder.lesson.content.sources]

    @property
    def questions(self) -> list[QuestionPart]:
        """Those that are asked of its readers: of a variant also those that are asked of all."""
        return self.folder.asked_under(self.folder.profile or DEFAULT)

    @property
    def variants(self) -> "list[LessonSurvey]":
        """What is written of it for other profiles."""
        return [LessonSurvey(folder, self.course, self.module) for folder in self.folder.variants.values()]

    @property
    def critical(self) -> int:
        return sum(question.critical for question in self.questions)

    @cached_property
    def kinds(self) -> Counter[str]:
        """How many questions there are of each kind."""
        return Counter(question.kind for question in self.questions)

    @cached_property
    def words(self) -> dict[str, int]:
        """How many words are read in each language: those of the text, without the alternatives of its pictures."""
        return {language: words_in(text.markdown) for language, text in self.folder.texts.items()}


@dataclass(frozen=True)
class CourseSurvey:
    folder: CourseFolder
    lessons: list[LessonSurvey]

    @property
    def key(self) -> str:
        return self.folder.course.content.key

    @property
    def title(self) -> str:
        content = self.folder.course.content
        return content.texts[content.source_language].title


def opened(root: Path = CURRICULUM) -> Package:
    """The package as it lies on disk; raises PackageFaults where a file does not fit its schema."""
    faults = FaultList()
    package = open_package(root, faults)
    faults.refuse()
    return package


def survey(package: Package) -> list[CourseSurvey]:
    """The courses in the order in which the portal lists them, each with its lessons in order."""
    courses = sorted(package.courses, key=lambda course: course.course.content.position)
    return [CourseSurvey(course, list(_lessons(course))) for course in courses]


def _lessons(course: CourseFolder) -> Iterator[LessonSurvey]:
    content = course.course.content
    for module in content.modules:
        for name in module.lessons:
            yield LessonSurvey(course.lessons[name], content.key, module.key)


def words_in(markdown: str) -> int:
    """The words that stand in a text, captions among them; what is only said of a picture is no part of it."""
    return sum(count_words(text) for text in runs_in(parse(markdown)))
