from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "portal.home"
    verbose_name = _("Home")

    def ready(self) -> None:
        from portal.home import slots

        slots.register()
