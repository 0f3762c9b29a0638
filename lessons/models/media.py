from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from lessons.immutability import Frozen
from lessons.models.identity import PUBLIC
from lessons.models.lessons import Revision


class Media(models.Model):
    """A picture, addressed by the SHA-256 of its bytes and never changed.

    A crop is a picture of its own, as wide and high as what was cut out; its original is never a crop itself.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    mime = models.CharField(_("type"), max_length=40)
    file = models.CharField(_("file"), max_length=200, help_text=_("Path under the media folder."))
    size = models.PositiveIntegerField(_("bytes"))
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    original_name = models.CharField(_("original name"), max_length=200, blank=True)
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    uploaded = models.BooleanField(
        _("sent by a person"),
        default=False,
        db_default=False,
        help_text=_("It came in through the studio, so it is published only once it says who made it."),
    )
    cropped_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="crops", verbose_name=_("cropped from")
    )
    crop_left = models.PositiveIntegerField(_("cropped at the left"), null=True, blank=True)
    crop_top = models.PositiveIntegerField(_("cropped at the top"), null=True, blank=True)

    frozen = Frozen()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.original_name or self.sha256[:12]

    @property
    def original(self) -> "Media":
        """What it was cropped from, or itself."""
        return self.cropped_from or self


class Rendition(models.Model):
    """The same picture in another width or format."""

    media = models.ForeignKey(Media, models.PROTECT, related_name="renditions", verbose_name=_("picture"))
    mime = models.CharField(_("type"), max_length=40)
    file = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField(_("bytes"))
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))

    frozen = Frozen()

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        constraints = [models.UniqueConstraint(fields=["media", "mime", "width"], name="lessons_rendition_once")]

    def __str__(self) -> str:
        return f"{self.media_id} {self.width}"


class Focused(models.Model):
    """A picture with the point that stays in sight where it is cropped; without one it is the middle."""

    focus_x = models.PositiveSmallIntegerField(
        _("focus across"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(100)],
        help_text=_("Percent from the left edge."),
    )
    focus_y = models.PositiveSmallIntegerField(
        _("focus down"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(100)],
        help_text=_("Percent from the top edge."),
    )

    class Meta:
        abstract = True


class RevisionMedia(Focused):
    """A picture as one revision shows it, under the name that its Markdown uses."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="pictures")
    media = models.ForeignKey(Media, models.PROTECT, related_name="uses")
    name = models.CharField(_("name in the text"), max_length=200)
    alt = models.TextField(_("alternative text"), blank=True)
    caption = models.TextField(_("caption"), blank=True)
    decorative = models.BooleanField(
        _("decorative"),
        default=False,
        db_default=False,
        help_text=_("It says nothing that the text does not say, so nothing is read out for it."),
    )
    position = models.PositiveSmallIntegerField(default=0)

    frozen = Frozen(states=PUBLIC, parent="revision")

    class Meta:
        verbose_name = _("picture in a revision")
        verbose_name_plural = _("pictures in a revision")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["revision", "name"], name="lessons_revisionmedia_name")]

    def __str__(self) -> str:
        return self.name
