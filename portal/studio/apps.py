from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StudioConfig(AppConfig):
    name = "portal.studio"
    verbose_name = _("Studio")

    def ready(self) -> None:
        from lessons import due
        from portal.studio import holdings
        from portal.studio.releases import publish_due

        due.register(publish_due)
        holdings.register()
