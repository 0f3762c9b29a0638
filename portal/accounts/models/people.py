import unicodedata
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


def normal(password: str) -> str:
    """The password as every keyboard means it: one form for what looks the same (NFKC, as NIST SP 800-63B-4 asks)."""
    return unicodedata.normalize("NFKC", password)


class UserManager(BaseUserManager["User"]):
    use_in_migrations = True

    def create_user(self, email: str | None, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email) or None, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account, known by an e-mail address, a telephone number or an external identity."""

    class Theme(models.TextChoices):
        AUTO = "auto", _("As the device")
        LIGHT = "light", pgettext_lazy("appearance of the pages", "Light")
        DARK = "dark", pgettext_lazy("appearance of the pages", "Dark")

    email = models.EmailField(_("e-mail address"), unique=True, null=True, blank=True)
    phone = models.CharField(_("telephone number"), max_length=20, unique=True, null=True, blank=True)
    display_name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=12, default="ar")
    theme = models.CharField(
        _("appearance"), max_length=8, choices=Theme.choices, default=Theme.AUTO, db_default=Theme.AUTO
    )
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may open the administration"), default=False)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)
    erase_on = models.DateField(
        _("to be erased on"), null=True, blank=True, help_text=_("The account is closed, and goes on this day.")
    )
    sign_outs = models.PositiveSmallIntegerField(
        _("times signed out everywhere"), default=0, db_default=0, editable=False
    )

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [models.UniqueConstraint(Lower("email"), name="accounts_user_email_any_case")]
        indexes: ClassVar = [
            models.Index(fields=["erase_on"], condition=Q(erase_on__isnull=False), name="accounts_user_to_be_erased"),
            models.Index(fields=["display_name", "id"], name="accounts_user_by_name"),
        ]

    def set_password(self, raw_password: str | None) -> None:
        super().set_password(None if raw_password is None else normal(raw_password))

    def check_password(self, raw_password: str | None) -> bool:
        """Also right as it was typed: a password from before was kept so."""
        if raw_password is None:
            return False
        plain = normal(raw_password)
        return super().check_password(plain) or (plain != raw_password and super().check_password(raw_password))

    def __str__(self) -> str:
        return self.display_name or self.email or self.phone or str(self.pk)

    @property
    def is_closed(self) -> bool:
        """Whether the account waits to be erased: nobody is signed in to it, and it gets no letters."""
        return self.erase_on is not None

    def _get_session_auth_hash(self, secret: Any = None) -> str:
        """What every session of the person carries; those of before the last sign-out everywhere open nothing."""
        value: str = super()._get_session_auth_hash(secret)  # type: ignore[misc]
        return f"{value}{self.sign_outs}" if self.sign_outs else value


class ExternalIdentity(models.Model):
    """Who a person is to an identity service: one row opens one account."""

    user = models.ForeignKey(User, models.CASCADE, related_name="identities", verbose_name=_("person"))
    issuer = models.CharField(_("identity service"), max_length=255)
    subject = models.CharField(_("name there"), max_length=255)
    created_at = models.DateTimeField(_("linked"), auto_now_add=True)

    class Meta:
        verbose_name = _("external identity")
        verbose_name_plural = _("external identities")
        constraints = [models.UniqueConstraint(fields=["issuer", "subject"], name="accounts_externalidentity_once")]

    def __str__(self) -> str:
        return f"{self.issuer} {self.subject}"


class Period(models.Model):
    """A row that holds from one day to another, so that "as of a day" is a question the data can answer."""

    from_day = models.DateField(_("from"))
    to_day = models.DateField(
        _("until"), null=True, blank=True, help_text=_("The first day on which it no longer holds.")
    )

    class Meta:
        abstract = True


def ordered_period(name: str) -> models.CheckConstraint:
    """The constraint that a period does not end before it begins."""
    return models.CheckConstraint(condition=Q(to_day__isnull=True) | Q(to_day__gte=models.F("from_day")), name=name)
