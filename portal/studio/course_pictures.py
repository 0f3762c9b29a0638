"""The pictures that a question of a lesson may be about: those of the courses in which the lesson stands."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from lessons.markdown.figures import media_url
from lessons.models import Lesson, Media, RevisionMedia


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


def course_pictures(lesson: Lesson, kept: str = "") -> list[CoursePicture]:
    """Each once, the lesson's own first; `kept` is the file of one that the question shows already."""
    editions = lesson.placements.values("edition")
    nearby = Lesson.objects.filter(placements__edition__in=editions) | Lesson.objects.filter(pk=lesson.pk)
    uses = RevisionMedia.objects.filter(revision__text__lesson__in=nearby.values("pk"))
    rows = uses.select_related("media", "revision__text").order_by("name", "pk")
    found = {use.media_id: _picture(use.media, use.name) for use in rows}
    own = {use.media_id for use in rows if use.revision.text.lesson_id == lesson.pk}
    pictures = [found[pk] for pk in sorted(found, key=lambda pk: (pk not in own, found[pk].name))]
    if kept and kept not in {picture.file for picture in pictures}:
        pictures += [_picture(media, str(media)) for media in Media.objects.filter(sha256=kept.partition(".")[0])]
    return pictures


def _picture(media: Media, name: str) -> CoursePicture:
    return CoursePicture(PurePath(media.file).name, name, media_url(media), media.width, media.height)
