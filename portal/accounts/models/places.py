from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from tree_queries.models import TreeNode

from lessons.models import Course
from lessons.models.identity import Words
from portal.accounts.models.people import Period, ordered_period
from portal.accounts.spread import spread


class Region(TreeNode):
    """Where a citizen lives."""

    code = models.SlugField(_("code"), max_length=40, unique=True)

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")

    def __str__(self) -> str:
        return self.code


class RegionText(Words):
    region = models.ForeignKey(Region, models.CASCADE, related_name="texts", verbose_name=_("region"))
    name = models.CharField(_("name"), max_length=160)

    class Meta:
        verbose_name = _("region in a language")
        verbose_name_plural = _("regions in a language")
        constraints = [models.UniqueConstraint(fields=["region", "language"], name="accounts_regiontext_language")]

    def __str__(self) -> str:
        return self.name


class Organisation(TreeNode):
    """A ministry, school, company, mosque or volunteer group."""

    code = models.SlugField(_("code"), max_length=60, unique=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.code


class OrganisationText(Words):
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="texts", verbose_name=_("organisation"))
    name = models.CharField(_("name"), max_length=160)

    class Meta:
        verbose_name = _("organisation in a language")
        verbose_name_plural = _("organisations in a language")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "language"], name="accounts_organisationtext_language")
        ]

    def __str__(self) -> str:
        return self.name


class TreeMark(models.Model):
    """Another value with every change of a tree of places; the database itself writes it."""

    tree = models.CharField(_("tree"), max_length=16, primary_key=True)
    mark = models.CharField(_("mark"), max_length=32)

    class Meta:
        verbose_name = _("mark of a tree")
        verbose_name_plural = _("marks of trees")

    def __str__(self) -> str:
        return f"{self.tree} {self.mark}"


class Membership(Period):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("person")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="memberships", verbose_name=_("organisation")
    )

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"],
                condition=Q(to_day__isnull=True),
                name="accounts_membership_one_current",
            ),
            ordered_period("accounts_membership_period"),
        ]
        indexes = [models.Index(spread("user"), name="accounts_membership_spread")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.organisation_id}"


class Residence(Period):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="residences", verbose_name=_("person")
    )
    region = models.ForeignKey(Region, models.PROTECT, related_name="residences", verbose_name=_("region"))

    class Meta:
        verbose_name = _("residence")
        verbose_name_plural = _("residences")
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(to_day__isnull=True), name="accounts_residence_one_current"
            ),
            ordered_period("accounts_residence_period"),
        ]
        indexes = [models.Index(spread("user"), name="accounts_residence_spread")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.region_id}"


class PastPlace(Period):
    """Where a person belonged who was erased since: a region or an organisation, kept so that counts stay true."""

    learner = models.ForeignKey(
        "quizzes.Learner", models.CASCADE, related_name="past_places", verbose_name=_("learner")
    )
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("region")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )

    class Meta:
        verbose_name = _("place of somebody erased")
        verbose_name_plural = _("places of people erased")
        constraints = [
            models.CheckConstraint(
                condition=Q(region__isnull=False) ^ Q(organisation__isnull=False), name="accounts_pastplace_is_one"
            ),
            ordered_period("accounts_pastplace_period"),
        ]

    def __str__(self) -> str:
        return f"{self.learner_id} {self.region_id or self.organisation_id}"


class Assignment(models.Model):
    """A course that an organisation asks of its members, inherited by the organisations below it."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="assignments", verbose_name=_("organisation")
    )
    course = models.ForeignKey(Course, models.PROTECT, related_name="+", verbose_name=_("course"))
    due_on = models.DateField(_("due"), null=True, blank=True)
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("assigned by")
    )
    assigned_at = models.DateTimeField(_("assigned"), auto_now_add=True)

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "course"], name="accounts_assignment_once"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.course_id}"
