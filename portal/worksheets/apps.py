from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorksheetsConfig(AppConfig):
    name = "portal.worksheets"
    verbose_name = _("Worksheets")

    def ready(self) -> None:
        from portal.accounts import holdings
        from portal.worksheets import filling, slots

        slots.register()
        holdings.register("worksheets", filling.held, _("What you filled in on worksheets of lessons."))
