"""The pictures of a lesson as its authors see them: what is said of each in every language, and where its focus is."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from lessons.focus import Focus
from lessons.markdown.figures import media_url
from lessons.models import Media, Revision, RevisionMedia
from lessons.renditions import WEBP
from portal.studio.figures import Words, said_in, snippet
from portal.studio.focus import FocusForm
from portal.studio.lacks import lacks_credit
from portal.studio.languages import InLanguage

LONGEST_ALT = 250
THUMBNAIL = 640  # enough for a sharp thumbnail
FILE_NAME = re.compile(
    r".*\.(?:jpe?g|png|gif|webp|svg|avif|heic|bmp)"
    r"|(?:img|dsc|dscn|pxl|image|photo|picture|screenshot|whatsapp image|صورة)?[\W\d_]*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class PictureWords(InLanguage):
    """What one language says of a picture; `doubt` says what is wrong with its alternative text, if anything is."""

    language: str
    alt: str
    caption: str
    in_text: bool
    snippet: str
    decorative: bool = False

    @property
    def doubt(self) -> str:
        return "" if self.decorative else doubt_about(self.alt)


@dataclass(frozen=True)
class PictureLine:
    """A picture of the lesson under its name; `url` is that of a small rendition."""

    media: Media
    name: str
    url: str
    words: list[PictureWords]
    focus: Focus
    form: FocusForm

    @property
    def is_photograph(self) -> bool:
        return self.media.mime == WEBP

    @property
    def lacks_credit(self) -> bool:
        """Whether it cannot be published because nobody has said who made it."""
        return lacks_credit(self.media)

    @property
    def snippets(self) -> list[tuple[str, str]]:
        """(language, the line of Markdown that shows the picture)."""
        return [(words.name, words.snippet) for words in self.words]


def doubt_about(alt: str) -> str:
    """Why this alternative text helps nobody; empty where it may well do."""
    if not alt.strip():
        return _(
            "Nothing is said yet to those who cannot see the picture. It cannot be published like this, "
            "unless it is marked as decorative."
        )
    if FILE_NAME.fullmatch(alt.strip()):
        return _("This reads like the name of a file. Say what is to be seen.")
    if len(alt) > LONGEST_ALT:
        message = _("This is longer than %(number)s characters. Say the main thing here, the rest in the text.")
        return message % {"number": LONGEST_ALT}
    return ""


def picture_lines(revisions: Iterable[Revision], data: Any = None) -> list[PictureLine]:
    """By name; the forms are bound to `data` where it is given. Two queries."""
    uses = RevisionMedia.objects.filter(revision__in=list(revisions)).select_related(
        "media__credit", "media__cropped_from__credit", "revision__text"
    )
    found: dict[str, list[RevisionMedia]] = {}
    for use in uses.order_by("name", "revision__text__language").prefetch_related("media__renditions"):
        found.setdefault(use.name, []).append(use)
    said = {use.revision_id: said_in(use.revision) for rows in found.values() for use in rows}
    return [_line(name, rows, said, data) for name, rows in found.items()]


def _line(name: str, rows: list[RevisionMedia], said: Mapping[int, Mapping[str, Any]], data: Any) -> PictureLine:
    media, focus = rows[0].media, Focus.of(rows[0])
    words = [_words(row, said[row.revision_id].get(name)) for row in rows]
    return PictureLine(media, name, thumbnail_url(media), words, focus, FocusForm(data, name=name, focus=focus))


def _words(use: RevisionMedia, said: Words | None) -> PictureWords:
    alt, caption, decorative = said or (use.alt, use.caption, use.decorative)
    return PictureWords(use.revision.text.language, alt, caption, said is not None, snippet(use), decorative)


def thumbnail_url(media: Media) -> str:
    """The narrowest rendition that is sharp in a list, or the picture itself."""
    wide = [row for row in media.renditions.all() if row.width >= THUMBNAIL and row.mime == media.mime]
    return media_url(min(wide, key=lambda row: row.width, default=media))
