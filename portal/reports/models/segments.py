"""People who are counted together. Places are named by their numbers only, so that counts never hold a place back."""

from django.db import models
from django.utils.translation import gettext_lazy as _

NOWHERE = 0  # the region of who lives in none


class Segment(models.Model):
    """People of one sort of belonging; nobody is twice in one of them.

    Everybody is in the whole and in one `region` (or in that of nobody's region); who is in organisations is in one
    `group` besides: those who live in the same region and belong to exactly the same organisations. A `branch` is
    everybody in any of some organisations, an organisation with all below it or all there are: what could be added up
    from groups, kept because it is asked for often. `key` names its organisations.
    """

    class Sort(models.TextChoices):
        WHOLE = "whole", _("everybody")
        REGION = "region", _("of a region")
        GROUP = "group", _("of a region and the same organisations")
        BRANCH = "branch", _("of any of some organisations")

    sort = models.CharField(_("sort"), max_length=6, choices=Sort.choices)
    region = models.IntegerField(_("region"), default=NOWHERE)
    key = models.CharField(_("organisations"), max_length=32, blank=True)

    class Meta:
        verbose_name = _("people counted together")
        verbose_name_plural = _("people counted together")
        constraints = [models.UniqueConstraint(fields=["sort", "region", "key"], name="reports_segment_once")]

    def __str__(self) -> str:
        return f"{self.sort} {self.region} {self.key}"


class SegmentOrganisation(models.Model):
    """An organisation that everybody of a group belongs to."""

    segment = models.ForeignKey(Segment, models.CASCADE, related_name="organisations")
    organisation = models.IntegerField(_("organisation"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "segment"], name="reports_segmentorganisation_once")
        ]

    def __str__(self) -> str:
        return f"{self.segment_id} {self.organisation}"


class SegmentPart(models.Model):
    """A segment that is wholly in another: a region in the whole, a group in each branch of its organisations."""

    part = models.ForeignKey(Segment, models.CASCADE, related_name="wholes", db_index=False)
    whole = models.ForeignKey(Segment, models.CASCADE, related_name="parts")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["part", "whole"], name="reports_segmentpart_once")]

    def __str__(self) -> str:
        return f"{self.part_id} {self.whole_id}"
