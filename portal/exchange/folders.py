"""A package as it lies on disk: read whole, each file against its schema, nothing compared with the portal yet."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from lessons.models import Profile
from lessons.picture_files import Picture
from lessons.pictures import picture_as_is
from lessons.profiles import DEFAULT
from portal.exchange.documents import Document, parse_document, read_document, text_of
from portal.exchange.faults import FaultList
from portal.exchange.schemas import (
    SHARED_FILES,
    CourseFile,
    FinalFile,
    LessonFile,
    LessonHead,
    QuestionPart,
    Questions,
    QuizFile,
    SharedFile,
    VariantFile,
)
from portal.exchange.voices import Voice, open_voices, voice_files

LESSON_TEXT = re.compile(r"lesson\.([A-Za-z0-9-]+)\.md")
HEAD = re.compile(r"---[ \t]*\n(.*?\n)?---[ \t]*(?:\n|\Z)", re.DOTALL)
COURSE_FILES = {"course.yaml", "final.yaml", "README.md", *SHARED_FILES}
LESSON_FILES = {"lesson.yaml", "quiz.yaml", "figures", "variants", "README.md"}
VARIANT_FILES = {"variant.yaml", "quiz.yaml", "figures", "README.md"}
VARIANTS = tuple(profile for profile in Profile if profile != DEFAULT)


@dataclass(frozen=True)
class LessonWords:
    """`lesson.<language>.md`: its head, its Markdown, and the line of the file on which that begins."""

    head: Document[LessonHead]
    markdown: str
    first_line: int


@dataclass
class LessonFolder:
    """A lesson, or one of its variants. `figures` are by the names that Markdown uses: `figures/hands.svg`.

    `profile` is empty where there are no variants: then the lesson is right in all. A variant's `lesson` is that which
    it is a variant of, with its own sources and review, its `quiz` the questions that only it asks.
    """

    place: str
    lesson: Document[LessonFile]
    texts: dict[str, LessonWords]
    quiz: Document[Any] | None
    figures: dict[str, Picture]
    voices: dict[str, Voice] = field(default_factory=dict)
    profile: str = ""
    variants: dict[str, "LessonFolder"] = field(default_factory=dict)
    base: "LessonFolder | None" = field(default=None, repr=False, compare=False)

    @property
    def profiles(self) -> list[str]:
        """Those for which something is written, the default first."""
        return [DEFAULT, *self.variants]

    @property
    def own_questions(self) -> list[QuestionPart]:
        return self.quiz.content.questions if self.quiz else []

    def asked_under(self, profile: str) -> list[QuestionPart]:
        """The questions that a profile asks: those for all, and its own."""
        base = self.base or self
        theirs = base.variants.get(profile)
        common = [part for part in base.own_questions if part.profile in (None, profile)]
        return common + (theirs.own_questions if theirs else [])


@dataclass
class CourseFolder:
    place: str
    course: Document[CourseFile]
    final: Document[FinalFile] | None
    lessons: dict[str, LessonFolder] = field(default_factory=dict)
    cover: Picture | None = None

    @property
    def languages(self) -> list[str]:
        """Those of the course's own words, the source language first."""
        source = self.course.content.source_language
        return sorted(self.course.content.texts, key=lambda language: (language != source, language))

    @property
    def profiles(self) -> list[str]:
        """Those for which a lesson has something of its own, the default first."""
        return list(dict.fromkeys(name for folder in self.lessons.values() for name in folder.profiles)) or [DEFAULT]

    @property
    def folders(self) -> Iterator[LessonFolder]:
        """Every lesson, each followed by its variants."""
        for folder in self.lessons.values():
            yield from (folder, *folder.variants.values())


@dataclass
class Package:
    """Courses, and shared documents by the name of their file, each with the authority of its keys.

    `unread` are names of files (`topics.yaml`) of which at least one could not be read: what they hold is not known.
    """

    courses: list[CourseFolder]
    shared: dict[str, list[tuple[str, Document[Any]]]]
    unread: set[str] = field(default_factory=set)

    def shared_rows(self, name: str) -> Iterator[tuple[str, Document[SharedFile], tuple[str | int, ...], Any]]:
        """(authority, document, path in it, row) of every row in files of that name."""
        for authority, document in self.shared.get(name, ()):
            for path, row in document.content.rows():
                yield authority, document, path, row


def open_package(root: Path, faults: FaultList) -> Package:
    """Everything below `root`: one course, or a folder of courses with what they share."""
    if not root.is_dir():
        faults.add(root.name, 1, _("There is no such folder. Name the folder of a course or of several."))
        return Package([], {})
    places = [root] if (root / "course.yaml").is_file() else _course_folders(root, faults)
    found = [_open_course(root, place, faults) for place in places]
    courses = [course for course in found if course]
    package = Package(courses, {})
    if (root / "shared").is_dir():
        _open_shared(root, root / "shared", "starter", package, faults)
        _refuse_strangers(root, root / "shared", {*SHARED_FILES, "README.md"}, faults)
    for course in courses:
        _open_shared(root, root / course.place, course.course.content.authority, package, faults)
    package.unread = {PurePosixPath(fault.file).name for fault in faults.found}
    return package


def _course_folders(root: Path, faults: FaultList) -> list[Path]:
    places = [place for place in sorted(root.iterdir()) if place.is_dir() and not place.name.startswith((".", "_"))]
    courses = [place for place in places if place.name != "shared"]
    if not courses and not (root / "shared").is_dir():
        faults.add("course.yaml", 1, _("This file is missing. Write it; the format is in docs/course-packages.md."))
    return courses


def _open_shared(root: Path, folder: Path, authority: str, package: Package, faults: FaultList) -> None:
    for name, schema in SHARED_FILES.items():
        if (folder / name).is_file() and (document := read_document(root, folder / name, schema, faults)):
            package.shared.setdefault(name, []).append((document.content.authority or authority, document))


def _open_course(root: Path, place: Path, faults: FaultList) -> CourseFolder | None:
    document = read_document(root, place / "course.yaml", CourseFile, faults)
    if document is None:
        return None
    final = place / "final.yaml"
    course = CourseFolder(
        place.relative_to(root).as_posix(),
        document,
        read_document(root, final, FinalFile, faults) if final.is_file() else None,
    )
    course.cover = _open_cover(root, place, document, faults)
    named = [name for module in document.content.modules for name in module.lessons]
    shared = {"shared"} if place == root else set()
    own = {document.content.cover.file} if document.content.cover else set()
    _refuse_strangers(root, place, COURSE_FILES | set(named) | shared | own, faults)
    for name in dict.fromkeys(named):
        if lesson := _open_lesson(root, place / name, course.languages, faults):
            course.lessons[name] = lesson
    return course


def _open_lesson(root: Path, place: Path, languages: list[str], faults: FaultList) -> LessonFolder | None:
    document = read_document(root, place / "lesson.yaml", LessonFile, faults)
    texts = {}
    for language in languages:
        if words := _open_words(root, place / f"lesson.{language}.md", faults):
            texts[language] = words
    quiz = place / "quiz.yaml"
    quiz_document = read_document(root, quiz, QuizFile, faults) if quiz.is_file() else None
    figures = _open_figures(root, place, faults)
    if document is None:
        return None
    allowed = LESSON_FILES | {f"lesson.{language}.md" for language in languages} | voice_files(languages)
    _refuse_strangers(root, place, allowed, faults)
    voices = open_voices(root, place, document, languages, faults)
    lesson = LessonFolder(place.relative_to(root).as_posix(), document, texts, quiz_document, figures, voices)
    _open_variants(root, place / "variants", lesson, languages, faults)
    return lesson


def _open_variants(root: Path, place: Path, lesson: LessonFolder, languages: list[str], faults: FaultList) -> None:
    """One folder a profile, named like it; the lesson itself is for the default one then."""
    if not place.is_dir():
        return
    lesson.profile = DEFAULT
    for path in sorted(place.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir() and path.name in VARIANTS:
            if variant := _open_variant(root, path, lesson, languages, faults):
                lesson.variants[path.name] = variant
            continue
        message = _("“variants” holds a folder for each of these profiles and nothing else: %(profiles)s.")
        faults.add(path.relative_to(root).as_posix(), 1, message % {"profiles": ", ".join(VARIANTS)})


def _open_variant(
    root: Path, place: Path, lesson: LessonFolder, languages: list[str], faults: FaultList
) -> LessonFolder | None:
    own = read_document(root, place / "variant.yaml", VariantFile, faults)
    found = {language: _open_words(root, place / f"lesson.{language}.md", faults) for language in languages}
    quiz = place / "quiz.yaml"
    questions = read_document(root, quiz, Questions, faults) if quiz.is_file() else None
    figures = _open_figures(root, place, faults)
    allowed = VARIANT_FILES | {f"lesson.{language}.md" for language in languages} | voice_files(languages)
    _refuse_strangers(root, place, allowed, faults)
    if own is None:
        return None
    said = {name: getattr(own.content, name) for name in VariantFile.model_fields}
    return LessonFolder(
        place.relative_to(root).as_posix(),
        Document(own.file, lesson.lesson.content.model_copy(update=said), own.lines),
        {language: words for language, words in found.items() if words},
        questions,
        lesson.figures | figures,
        open_voices(root, place, own, languages, faults),
        profile=place.name,
        base=lesson,
    )


def _open_words(root: Path, path: Path, faults: FaultList) -> LessonWords | None:
    text = text_of(root, path, faults)
    if text is None:
        return None
    name, head = path.relative_to(root).as_posix(), HEAD.match(text)
    if head is None:
        message = _("The head is missing. Begin with a line “---”, then title, summary and objective, then “---”.")
        faults.add(name, 1, message)
        return None
    document = parse_document(name, head[1] or "", LessonHead, faults, first_line=2)
    body = text[head.end() :]
    return LessonWords(document, body, head[0].count("\n") + 1) if document else None


def _open_figures(root: Path, place: Path, faults: FaultList) -> dict[str, Picture]:
    figures = {}
    for path in sorted((place / "figures").glob("*")):
        if path.name.startswith(".") or path.is_symlink() or not path.is_file():
            continue
        figures[f"figures/{path.name}"] = _read_picture(root, path, faults)
    return figures


def _read_picture(root: Path, path: Path, faults: FaultList) -> Picture:
    try:
        return picture_as_is(path.read_bytes())
    except ValidationError as error:
        faults.add(path.relative_to(root).as_posix(), 1, " ".join(error.messages))
        return Picture(b"", "", 1, 1)  # so that its absence is not a second fault


def _open_cover(root: Path, place: Path, course: Document[CourseFile], faults: FaultList) -> Picture | None:
    cover = course.content.cover
    path = place / cover.file if cover else place
    if cover is None or (path.is_file() and not path.is_symlink()):
        return _read_picture(root, path, faults) if cover else None
    message = _("There is no “%(file)s” beside this file. Put the picture there, or take `cover` away.")
    faults.add(course.file, course.line(("cover",)), message % {"file": cover.file})
    return None


def _refuse_strangers(root: Path, place: Path, allowed: set[str], faults: FaultList) -> None:
    """A file under a wrong name would be left out in silence."""
    for path in sorted(place.iterdir()) if place.is_dir() else ():
        if path.name in allowed or path.name.startswith("."):
            continue
        name = path.relative_to(root).as_posix()
        if language := LESSON_TEXT.fullmatch(path.name):
            message = _("The course has no words in “%(language)s”. Add them to course.yaml, or take this file away.")
            faults.add(name, 1, message % {"language": language[1]})
        elif path.is_dir():
            faults.add(name, 1, _("No module of course.yaml names this folder. Add it to one, or take it away."))
        else:
            faults.add(name, 1, _("This file belongs to no package. Correct its name, or take it away."))
