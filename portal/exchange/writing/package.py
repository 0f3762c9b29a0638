"""A package of courses: the files in which all that is published of them can be read, here or elsewhere."""

import re
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from lessons.covers import cover_of
from lessons.models import Course, CourseEdition, EditionCover
from portal.exchange.agreement import STARTER
from portal.exchange.faults import FaultList
from portal.exchange.reading import check_package
from portal.exchange.writing.credits import written_credit
from portal.exchange.writing.faultless import folder_of
from portal.exchange.writing.lessons import Files, LessonWriter
from portal.exchange.writing.questions import rules
from portal.exchange.writing.shared import SharedWriter, Used, used_by
from portal.exchange.writing.standing import Standing, StandingCourse, standing
from portal.exchange.writing.yaml_files import Said, Short, ShortList, dump, said, short, stated

LINK = re.compile(r"\{lesson:([A-Za-z0-9-]+)\}")


@dataclass(frozen=True)
class Written:
    """A package: its files by path, in order, and the keys of courses that it names and does not hold."""

    files: Files
    courses: list[str]
    needs: list[str] = field(default_factory=list)


def write_package(courses: Sequence[Course] | None = None) -> Written:
    """What is published of the courses and what they share; without `courses`, of all, with all that is shared.

    The same portal gives the same bytes. Raises PackageFaults, naming the place in the package, where something cannot
    be said in one or could not be read again; FileNotFoundError never: a lost picture is such a fault.
    """
    faults = FaultList()
    chosen = Course.objects.filter(archived_at=None) if courses is None else courses
    found = standing(chosen)
    missing = {course.key for course in chosen} - {row.course.key for row in found.courses}
    for key in sorted(missing) if courses is not None else ():
        faults.add(f"{key}/course.yaml", 1, _("Nothing of this course is published yet."))
    folders = {row.course.pk: _folder(row.course) for row in found.courses}
    files: Files = {}
    for row in found.courses:
        files |= _course(row, found, folders[row.course.pk], faults)
    languages = list(dict.fromkeys(language for row in found.courses for language in row.languages))
    homes = [(folders[row.course.pk], row.course.authority) for row in found.courses]
    used = Used() if courses is None else used_by(found)
    files |= SharedWriter(homes, languages, faults).files(used)
    _check(files, faults)
    return Written(dict(sorted(files.items())), [row.course.key for row in found.courses], _needs(found))


def linked_with(courses: Iterable[Course]) -> list[Course]:
    """The courses, and all that they name: those whose lessons theirs link to, those better taken before, and so on."""
    chosen = list(courses)
    while needs := _needs(standing(chosen)):
        more = [row for row in Course.objects.filter(key__in=needs) if row not in chosen]
        if not more:
            break
        chosen += more
    return chosen


def _folder(course: Course) -> str:
    return course.slug if course.slug != "shared" else f"shared-{course.key.lower()}"


def _course(row: StandingCourse, found: Standing, folder: str, faults: FaultList) -> Files:
    course, edition, languages = row.course, row.edition, row.languages
    texts = {text.language: text for text in edition.texts.all()}
    about = {
        "format": 1,
        "key": course.key,
        **({} if course.authority == STARTER else {"authority": course.authority}),
        "edition": Said(edition.label),
        "slug": course.slug,
        "position": course.position,
        **stated(
            topics=ShortList(sorted(topic.key for topic in course.topics.all())),
            take_first=ShortList(sorted(other.key for other in course.take_first.all())),
        ),
        **stated(due_days=course.due_days),
        "minutes": edition.minutes,
        **stated(valid_months=edition.valid_months),
        "source_language": edition.source_language,
        "texts": {language: _words(texts[language]) for language in languages},
        **stated(sources=ShortList(cited.source.key for cited in edition.citations.all())),
        **stated(cover=_cover(edition)),
        "modules": [_module(module, row, languages) for module in edition.modules.all()],
    }
    files: Files = {f"{folder}/course.yaml": dump(about).encode()}
    if cover := cover_of(edition):
        files[f"{folder}/{_cover_file(cover)}"] = settings.MEDIA_ROOT / cover.media.file
    if row.final:
        files[f"{folder}/final.yaml"] = dump(rules(row.final, f"{folder}/final.yaml", faults)).encode()
    writer = LessonWriter(course.authority, languages, found.pictures, faults)
    for place in row.places:
        files |= writer.files(found.lessons[place.lesson_id], f"{folder}/{folder_of(place.lesson)}")
    return files


def _cover_file(cover: EditionCover) -> str:
    return f"cover{PurePath(cover.media.file).suffix}"


def _cover(edition: CourseEdition) -> Short | None:
    cover = cover_of(edition)
    if cover is None:
        return None
    focus = [] if cover.focus_x is None else [cover.focus_x, cover.focus_y]
    return short({"file": _cover_file(cover), **stated(focus=focus, credit=written_credit(cover.media))})


def _words(text: Any) -> dict[str, Any]:
    outcomes = [line for line in text.outcomes.split("\n") if line]
    return said(stated(title=text.title, summary=text.summary, audience=text.audience, outcomes=outcomes))


def _module(module: Any, row: StandingCourse, languages: Sequence[str]) -> dict[str, Any]:
    titles = {text.language: text.title for text in module.texts.all()}
    return {
        "key": module.key,
        "texts": short({language: {"title": Said(titles.get(language, ""))} for language in languages}),
        "lessons": ShortList(folder_of(place.lesson) for place in row.places if place.module_id == module.pk),
    }


def _needs(found: Standing) -> list[str]:
    """Keys of the courses that these name and that are not among them."""
    own = {row.course.key for row in found.courses}
    lessons = {lesson.lesson.key for lesson in found.lessons.values()}
    named = {other.key for row in found.courses for other in row.course.take_first.all()}
    texts = (text for lesson in found.lessons.values() for texts in lesson.texts.values() for text in texts.values())
    linked = {key for text in texts for key in LINK.findall(text.html)} - lessons
    homes = Course.objects.filter(
        editions__state="published", editions__placements__lesson__key__in=linked, archived_at=None
    )
    return sorted((named | set(homes.values_list("key", flat=True))) - own)


def _check(files: Mapping[str, bytes | Path], faults: FaultList) -> None:
    """What could not be read again is not handed out. Raises PackageFaults."""
    for name, content in files.items():
        if isinstance(content, Path) and not content.is_file():
            faults.add(name, 1, _("The portal has lost this file. Put its media folder back from the backup."))
    faults.refuse()
    with tempfile.TemporaryDirectory(prefix="package-") as folder:
        lay_out(files, Path(folder))
        check_package(Path(folder), faults)
    faults.refuse()


def lay_out(files: Mapping[str, bytes | Path], folder: Path) -> None:
    """The files below a folder, which is made where there is none."""
    for name, content in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, Path):
            shutil.copyfile(content, place)
        else:
            place.write_bytes(content)
