"""Pictures of a lesson's drafts: under which name a text shows them, and with what words."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from pathlib import PurePath
from typing import NamedTuple, TypeVar

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from lessons.focus import Focus
from lessons.markdown.tree import DECORATIVE, is_decorative, parse, plain
from lessons.models import Media, Revision, RevisionMedia, RevisionSource
from lessons.narrations import carry_on

FOLDER = "figures"
SHOWN = ("media_id", "name", "focus_x", "focus_y", "decorative")
Row = TypeVar("Row", RevisionMedia, RevisionSource)
SPECIAL = re.compile(r"([\\\[\]])")


class Words(NamedTuple):
    """What stands with a picture in one language; nothing with one that is decorative."""

    alt: str
    caption: str = ""
    decorative: bool = False


class NameTaken(Exception):
    """Another picture has this name in the lesson already."""


def picture_name(typed: str, file_name: str, media: Media) -> str:
    """The name that the Markdown uses, `figures/hands.webp`: what was typed, or else the name of the file."""
    stem = slugify(PurePath(typed or file_name).stem) or f"picture-{media.sha256[:8]}"
    return f"{FOLDER}/{stem[:80]}{PurePath(media.file).suffix}"


def snippet(picture: RevisionMedia) -> str:
    """The line of Markdown that shows the picture."""
    if picture.decorative:
        return f"![]({picture.name}){DECORATIVE}"
    alt = SPECIAL.sub(r"\\\1", " ".join(picture.alt.split()))
    caption = " ".join(picture.caption.split()).replace("\\", r"\\").replace('"', r"\"")
    return f'![{alt}]({picture.name} "{caption}")' if caption else f"![{alt}]({picture.name})"


@transaction.atomic
def attach(drafts: Mapping[str, Revision], media: Media, name: str, words: Mapping[str, Words]) -> None:
    """Show the picture in the drafts, by language, under that name; once more changes nothing. Raises NameTaken."""
    lessons = {draft.text.lesson_id for draft in drafts.values()}
    if RevisionMedia.objects.filter(revision__text__lesson__in=lessons, name=name).exclude(media=media).exists():
        raise NameTaken(_("Another picture of this lesson has this name. Choose another name."))
    behind = _behind(drafts.values())
    rows = [
        RevisionMedia(revision=draft, media=media, name=name, position=behind[draft.pk], **words[language]._asdict())
        for language, draft in drafts.items()
    ]
    RevisionMedia.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["revision", "name"], update_fields=["alt", "caption", "decorative"]
    )


def set_focus(drafts: Iterable[Revision], focus: Mapping[str, Focus]) -> None:
    """Move the focus of the drafts' pictures, by name. One query a picture."""
    for name, point in focus.items():
        RevisionMedia.objects.filter(revision__in=list(drafts), name=name).update(focus_x=point.x, focus_y=point.y)


def _behind(drafts: Iterable[Revision]) -> Counter[int]:
    """By draft the position behind its pictures."""
    return Counter(RevisionMedia.objects.filter(revision__in=list(drafts)).values_list("revision", flat=True))


def copy_attachments(begun: Mapping[int, Revision]) -> None:
    """New drafts begin with the pictures, sources and narration of the texts they go on from, which are named by id."""
    pictures = RevisionMedia.objects.filter(revision__in=list(begun))
    RevisionMedia.objects.bulk_create(_copies(pictures, begun, (*SHOWN, "alt", "caption")))
    citations = RevisionSource.objects.filter(revision__in=list(begun))
    RevisionSource.objects.bulk_create(_copies(citations, begun, ("source_id", "note", "note_language")))
    carry_on(begun)


def _copies(rows: Iterable[Row], begun: Mapping[int, Revision], fields: tuple[str, ...]) -> list[Row]:
    kept = (*fields, "position")
    return [type(row)(revision=begun[row.revision_id], **{name: getattr(row, name) for name in kept}) for row in rows]


def add_named_pictures(drafts: Collection[Revision]) -> None:
    """A picture that a text names and another language of the lesson has is this draft's too."""
    lessons = {draft.text.lesson_id for draft in drafts}
    known = RevisionMedia.objects.filter(revision__text__lesson__in=lessons).order_by("pk")
    uses = {use.name: use for use in known}
    own = set(known.filter(revision__in=list(drafts)).values_list("revision", "name"))
    behind = _behind(drafts)
    RevisionMedia.objects.bulk_create(
        RevisionMedia(revision=draft, position=position, **{field: getattr(uses[name], field) for field in SHOWN})
        for draft in drafts
        for position, name in enumerate(_named_in(draft), behind[draft.pk])
        if name in uses and (draft.pk, name) not in own
    )


def settle_words(drafts: Iterable[Revision]) -> None:
    """What a draft's text says of its pictures is what is kept of them. Two queries."""
    said = {draft.pk: said_in(draft) for draft in drafts}
    uses = list(RevisionMedia.objects.filter(revision__in=list(said)))
    told = [use for use in uses if said[use.revision_id].get(use.name, _said_of(use)) != _said_of(use)]
    for use in told:
        use.alt, use.caption, use.decorative = said[use.revision_id][use.name]
    RevisionMedia.objects.bulk_update(told, Words._fields)


def _said_of(use: RevisionMedia) -> Words:
    return Words(use.alt, use.caption, use.decorative)


def said_in(revision: Revision) -> dict[str, Words]:
    """What is said of each picture, by its name, as it stands in the text."""
    nodes = (node for node in parse(revision.markdown).walk() if node.type == "image")
    return {
        str(node.attrs["src"]): Words(plain(node).strip(), str(node.attrs.get("title", "")), is_decorative(node))
        for node in nodes
    }


def _named_in(draft: Revision) -> list[str]:
    """The names of the pictures that a text shows, each once."""
    nodes = parse(draft.markdown).walk()
    return list(dict.fromkeys(str(node.attrs["src"]) for node in nodes if node.type == "image"))
