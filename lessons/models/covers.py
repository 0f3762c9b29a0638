from django.db import models
from django.utils.translation import gettext_lazy as _

from lessons.immutability import Frozen
from lessons.models.courses import CourseEdition
from lessons.models.identity import PUBLIC
from lessons.models.media import Focused, Media


class EditionCover(Focused):
    """The picture that an edition shows beside its title. It says nothing that the title does not say."""

    edition = models.OneToOneField(CourseEdition, models.CASCADE, related_name="cover", verbose_name=_("edition"))
    media = models.ForeignKey(Media, models.PROTECT, related_name="covers", verbose_name=_("picture"))

    frozen = Frozen(states=PUBLIC, parent="edition")

    class Meta:
        verbose_name = _("cover picture")
        verbose_name_plural = _("cover pictures")

    def __str__(self) -> str:
        return f"{self.edition_id} {self.media_id}"
