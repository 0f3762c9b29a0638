"""The figures that everybody may see: made once a month and never changed, whatever is counted later.

A place is a region's number, or one of those in `portal.reports.public.suppression` for the nation and for who lives in
no region; regions are named by number only, so that published figures never hold a place back.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lessons.immutability import Frozen
from lessons.models import Course


class PublishedMonth(models.Model):
    """A month that was closed and published as a whole."""

    frozen = Frozen()

    month = models.DateField(_("first day of the month"), unique=True)
    published_at = models.DateTimeField(_("published"), auto_now_add=True)

    class Meta:
        verbose_name = _("published month")
        verbose_name_plural = _("published months")

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class PublishedCell(models.Model):
    """What was published of a place, month and course; without a band it is hidden.

    `above` is the place that it was part of then, none for the nation.
    """

    frozen = Frozen()

    month = models.ForeignKey(PublishedMonth, models.PROTECT, related_name="cells", verbose_name=_("month"))
    course = models.ForeignKey(Course, models.PROTECT, related_name="+", verbose_name=_("course"))
    place = models.IntegerField(_("place"))
    above = models.IntegerField(_("part of"), null=True)
    low = models.PositiveIntegerField(_("from"), null=True)
    high = models.PositiveIntegerField(_("to"), null=True)
    share = models.PositiveSmallIntegerField(_("share in percent"), null=True)

    class Meta:
        verbose_name = _("published figure")
        verbose_name_plural = _("published figures")
        constraints = [
            models.UniqueConstraint(fields=["month", "course", "place"], name="reports_publishedcell_once"),
            models.CheckConstraint(
                condition=models.Q(low=None, high=None, share=None) | models.Q(low__gt=0, high__gt=models.F("low")),
                name="reports_publishedcell_is_hidden_or_a_band",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month_id} {self.course_id} {self.place}"


class CellBasis(models.Model):
    """The counts by which the latest cell of a place and course goes (`portal.reports.public.cells`); never shown."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="+", verbose_name=_("course"))
    place = models.IntegerField(_("place"))
    held = models.IntegerField(_("valid"))
    shared_held = models.IntegerField(_("valid, for the share"))
    shared_begun = models.IntegerField(_("begun, for the share"))
    shown = models.BooleanField(_("is shown"))

    class Meta:
        verbose_name = _("basis of a published figure")
        verbose_name_plural = _("bases of published figures")
        constraints = [models.UniqueConstraint(fields=["course", "place"], name="reports_cellbasis_once")]

    def __str__(self) -> str:
        return f"{self.course_id} {self.place}"
