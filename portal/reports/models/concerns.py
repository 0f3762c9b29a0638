"""What lists of people are read from where they would have to look at too many people: prepared once a day."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Organisation


class ListState(models.Model):
    """One row: for which day the lists were prepared, and of which due days (empty: they are to be written anew)."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    day = models.DateField(_("lists prepared for"))
    asked = models.CharField(_("lists prepared of"), max_length=32, blank=True)

    class Meta:
        verbose_name = _("state of the lists")
        verbose_name_plural = _("state of the lists")

    def __str__(self) -> str:
        return str(self.day)


class DueDay(models.Model):
    """By when the members of an organisation are to have completed a course, asked by it or by one above it."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="due_days", db_constraint=False)
    course = models.IntegerField(_("course"))
    day = models.DateField(_("day"))

    class Meta:
        verbose_name = _("due day")
        verbose_name_plural = _("due days")
        constraints = [models.UniqueConstraint(fields=["organisation", "course"], name="reports_dueday_once")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.course} {self.day}"


class Concern(models.Model):
    """Why a list may name somebody; `day` is when a course was due, or when its completion runs out.

    It holds no name: people are named by their accounts, as these are when the list is read. Who is concerned in
    several organisations is so once for each; `organisation` and `region` are where they belong, None is nowhere.
    """

    class Sort(models.TextChoices):
        LACKS = "lacks", _("is to complete a course")
        ENDS = "ends", _("a completion runs out")

    sort = models.CharField(_("sort"), max_length=5, choices=Sort.choices)
    user = models.BigIntegerField(_("person"))
    course = models.IntegerField(_("course"))
    day = models.DateField(_("day"))
    organisation = models.IntegerField(_("organisation"), null=True)
    region = models.IntegerField(_("region"), null=True)

    class Meta:
        verbose_name = _("concern of a person")
        verbose_name_plural = _("concerns of people")
        indexes = [
            models.Index(fields=["user", "sort"], name="reports_concern_user"),
            models.Index(fields=["sort", "course", "day"], name="reports_concern_course"),
            models.Index(fields=["organisation", "sort", "course", "day"], name="reports_concern_organisation"),
            models.Index(fields=["region", "sort", "course", "day"], name="reports_concern_region"),
        ]

    def __str__(self) -> str:
        return f"{self.sort} {self.user} {self.course} {self.day}"
