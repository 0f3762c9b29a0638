import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lessons.models import Revision
from portal.studio.models.releases import Release


def new_key() -> str:
    return secrets.token_urlsafe(16)


class Invitation(models.Model):
    """A link by which an expert without an account reads a release, comments on it and signs it.

    The link holds the key and our signature over it, so that whoever reads the database cannot make one. `digest` is
    that of everything in the release when the link was made.
    """

    key = models.CharField(_("key"), max_length=32, unique=True, default=new_key, editable=False)
    release = models.ForeignKey(Release, models.CASCADE, related_name="invitations", verbose_name=_("release"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=12)
    digest = models.CharField(_("digest of what is shown"), max_length=40)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    opened_at = models.DateTimeField(_("first opened"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation of an expert")
        verbose_name_plural = _("invitations of experts")
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return self.name or self.key[:6]


class SignOff(models.Model):
    """An expert's word, with their name, for the exact words of some texts."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="sign_offs", verbose_name=_("release"))
    invitation = models.ForeignKey(
        Invitation, models.SET_NULL, null=True, related_name="sign_offs", verbose_name=_("invitation")
    )
    name = models.CharField(_("name"), max_length=120)
    title = models.CharField(_("profession or title"), max_length=90)
    organisation = models.CharField(_("organisation"), max_length=90, blank=True)
    day = models.DateField(_("signed on"))
    at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.name


class SignedText(models.Model):
    """One text of a sign-off; it holds while `digest` is that of the revision's words and pictures."""

    sign_off = models.ForeignKey(SignOff, models.CASCADE, related_name="signed", verbose_name=_("sign-off"))
    revision = models.ForeignKey(Revision, models.CASCADE, related_name="+", verbose_name=_("revision"))
    digest = models.CharField(_("digest of the words"), max_length=40)

    class Meta:
        verbose_name = _("signed text")
        verbose_name_plural = _("signed texts")
        constraints = [models.UniqueConstraint(fields=["sign_off", "revision"], name="studio_signedtext_once")]

    def __str__(self) -> str:
        return f"{self.sign_off_id} {self.revision_id}"
