import re

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lessons.fact_values import fault_of
from lessons.immutability import Frozen
from lessons.models.identity import (
    FREE,
    PEOPLE,
    PUBLIC,
    Authored,
    Identified,
    Profile,
    State,
    Words,
    published_has_date,
)

FACT = re.compile(r"\{fact:([a-z0-9-]+)\}")
"""How words name a fact."""
PROFILE_FACT = "resuscitation-profile"
"""The fact whose value is a `Profile`: it decides which texts and questions are shown."""


class LocalFact(Identified):
    """What differs from country to country: typed, reviewed, in one place."""

    class Kind(models.TextChoices):
        TEXT = "text", _("Text")
        PHONE = "phone", _("Telephone number")
        NUMBER = "number", _("Number")
        CHOICE = "choice", _("Choice")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)

    class Meta(Identified.Meta):
        verbose_name = _("local fact")
        verbose_name_plural = _("local facts")
        ordering = ["key"]


class LocalFactText(Words):
    """What a fact is called, and what a reader sees where the country has set no value."""

    fact = models.ForeignKey(LocalFact, models.CASCADE, related_name="texts", verbose_name=_("local fact"))
    label = models.CharField(_("label"), max_length=160)
    default = models.TextField(_("default"))

    class Meta:
        verbose_name = _("local fact in a language")
        verbose_name_plural = _("local facts in a language")
        constraints = [models.UniqueConstraint(fields=["fact", "language"], name="lessons_localfacttext_language")]

    def __str__(self) -> str:
        return self.label


class LocalFactValue(Authored):
    """This country's value; `language` is empty where the value is the same in every language."""

    fact = models.ForeignKey(LocalFact, models.PROTECT, related_name="values", verbose_name=_("local fact"))
    language = models.CharField(_("language"), max_length=12, blank=True)
    value = models.TextField(_("value"))

    frozen = Frozen(states=PUBLIC, free=FREE, erasable=PEOPLE)

    class Meta:
        verbose_name = _("value of a local fact")
        verbose_name_plural = _("values of local facts")
        constraints = [
            models.UniqueConstraint(
                fields=["fact", "language"], condition=Q(state=State.PUBLISHED), name="lessons_localfactvalue_one"
            ),
            published_has_date("lessons_localfactvalue_published_at"),
        ]

    def __str__(self) -> str:
        return self.value

    def clean(self) -> None:
        """Refuses what is no value of its kind, a profile that there is not, and one for a language alone."""
        super().clean()
        self.value = self.value.strip()
        if self.fact_id and (message := self.fault()):
            raise ValidationError(message)

    def fault(self) -> str:
        """Why it cannot be published as it is; "" where it can."""
        if self.fact.key == PROFILE_FACT:
            return self.fault_of_profile()
        return fault_of(self.fact.kind, self.value)

    def fault_of_profile(self) -> str:
        """What is wrong with it as a profile; "" where nothing is."""
        if self.value not in Profile.values:
            return _("There is no profile “%(value)s”. Choose one of: %(profiles)s.") % {
                "value": self.value,
                "profiles": ", ".join(Profile.values),
            }
        return str(_("A profile is one for all languages. Leave the language empty.")) if self.language else ""
