"""The kept counts: what each day changed, and the same added up by month."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.reports.models.segments import Segment

STOCK = ("begun", "under_way", "ever", "expired", "held")
FLOW = ("started", "completed", "withdrawn")
MEASURES = (*STOCK, *FLOW)
NOTHING: dict[str, Any] = dict.fromkeys(MEASURES, 0)


class Counts(models.Model):
    """By how much a day changed how many people there are, and what happened on it; a change may be negative.

    `subject` is what is counted, as `portal.reports.counts.subjects` writes it. A day may be one to come: that on which
    something runs out is known before.
    """

    # A count of millions of rows would check each of them; that segments are there, whoever writes them sees to.
    segment = models.ForeignKey(Segment, models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    subject = models.IntegerField(_("what is counted"))
    begun = models.IntegerField(_("had begun"))
    under_way = models.IntegerField(_("under way"))
    ever = models.IntegerField(_("completed"))
    expired = models.IntegerField(_("expired"))
    held = models.IntegerField(_("valid"))
    started = models.IntegerField(_("begun on the day"))
    completed = models.IntegerField(_("earned on the day"))
    withdrawn = models.IntegerField(_("withdrawn on the day"))

    class Meta:
        abstract = True


class DayCount(Counts):
    pk = models.CompositePrimaryKey("segment_id", "subject", "day")
    day = models.DateField(_("day"))

    class Meta:
        verbose_name = _("count of a day")
        verbose_name_plural = _("counts of days")
        indexes = [models.Index(fields=["segment"], condition=Q(**NOTHING), name="reports_daycount_nothing")]

    def __str__(self) -> str:
        return f"{self.segment_id} {self.subject} {self.day}"


class MonthCount(Counts):
    """The days of a month together, of every segment but groups, which are too small for it to be worth it."""

    pk = models.CompositePrimaryKey("segment_id", "subject", "month")
    month = models.DateField(_("first day of the month"))

    class Meta:
        verbose_name = _("count of a month")
        verbose_name_plural = _("counts of months")
        indexes = [models.Index(fields=["segment"], condition=Q(**NOTHING), name="reports_monthcount_nothing")]

    def __str__(self) -> str:
        return f"{self.segment_id} {self.subject} {self.month}"
