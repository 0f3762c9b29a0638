"""Reading a course package into the portal: all of it or nothing, and nothing where it is there already."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lessons import stamp
from lessons.models import Media, Rendition
from lessons.picture_files import Picture, write_file
from lessons.pictures import media_of
from lessons.profiles import settle
from lessons.readiness import NotReady
from lessons.renditions import is_complete, keep_renditions, written_renditions
from lessons.search.indexing import is_empty
from portal.exchange.agreement import Known, check_agreement
from portal.exchange.content import LessonContent, content_of
from portal.exchange.faults import FaultList
from portal.exchange.folders import CourseFolder, Package, open_package
from portal.exchange.identity import check_identity
from portal.exchange.storing.courses import CourseStore
from portal.exchange.storing.credits import store_credits
from portal.exchange.storing.drafts import Drafts
from portal.exchange.storing.found import index_package
from portal.exchange.storing.lessons import LessonStore
from portal.exchange.storing.questions import QuestionStore
from portal.exchange.storing.report import Report
from portal.exchange.storing.shared import store_shared
from portal.exchange.zips import unpacked
from portal.studio.models import Release
from portal.studio.releases import publish_package
from quizzes.models import Question, QuestionText, QuestionVersion

Placed = list[tuple[CourseFolder, LessonContent]]
Renditions = Mapping[str, list[Rendition]]
Told = Callable[[str], object]


def read_package(
    path: Path, *, dry_run: bool = False, publish: bool = True, told: Told = lambda _words: None
) -> Report:
    """What was created, changed and left alone; raises PackageFaults with everything that is wrong.

    `path` is a folder or a zip of one. With `publish` (the default) all that is new goes out in one release, without it
    it stays as drafts. A dry run does everything and takes it back. `told` hears now and then how far it is, in the
    words of the help of commands.
    """
    faults = FaultList()
    with unpacked(path, faults) as folder:
        package, placed = check_package(folder, faults, told)
    faults.refuse()
    renditions = {} if dry_run else _renditions(package, placed)
    with transaction.atomic():
        report = _store(package, placed, renditions, faults, told, publish=publish)
        if dry_run:
            transaction.set_rollback(True)
        else:
            _write_files(package, placed)
    return report


def check_package(
    folder: Path, faults: FaultList, told: Told = lambda _words: None
) -> tuple[Package, list[tuple[CourseFolder, LessonContent]]]:
    """The package with the contents of its lessons, in memory; what is wrong goes to `faults`. Nothing is stored."""
    package = open_package(folder, faults)
    known = Known.to(package)
    check_agreement(package, known, faults)
    check_identity(package, faults)
    return package, list(_contents(package, known, faults, told))


def _contents(
    package: Package, known: Known, faults: FaultList, told: Told
) -> Iterator[tuple[CourseFolder, LessonContent]]:
    folders = [(course, folder) for course in package.courses for folder in course.folders]
    for number, (course, folder) in enumerate(folders, 1):
        yield course, content_of(folder, known, faults)
        told(f"lessons read: {number} of {len(folders)}")


def _tell_the_planner() -> None:
    """PostgreSQL takes a table that was empty when it last looked for empty still, and joins row by row for hours."""
    if connection.vendor == "postgresql":
        models: list[Any] = [*apps.get_app_config("lessons").get_models(), Question, QuestionVersion, QuestionText]
        names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in models)
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {names}")


def _store(
    package: Package, placed: Placed, renditions: Renditions, faults: FaultList, told: Told, *, publish: bool
) -> Report:
    report, drafts = Report(), Drafts()
    store_shared(package, report)
    lessons = LessonStore(placed, drafts, report)
    lessons.store()
    for name, picture in (*_asked_about(placed), *_covers(package)):
        media_of(picture, name)
    store_credits(package.courses, placed, report)
    for media in Media.objects.filter(sha256__in=list(renditions)):
        keep_renditions(media, renditions[media.sha256])
    told("lessons are stored, questions follow")
    QuestionStore(placed, lessons.rows, drafts, report).store()
    CourseStore(package.courses, lessons.rows, drafts, report, faults).store()
    faults.refuse()
    # A question that is for one profile from now on may be asked no more, or again.
    settle()
    if not report.is_quiet:
        _tell_the_planner()
    told("questions are stored, publishing follows")
    if publish and drafts:
        _publish(package, drafts, faults)
        report.went_out(drafts.files.values())
    if not report.is_quiet or is_empty():
        told("what can be searched for is indexed")
        index_package(package)
        stamp.touch()
    return report


def _publish(package: Package, drafts: Drafts, faults: FaultList) -> None:
    courses = ", ".join(f"{course.course.content.key} {course.course.content.edition}" for course in package.courses)
    release = Release.objects.create(title=(_("Course package: %(courses)s") % {"courses": courses})[:200])
    release.revisions.set(drafts.revisions)
    release.versions.set(drafts.versions)
    release.texts.set(drafts.texts)
    release.editions.set(drafts.editions)
    try:
        publish_package(release, timezone.now())
    except NotReady as error:
        for reason in error.reasons:
            faults.add(
                drafts.file_of(reason.subject) or package.courses[0].course.file, reason.line or 1, reason.message
            )
        faults.refuse()


def _renditions(package: Package, placed: Placed) -> Renditions:
    """Rows by the hash of their photograph, for those that lack some. Made before the transaction: it takes a while."""
    shown = {picture.sha256: picture for picture in _shown(package, placed)}
    known = Media.objects.filter(sha256__in=list(shown)).prefetch_related("renditions")
    complete = {media.sha256 for media in known if is_complete(media)}
    return {sha256: written_renditions(picture) for sha256, picture in shown.items() if sha256 not in complete}


def _write_files(package: Package, placed: Placed) -> None:
    """Before the commit, so that no page can name a picture or a recording that is not there yet."""
    for picture in _shown(package, placed):
        write_file(picture)
    for _course, content in placed:
        for voice in content.folder.voices.values():
            write_file(voice.sound)


def _shown(package: Package, placed: Placed) -> Iterator[Picture]:
    """The pictures that the texts, the questions and the courses of the package show."""
    for _course, content in placed:
        for rendered in content.rendered.values():
            for use in rendered.pictures:
                yield content.folder.figures[use.name]
    for _name, picture in (*_asked_about(placed), *_covers(package)):
        yield picture


def _covers(package: Package) -> Iterator[tuple[str, Picture]]:
    """The covers of the courses, with names for their files."""
    for folder in package.courses:
        if folder.cover:
            part = folder.course.content
            yield f"{part.slug}-{part.cover.file if part.cover else ''}", folder.cover


def _asked_about(placed: Placed) -> Iterator[tuple[str, Picture]]:
    """The pictures that the questions show, with the names of their files."""
    for _course, content in placed:
        for question in content.questions:
            for field, picture in question.pictures.items():
                yield str(question.part.of_its_kind[field]).rpartition("/")[2], picture
