from pathlib import PurePosixPath

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lessons.immutability import Frozen
from lessons.models.identity import PUBLIC
from lessons.models.lessons import Revision


class Recording(models.Model):
    """A recorded voice, addressed by the SHA-256 of its bytes and never changed."""

    sha256 = models.CharField(max_length=64, unique=True)
    mime = models.CharField(_("type"), max_length=40)
    file = models.CharField(_("file"), max_length=200, help_text=_("Path under the media folder."))
    size = models.PositiveIntegerField(_("bytes"))
    seconds = models.PositiveIntegerField(_("seconds"))
    original_name = models.CharField(_("original name"), max_length=200, blank=True)
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)

    frozen = Frozen()

    class Meta:
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.original_name or self.sha256[:12]

    @property
    def extension(self) -> str:
        """Without a dot: `mp3`."""
        return PurePosixPath(self.file).suffix.removeprefix(".")


class Narration(models.Model):
    """A recording as one revision is read aloud in it; without a transcript, what is read is the lesson's text."""

    MOST_CHARACTERS = 60_000
    LONGEST_NAME = 120

    revision = models.OneToOneField(Revision, models.CASCADE, related_name="narration", verbose_name=_("revision"))
    recording = models.ForeignKey(Recording, models.PROTECT, related_name="narrations", verbose_name=_("recording"))
    narrator = models.CharField(_("read by"), max_length=LONGEST_NAME, blank=True)
    reads_text = models.BooleanField(_("what is read is the lesson's text"), default=False)
    transcript = models.TextField(_("transcript"), blank=True)
    words = models.JSONField(
        _("words when it was recorded"),
        default=dict,
        blank=True,
        help_text=_("Title, summary, objective and text; empty where they are not known."),
    )
    words_changed = models.BooleanField(
        _("the words changed since it was recorded"), default=False, help_text=_("Settled at publishing.")
    )

    frozen = Frozen(states=PUBLIC, parent="revision")

    class Meta:
        verbose_name = _("narration")
        verbose_name_plural = _("narrations")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reads_text=True, transcript="") | (Q(reads_text=False) & ~Q(transcript="")),
                name="lessons_narration_can_be_read",
            )
        ]

    def __str__(self) -> str:
        return f"{self.revision_id} {self.recording_id}"
