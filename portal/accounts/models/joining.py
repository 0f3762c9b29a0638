"""How people come to an organisation: by an invitation, the domain of their address, a file that a manager sends."""

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.accounts.models.places import Organisation


def new_token() -> str:
    return secrets.token_urlsafe(16)


class Invitation(models.Model):
    """A link, and a short code to read out, by which people join an organisation themselves."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="invitations", verbose_name=_("organisation")
    )
    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    code = models.CharField(_("code"), max_length=12, unique=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    expires_on = models.DateField(_("first day on which it no longer holds"))
    most = models.PositiveIntegerField(_("how many people"), null=True, blank=True)
    joined = models.PositiveIntegerField(_("people who joined"), default=0)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(most__isnull=True) | models.Q(joined__lte=models.F("most")),
                name="accounts_invitation_most",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.code}"


class OrganisationDomain(models.Model):
    """Who has a confirmed address of this domain is asked whether they belong to the organisation."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="domains", verbose_name=_("organisation")
    )
    domain = models.CharField(_("domain"), max_length=253, unique=True)

    class Meta:
        verbose_name = _("domain of an organisation")
        verbose_name_plural = _("domains of organisations")

    def __str__(self) -> str:
        return self.domain


class PlacesFile(models.Model):
    """A file of regions and organisations between its two steps: looked at, then read in; one a person."""

    sent_by = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    sent_at = models.DateTimeField(_("sent"), auto_now=True)
    name = models.CharField(_("file"), max_length=200)
    data = models.BinaryField()
    found = models.JSONField(_("found"), default=dict)

    def __str__(self) -> str:
        return self.name


class MemberFile(models.Model):
    """A file of people that was sent for an organisation: looked at, then read in whole, or thrown away."""

    class State(models.TextChoices):
        LOOKING = "looking", _("is being looked at")
        SEEN = "seen", _("waits to be read in")
        READING = "reading", _("is being read in")
        DONE = "done", _("was read in")

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="member_files", verbose_name=_("organisation")
    )
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("sent by"))
    sent_at = models.DateTimeField(_("sent"), auto_now_add=True)
    name = models.CharField(_("file"), max_length=200)
    changed_at = models.DateTimeField(_("since"), auto_now_add=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.LOOKING)
    writes = models.BooleanField(_("new people are written to"), default=False)
    found = models.JSONField(_("found"), default=dict)

    class Meta:
        verbose_name = _("file of members")
        verbose_name_plural = _("files of members")
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return self.name


class MemberFileText(models.Model):
    """What is in the file; apart, so that a page that asks how far it is does not carry it."""

    file = models.OneToOneField(MemberFile, models.CASCADE, related_name="text")
    data = models.BinaryField()

    def __str__(self) -> str:
        return str(self.file_id)


class WelcomeDue(models.Model):
    """A letter to somebody whose account was made from a file; gone once it is on its way."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.user_id} {self.organisation_id}"
