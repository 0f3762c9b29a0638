from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from lessons.models.identity import Identified


class Source(Identified):
    """A work that lessons, courses and questions cite."""

    title = models.CharField(_("title"), max_length=300)
    publisher = models.CharField(_("publisher"), max_length=200)
    year = models.PositiveSmallIntegerField(_("year"))
    url = models.URLField(_("address on the web"), blank=True)
    superseded_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="supersedes",
        verbose_name=_("superseded by"),
        help_text=_("The newer work that took its place. Readers see nothing of it; the studio names what cites it."),
    )

    class Meta(Identified.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["key"]

    def clean(self) -> None:
        """Nothing is superseded by itself, nor by what it superseded."""
        newer, met = self.superseded_by, {self.pk}
        while newer is not None:
            if newer.pk in met:
                message = _("This source took the place of the other one, or of one before it. Choose a newer one.")
                raise ValidationError({"superseded_by": message})
            met.add(newer.pk)
            newer = newer.superseded_by
