from django.db import models
from django.utils.translation import gettext_lazy as _

from lessons.models.identity import Identified


class Source(Identified):
    """A work that lessons, courses and questions cite."""

    title = models.CharField(_("title"), max_length=300)
    publisher = models.CharField(_("publisher"), max_length=200)
    year = models.PositiveSmallIntegerField(_("year"))
    url = models.URLField(_("address on the web"), blank=True)

    class Meta(Identified.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["key"]
