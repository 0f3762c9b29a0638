from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [models.UniqueConstraint(Lower("email"), name="accounts_user_email_any_case")]
        indexes: ClassVar = [models.Index(fields=["display_name", "id"], name="accounts_user_by_name")]

    def __str__(self) -> str:
        return self.display_name or self.email or self.phone or str(self.pk)


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
