"""Who made the pictures of a package: it has the last word on what it says, and leaves alone what it does not say."""

from collections.abc import Sequence

from lessons.models import Media, PictureCredit
from portal.exchange.content import LessonContent
from portal.exchange.folders import CourseFolder
from portal.exchange.schemas.lesson import Credit
from portal.exchange.storing.report import Outcome, Report
from portal.exchange.storing.rows import write

Placed = Sequence[tuple[CourseFolder, LessonContent]]
Told = dict[str, tuple[str, Credit]]
"""By the hash of a picture the file that says who made it, and what that says."""


def store_credits(courses: Sequence[CourseFolder], placed: Placed, report: Report) -> None:
    """Write them down, those of a crop with its original. Two queries, and one for each that differs."""
    told = _told(placed) | _told_of_covers(courses)
    media = Media.objects.filter(sha256__in=list(told)).select_related("credit", "cropped_from__credit")
    for each in media.order_by("pk"):
        place, credit = told[each.sha256]
        report.note(f"{place}: {each}", _store(each, credit))


def _told(placed: Placed) -> Told:
    return {
        content.folder.figures[name].sha256: (content.folder.lesson.file, figure.credit)
        for _course, content in placed
        for name, figure in content.folder.lesson.content.figures.items()
        if figure.credit and name in content.folder.figures
    }


def _told_of_covers(courses: Sequence[CourseFolder]) -> Told:
    return {
        folder.cover.sha256: (folder.course.file, part.credit)
        for folder in courses
        if (part := folder.course.content.cover) and part.credit and folder.cover
    }


def _store(media: Media, credit: Credit) -> Outcome:
    original, fields = media.original, credit.model_dump()
    if media.cropped_from_id:
        fields["modified"] = False  # a crop says so itself
    standing: PictureCredit | None = getattr(original, "credit", None)
    if standing:
        return write(standing, fields)
    PictureCredit.objects.create(media=original, **fields)
    return Outcome.CREATED
