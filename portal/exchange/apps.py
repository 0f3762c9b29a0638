from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    name = "portal.exchange"
    verbose_name = _("Course packages")

    def ready(self) -> None:
        from portal.exchange import holdings

        holdings.register()
