from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lessons.immutability import Frozen
from portal.accounts.models.people import Period, ordered_period
from portal.accounts.models.places import Organisation, Region


class RoleGrant(Period):
    """A role that a person holds, over an organisation, a region, or (both empty) the nation."""

    class Role(models.TextChoices):
        INSTRUCTOR = "instructor", _("Instructor")
        REVIEWER = "reviewer", _("Reviewer")
        MANAGER = "manager", _("Organisation manager")
        ADMINISTRATOR = "administrator", _("Administrator")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="grants", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=16, choices=Role.choices)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name=_("organisation")
    )
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name=_("region")
    )
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("granted by")
    )

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=True) | Q(region__isnull=True), name="accounts_rolegrant_one_scope"
            ),
            models.CheckConstraint(
                condition=~Q(role="manager") | Q(organisation__isnull=False), name="accounts_rolegrant_manager_scope"
            ),
            ordered_period("accounts_rolegrant_period"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"


class AuditEntry(models.Model):
    """Who did what, when, from where; only ever added to."""

    at = models.DateTimeField(_("time"), auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("who")
    )
    deed = models.CharField(_("what"), max_length=60)
    subject = models.CharField(_("of what"), max_length=200, blank=True)
    address = models.GenericIPAddressField(_("from where"), null=True, blank=True)
    detail = models.JSONField(_("detail"), default=dict, blank=True)

    frozen = Frozen(erasable=("actor", "address"))

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit log")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["-at"], name="accounts_audit_latest"),
            models.Index(fields=["deed", "-at", "-id"], name="accounts_audit_deed"),
            models.Index(
                fields=["subject", "-at"],
                opclasses=["varchar_pattern_ops", "timestamptz_ops"],
                name="accounts_audit_subject",
            ),
            models.Index(fields=["actor", "-at", "-id"], name="accounts_audit_actor"),
            models.Index(fields=["address", "-at"], condition=Q(address__isnull=False), name="accounts_audit_address"),
            models.Index(fields=["at"], condition=Q(address__isnull=False), name="accounts_audit_addressed"),
        ]

    def __str__(self) -> str:
        return f"{self.deed} {self.subject}"
