"""Whether the files of a package agree with each other and with what the portal knows already."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from lessons.filling import FACT
from lessons.models import Course, Lesson, LocalFact, Skill, Source, Topic
from portal.exchange.documents import Document
from portal.exchange.draw_agreement import Names, check_check_rows, check_final_rows
from portal.exchange.faults import FaultList
from portal.exchange.folders import CourseFolder, LessonFolder, Package
from portal.exchange.yaml_text import Path

Doc = Document[Any]
STARTER = "starter"
STARTER_LANGUAGES = {"ar", "en"}  # what every course of the starter curriculum is written in


class Anything(Collection[str]):
    """Keys that may exist in a file that could not be read; to call them unknown would be a second fault for one."""

    def __contains__(self, key: object) -> bool:
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


@dataclass(frozen=True)
class Known:
    """Every key that a file of the package may name: those in the package and those in the portal."""

    topics: Collection[str]
    skills: Collection[str]
    sources: Collection[str]
    facts: Collection[str]
    lessons: Collection[str]
    courses: Collection[str]

    @classmethod
    def to(cls, package: Package) -> "Known":
        def keys(model: Any, mine: Iterable[str], *files: str) -> Collection[str]:
            if not package.unread.isdisjoint(files):
                return Anything()
            return frozenset(mine) | frozenset(model.objects.values_list("key", flat=True))

        def rows(name: str) -> Iterator[Any]:
            return (row for _authority, _document, _path, row in package.shared_rows(name))

        skills = [part.key for row in rows("skills.yaml") for part in (row, *row.parts)]
        lessons = [folder.lesson.content.key for course in package.courses for folder in course.lessons.values()]
        return cls(
            keys(Topic, (row.key for row in rows("topics.yaml")), "topics.yaml"),
            keys(Skill, skills, "skills.yaml"),
            keys(Source, (row.key for row in rows("sources.yaml")), "sources.yaml"),
            keys(LocalFact, (row.key for row in rows("local-facts.yaml")), "local-facts.yaml"),
            keys(Lesson, lessons, "course.yaml", "lesson.yaml"),
            keys(Course, (course.course.content.key for course in package.courses), "course.yaml"),
        )


def check_agreement(package: Package, known: Known, faults: FaultList) -> None:
    """Everything that only shows when files are laid side by side."""
    _check_topics(package, known, faults)
    _check_sources(package, known, faults)
    names = Names.of(package, known.topics, known.skills)
    for course in package.courses:
        _check_course(course, known, faults)
        if package.unread.isdisjoint({"lesson.yaml", "quiz.yaml"}):
            _check_final(course, faults)
            check_final_rows(course, names, faults)
        for folder in course.lessons.values():
            _check_lesson(folder, course, known, faults)
            for variant in folder.variants.values():
                _check_told(variant, course, known, faults)
            _check_profiles(folder, faults)
            check_check_rows(folder, names, faults)


# Words


def languages_wanted(package: Package) -> set[str]:
    """The languages in which the package can be read, and so what its courses share."""
    found = {language for course in package.courses for language in course.languages}
    return found or {code for code, _name in settings.LANGUAGES}


def all_languages(document: Doc, path: Path, texts: Collection[str], wanted: Iterable[str], faults: FaultList) -> None:
    for language in sorted(set(wanted) - set(texts)):
        message = _("There are no words in “%(language)s”. Write them beside the others.")
        faults.add(document.file, document.line((*path, "texts")), message % {"language": language})


def check_facts(document: Doc, path: Path, text: str, known: Collection[str], faults: FaultList) -> None:
    """Local facts named in words that are not Markdown."""
    for key in sorted(key for key in set(FACT.findall(text)) if key not in known):
        message = _("There is no local fact “%(key)s”. Add it to local-facts.yaml, or correct its name.")
        faults.add(document.file, document.line(path), message % {"key": key})


def _all_known(
    document: Doc,
    path: Path,
    keys: Iterable[tuple[str | int, str]],
    known: Collection[str],
    where: str,
    faults: FaultList,
) -> None:
    """`keys` are (last step of the path, key)."""
    for step, key in keys:
        if key not in known:
            message = _("There is no “%(key)s” in %(file)s. Add it there, or correct the key.")
            faults.add(document.file, document.line((*path, step)), message % {"key": key, "file": where})


# Topics


def _check_topics(package: Package, known: Known, faults: FaultList) -> None:
    for _authority, document, path, row in package.shared_rows("topics.yaml"):
        cited = [(at, citation.key) for at, citation in enumerate(row.sources)]
        _all_known(document, (*path, "sources"), cited, known.sources, "sources.yaml", faults)
        _once(document, (*path, "sources"), [key for _at, key in cited], faults)
        _all_known(document, (*path, "related"), enumerate(row.related), known.topics, "topics.yaml", faults)
        for language, words in row.texts.items():
            for at, line in enumerate(words.first_minute):
                check_facts(document, (*path, "texts", language, "first_minute", at), line, known.facts, faults)
        if not cited and any(words.first_minute for words in row.texts.values()):
            faults.add(document.file, document.line(path), _("A first minute card names its sources. Add `sources`."))


# Sources


def _check_sources(package: Package, known: Known, faults: FaultList) -> None:
    rows = list(package.shared_rows("sources.yaml"))
    newer = {(authority, row.key): row.superseded_by for authority, _document, _path, row in rows}
    for authority, document, path, row in rows:
        if row.superseded_by is None:
            continue
        _all_known(document, path, [("superseded_by", row.superseded_by)], known.sources, "sources.yaml", faults)
        if _comes_back(row.key, authority, newer):
            message = _("Following `superseded_by` leads back to “%(key)s”. Leave it out of the newest one.")
            faults.add(document.file, document.line((*path, "superseded_by")), message % {"key": row.key})


def _comes_back(key: str, authority: str, newer: Mapping[tuple[str, str], str | None]) -> bool:
    met: set[str] = set()
    step = newer.get((authority, key))
    while step is not None and step not in met:
        if step == key:
            return True
        met.add(step)
        step = newer.get((authority, step))
    return False


# A course


def _check_course(course: CourseFolder, known: Known, faults: FaultList) -> None:
    document, content = course.course, course.course.content
    own = STARTER_LANGUAGES if content.authority == STARTER else set()
    all_languages(document, (), content.texts, {content.source_language} | own, faults)
    for at, module in enumerate(content.modules):
        all_languages(document, ("modules", at), module.texts, course.languages, faults)
    _all_known(document, ("topics",), enumerate(content.topics), known.topics, "topics.yaml", faults)
    _all_known(document, ("sources",), enumerate(content.sources), known.sources, "sources.yaml", faults)
    _check_take_first(course, known, faults)
    _check_modules(course, faults)


def _check_take_first(course: CourseFolder, known: Known, faults: FaultList) -> None:
    document, content = course.course, course.course.content
    for at, key in enumerate(content.take_first):
        if key == content.key:
            message = _("A course cannot come before itself. Take “%(key)s” away.")
        elif key not in known.courses:
            message = _("There is no course “%(key)s”. Correct the key, or read that course first.")
        else:
            continue
        faults.add(document.file, document.line(("take_first", at)), message % {"key": key})
    _once(document, ("take_first",), content.take_first, faults)


def _check_modules(course: CourseFolder, faults: FaultList) -> None:
    document, seen = course.course, set[str]()
    for at, module in enumerate(document.content.modules):
        for name, where in ((module.key, "key"), *((lesson, "lessons") for lesson in module.lessons)):
            mark = f"{where} {name}"
            if mark in seen:
                message = _("“%(name)s” stands twice in this course. Keep one.")
                faults.add(document.file, document.line(("modules", at, where)), message % {"name": name})
            seen.add(mark)


def _check_final(course: CourseFolder, faults: FaultList) -> None:
    final = course.final
    for profile in course.profiles:
        bank = sum(len(folder.asked_under(profile)) for folder in course.lessons.values())
        if final and (final.content.draw or 1) > bank:
            message = _("The lessons hold %(count)s questions, fewer than are drawn. Draw fewer, or write more.")
            faults.add(final.file, final.line(("draw",)), message % {"count": bank})


# A lesson


def _check_lesson(folder: LessonFolder, course: CourseFolder, known: Known, faults: FaultList) -> None:
    document, content = folder.lesson, folder.lesson.content
    if content.slug == "final":
        faults.add(document.file, document.line(("slug",)), _("“final” is reserved for finals. Choose another slug."))
    if content.source_language not in course.languages:
        message = _("The course has no words in “%(language)s”. Choose one of: %(languages)s.")
        faults.add(
            document.file,
            document.line(("source_language",)),
            message % {"language": content.source_language, "languages": ", ".join(course.languages)},
        )
    _all_known(document, ("topics",), enumerate(content.topics), known.topics, "topics.yaml", faults)
    _all_known(document, ("skills",), enumerate(content.skills), known.skills, "skills.yaml", faults)
    _check_told(folder, course, known, faults)
    for profile in folder.profiles if folder.quiz else ():
        _enough_to_draw(folder, profile, faults)


def _check_told(folder: LessonFolder, course: CourseFolder, known: Known, faults: FaultList) -> None:
    """What a lesson and each of its variants say for themselves: sources, pictures, words, questions."""
    document, content = folder.lesson, folder.lesson.content
    cited = [(at, citation.key) for at, citation in enumerate(content.sources)]
    _all_known(document, ("sources",), cited, known.sources, "sources.yaml", faults)
    _once(document, ("sources",), [key for _at, key in cited], faults)
    for name in sorted(set(content.figures) - set(folder.figures)):
        message = _("There is no picture “%(name)s”. Add it, or correct its name.")
        faults.add(document.file, document.line(("figures", name)), message % {"name": name})
    for words in folder.texts.values():
        for name, text in words.head.content:
            check_facts(words.head, (name,), text, known.facts, faults)
    if folder.quiz:
        _check_quiz(folder.quiz, course, known, faults)


def _enough_to_draw(folder: LessonFolder, profile: str, faults: FaultList) -> None:
    quiz: Any = folder.quiz
    count = len(folder.asked_under(profile))
    if (quiz.content.draw or 1) > count:
        message = _("There are %(count)s questions, fewer than are drawn. Draw fewer, or write more.")
        faults.add(quiz.file, quiz.line(("draw",)), message % {"count": count})


def _check_profiles(folder: LessonFolder, faults: FaultList) -> None:
    """Questions of a profile stand where its text does, and a variant's are asked in the lesson's check."""
    for variant in folder.variants.values():
        if variant.quiz and not folder.quiz:
            message = _("The lesson has no check. Write its quiz.yaml, or take this file away.")
            faults.add(variant.quiz.file, 1, message)
    for each in (folder, *folder.variants.values()):
        for at, question in enumerate(each.own_questions):
            if question.profile is not None and question.profile != each.profile:
                message = _("A question for one profile stands beside the text for it. Move it there, or correct this.")
                faults.add(each.quiz.file if each.quiz else "", _line_of_profile(each, at), message)


def _line_of_profile(folder: LessonFolder, at: int) -> int:
    return folder.quiz.line(("questions", at, "profile")) if folder.quiz else 1


def _once(document: Doc, path: Path, keys: list[str], faults: FaultList) -> None:
    for at, key in enumerate(keys):
        if key in keys[:at]:
            message = _("“%(name)s” stands twice. Keep one of them.")
            faults.add(document.file, document.line((*path, at)), message % {"name": key})


def _check_quiz(document: Doc, course: CourseFolder, known: Known, faults: FaultList) -> None:
    for at, question in enumerate(document.content.questions):
        path = ("questions", at)
        all_languages(document, path, question.texts, course.languages, faults)
        for language in sorted(set(question.texts) - set(course.languages)):
            message = _("The course has no words in “%(language)s”. Add them to course.yaml, or take these away.")
            line = document.line((*path, "texts", language))
            faults.add(document.file, line, message % {"language": language})
        weighed = ((key, key) for key in question.skills)
        _all_known(document, (*path, "skills"), weighed, known.skills, "skills.yaml", faults)
        cited = enumerate(question.sources)
        _all_known(document, (*path, "sources"), cited, known.sources, "sources.yaml", faults)
        for language, words in question.texts.items():
            check_facts(document, (*path, "texts", language), str(words), known.facts, faults)
