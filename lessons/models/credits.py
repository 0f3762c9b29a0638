from django.db import models
from django.utils.translation import gettext_lazy as _

from lessons.models.media import Media


class Licence(models.TextChoices):
    """On what terms a picture may be shown; the values are SPDX identifiers where there is one."""

    OWN = "own", _("Our own work")
    PERMISSION = "permission", _("With written permission")
    PUBLIC_DOMAIN = "public-domain", _("Public domain")
    CC0 = "CC0-1.0", "CC0 1.0"
    CC_BY_4 = "CC-BY-4.0", "CC BY 4.0"
    CC_BY_SA_4 = "CC-BY-SA-4.0", "CC BY-SA 4.0"
    CC_BY_3 = "CC-BY-3.0", "CC BY 3.0"
    CC_BY_SA_3 = "CC-BY-SA-3.0", "CC BY-SA 3.0"
    CC_BY_2 = "CC-BY-2.0", "CC BY 2.0"
    CC_BY_SA_2 = "CC-BY-SA-2.0", "CC BY-SA 2.0"
    OGL = "OGL-UK-3.0", _("Open Government Licence v3.0")

    @property
    def url(self) -> str:
        """Where its words stand; empty where there are none."""
        if self.value.startswith("CC-"):
            kind, _dash, version = self.value.removeprefix("CC-").rpartition("-")
            return f"https://creativecommons.org/licenses/{kind.lower()}/{version}/"
        return OTHERS.get(self.value, "")

    @property
    def names_author(self) -> bool:
        """Whether readers must be told who made the picture."""
        return (bool(self.url) and self != Licence.CC0) or self == Licence.PERMISSION


OTHERS = {
    Licence.CC0.value: "https://creativecommons.org/publicdomain/zero/1.0/",
    Licence.OGL.value: "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
}


class PictureCredit(models.Model):
    """Who made a picture, and on what terms it is shown. A crop has that of its original.

    It is no part of the frozen picture: a credit that turns out wrong is put right for every lesson at once, those that
    are published too.
    """

    media = models.OneToOneField(Media, models.CASCADE, related_name="credit", verbose_name=_("picture"))
    licence = models.CharField(_("licence"), max_length=20, choices=Licence.choices)
    author = models.CharField(_("made by"), max_length=200, blank=True, default="", db_default="")
    source_url = models.URLField(_("found at"), max_length=500, blank=True, default="", db_default="")
    permission = models.CharField(_("permission"), max_length=300, blank=True, default="", db_default="")
    modified = models.BooleanField(_("changed"), default=False, db_default=False)

    class Meta:
        verbose_name = _("credit of a picture")
        verbose_name_plural = _("credits of pictures")

    def __str__(self) -> str:
        return f"{self.author} {self.licence}".strip()

    @property
    def terms(self) -> Licence:
        return Licence(self.licence)
