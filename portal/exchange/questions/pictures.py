"""Pictures that stand in a question file: made safe, and put among the pictures of the lesson.

A question of ours shows no picture beside its words, so they wait there for a hotspot or for the text.
"""

import base64
import binascii
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from lessons.models import Lesson, RevisionMedia
from lessons.picture_files import Picture, write_file
from lessons.pictures import media_of, picture_from
from lessons.renditions import make_renditions
from portal.accounts.models import User
from portal.exchange.questions.asked import FilePicture, Note
from portal.studio.drafts import UnderReview, drafts_in
from portal.studio.figures import Words, attach, picture_name
from quizzes.bank import STANDING

MOST = 20


class PictureShelf:
    """Puts the pictures of one file into the lesson's draft in one language."""

    def __init__(self, lesson: Lesson, language: str, by: User | None, *, dry_run: bool) -> None:
        self.lesson, self.language, self.by, self.dry_run = lesson, language, by, dry_run
        self.count = 0

    def put(self, found: FilePicture) -> Note:
        """What became of it."""
        self.count += 1
        if self.count > MOST:
            message = _("The picture “%(name)s” is not kept: at most %(most)s are read at once.")
            return Note(found.line, message % {"name": found.name, "most": MOST})
        try:
            picture = picture_from(base64.b64decode("".join(found.base64.split()), validate=True))
        except (binascii.Error, ValueError):
            message = _("The picture “%(name)s” is not kept: it is not whole.")
            return Note(found.line, message % {"name": found.name})
        except ValidationError as refusal:
            message = _("The picture “%(name)s” is not kept. %(reason)s")
            return Note(found.line, message % {"name": found.name, "reason": " ".join(refusal.messages)})
        return Note(found.line, self._kept(found, picture))

    def _kept(self, found: FilePicture, picture: Picture) -> str:
        uses = RevisionMedia.objects.filter(revision__text__lesson=self.lesson, revision__state__in=STANDING)
        if known := uses.filter(media__sha256=picture.sha256).first():
            return _("Its picture is among those of the lesson already, as %(name)s.") % {"name": known.name}
        if not self.dry_run:
            write_file(picture)
        media = media_of(picture, PurePath(found.name).name, uploaded=True)
        if not self.dry_run:
            make_renditions(media)
        name = picture_name(slugify(PurePath(found.name).stem), found.name, media)
        if uses.filter(name=name).exists():
            name = picture_name(f"{PurePath(name).stem[:60]}-{picture.sha256[:8]}", found.name, media)
        try:
            drafts = drafts_in(self.lesson, [self.language], self.by)
        except UnderReview:
            return _("Its picture is not kept: the text of the lesson is in review.")
        attach(drafts, media, name, {self.language: Words(found.alt)})
        message = _("A question shows no picture beside its words: it is put among those of the lesson, as %(name)s.")
        if found.alt:
            return message % {"name": name}
        unsaid = _("Say there what is to be seen.")
        return f"{message % {'name': name}} {unsaid}"
