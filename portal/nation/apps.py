from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NationConfig(AppConfig):
    name = "portal.nation"
    verbose_name = _("A nation to measure with")
