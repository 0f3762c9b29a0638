from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.models.places import Organisation, Region
from portal.accounts.models.roles import RoleGrant

_NAMELESS = Q(person__isnull=True)
_OF_PLACE = Q(organisation__isnull=False) | Q(region__isnull=False)


class Look(models.Model):
    """That somebody looked at named people's results: once a reader, page and day.

    At `person`; or, where a list was too long to name each, at the people of an `organisation` or a `region` and of
    what is below it; with none of them at everybody's. `role` is in which the reader did so, over `place`.
    """

    day = models.DateField(_("day"))
    page = models.CharField(_("page"), max_length=40)
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("who")
    )
    role = models.CharField(_("role"), max_length=16, choices=RoleGrant.Role.choices, blank=True)
    place = models.CharField(_("place"), max_length=60, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="looked_at", verbose_name=_("person")
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, related_name="+", verbose_name=_("organisation")
    )
    region = models.ForeignKey(Region, models.CASCADE, null=True, related_name="+", verbose_name=_("region"))

    class Meta:
        verbose_name = _("look at results")
        verbose_name_plural = _("looks at results")
        constraints = [
            models.UniqueConstraint(
                fields=["reader", "day", "page", "person"],
                condition=Q(person__isnull=False),
                name="accounts_look_once_a_person",
            ),
            models.UniqueConstraint(
                fields=["reader", "day", "page", "organisation"],
                condition=_NAMELESS & Q(organisation__isnull=False),
                name="accounts_look_once_an_organisation",
            ),
            models.UniqueConstraint(
                fields=["reader", "day", "page", "region"],
                condition=_NAMELESS & Q(region__isnull=False),
                name="accounts_look_once_a_region",
            ),
            models.UniqueConstraint(
                fields=["reader", "day", "page"],
                condition=_NAMELESS & ~_OF_PLACE,
                name="accounts_look_once_at_everybody",
            ),
        ]
        indexes = [models.Index(fields=["person", "-day"], name="accounts_look_of_person")]

    def __str__(self) -> str:
        return f"{self.page} {self.day}"
