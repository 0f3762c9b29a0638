"""The pictures that a question of a lesson may be about: those of the courses in which the lesson stands."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.db.models import Case, Max, Min, When

from lessons.markdown.figures import media_url
from lessons.models import Lesson, Media, RevisionMedia
from quizzes.bank import STANDING

MOST = 200  # more cannot be looked through


@dataclass(frozen=True)
class CoursePicture:
    """A kept picture by the name of its file, under the name that texts use, with its address."""

    file: str
    name: str
    url: str
    width: int
    height: int

    @property
    def label(self) -> str:
        return f"{self.name} · {self.width} × {self.height}"

    @property
    def stored(self) -> dict[str, Any]:
        """As the structure of a question has it."""
        return {"file": self.file, "width": self.width, "height": self.height}


def course_pictures(lesson: Lesson, kept: Collection[str] = ()) -> list[CoursePicture]:
    """Each once, the lesson's own first, `MOST` of them; and those whose files, `kept`, the question shows already."""
    editions = lesson.placements.values("edition")
    nearby = Lesson.objects.filter(placements__edition__in=editions) | Lesson.objects.filter(pk=lesson.pk)
    uses = RevisionMedia.objects.filter(revision__text__lesson__in=nearby.values("pk"), revision__state__in=STANDING)
    own = Max(Case(When(revision__text__lesson=lesson, then=1), default=0))
    rows = uses.values("media").annotate(called=Min("name"), own=own).order_by("-own", "called", "media")
    names = dict(rows.values_list("media", "called")[:MOST])
    media = Media.objects.in_bulk(names)
    pictures = [_picture(media[pk], name) for pk, name in names.items()]
    there = {picture.file for picture in pictures}
    missing = [file.partition(".")[0] for file in kept if file not in there]
    return pictures + [_picture(each, str(each)) for each in Media.objects.filter(sha256__in=missing).order_by("pk")]


def _picture(media: Media, name: str) -> CoursePicture:
    return CoursePicture(PurePath(media.file).name, name, media_url(media), media.width, media.height)
