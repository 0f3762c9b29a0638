"""Pictures of a lesson's drafts: under which name a text shows them, and with what words."""

import re
from collections.abc import Mapping
from pathlib import PurePath
from typing import NamedTuple, TypeVar

from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext as _

from lessons.markdown.tree import parse
from lessons.models import Media, Revision, RevisionMedia, RevisionSource

FOLDER = "figures"
Row = TypeVar("Row", RevisionMedia, RevisionSource)
SPECIAL = re.compile(r"([\\\[\]])")


class Words(NamedTuple):
    """What stands with a picture in one language."""

    alt: str
    caption: str = ""


class NameTaken(Exception):
    """Another picture has this name in the lesson already."""


def picture_name(typed: str, file_name: str, media: Media) -> str:
    """The name that the Markdown uses, `figures/hands.webp`: what was typed, or else the name of the file."""
    stem = slugify(PurePath(typed or file_name).stem) or f"picture-{media.sha256[:8]}"
    return f"{FOLDER}/{stem[:80]}{PurePath(media.file).suffix}"


def snippet(picture: RevisionMedia) -> str:
    """The line of Markdown that shows the picture."""
    alt = SPECIAL.sub(r"\\\1", " ".join(picture.alt.split()))
    caption = " ".join(picture.caption.split()).replace("\\", r"\\").replace('"', r"\"")
    return f'![{alt}]({picture.name} "{caption}")' if caption else f"![{alt}]({picture.name})"


@transaction.atomic
def attach(drafts: Mapping[str, Revision], media: Media, name: str, words: Mapping[str, Words]) -> None:
    """Show the picture in the drafts, by language, under that name; once more changes nothing. Raises NameTaken."""
    lessons = {draft.text.lesson_id for draft in drafts.values()}
    if RevisionMedia.objects.filter(revision__text__lesson__in=lessons, name=name).exclude(media=media).exists():
        raise NameTaken(_("Another picture of this lesson has this name. Choose another name."))
    RevisionMedia.objects.bulk_create(
        [
            RevisionMedia(revision=draft, media=media, name=name, position=_last(draft), **words[language]._asdict())
            for language, draft in drafts.items()
        ],
        update_conflicts=True,
        unique_fields=["revision", "name"],
        update_fields=["alt", "caption"],
    )


def _last(draft: Revision) -> int:
    """The position behind the draft's pictures."""
    return draft.pictures.count()


def copy_attachments(former: Revision | None, draft: Revision) -> None:
    """A new draft begins with the pictures and sources of the text it goes on from."""
    if former is None:
        return
    RevisionMedia.objects.bulk_create(_copies(former.pictures.all(), draft, ("media_id", "name", "alt", "caption")))
    RevisionSource.objects.bulk_create(_copies(former.citations.all(), draft, ("source_id", "note")))


def _copies(rows: QuerySet[Row], draft: Revision, fields: tuple[str, ...]) -> list[Row]:
    kept = (*fields, "position")
    return [type(row)(revision=draft, **{name: getattr(row, name) for name in kept}) for row in rows]


def add_named_pictures(draft: Revision) -> None:
    """A picture that the text names and another language of the lesson has is this draft's too."""
    named = {str(node.attrs["src"]) for node in parse(draft.markdown).walk() if node.type == "image"}
    missing = named - set(draft.pictures.values_list("name", flat=True))
    if not missing:
        return
    others = RevisionMedia.objects.filter(revision__text__lesson=draft.text.lesson_id, name__in=missing)
    media = dict(others.order_by("pk").values_list("name", "media"))
    RevisionMedia.objects.bulk_create(
        RevisionMedia(revision=draft, media_id=found, name=name, position=position)
        for position, (name, found) in enumerate(media.items(), _last(draft))
    )
