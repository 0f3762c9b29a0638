"""What the counting remembers between two runs."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CountState(models.Model):
    """One row, which whoever counts holds: how far the counts go."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    rules = models.CharField(_("counted by these rules"), max_length=32, blank=True)
    marks = models.JSONField(_("rows read so far"), default=dict)
    counted_at = models.DateTimeField(_("counted at"), null=True)

    class Meta:
        verbose_name = _("state of the counts")
        verbose_name_plural = _("state of the counts")

    def __str__(self) -> str:
        return str(self.counted_at)


class Tally(models.Model):
    """What is known of a person and stands in the counts, so that it can be taken out again."""

    person = models.UUIDField(primary_key=True, editable=False)
    facts = models.TextField(_("what is counted"))

    class Meta:
        verbose_name = _("person in the counts")
        verbose_name_plural = _("people in the counts")

    def __str__(self) -> str:
        return str(self.person)


class PlaceChange(models.Model):
    """Who has to be counted anew because of where they belong or who they are; the database itself writes it."""

    learner = models.UUIDField(null=True)
    user = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("person to count anew")
        verbose_name_plural = _("people to count anew")

    def __str__(self) -> str:
        return f"{self.learner} {self.user}"
