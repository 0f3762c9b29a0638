from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "portal.reports"
    verbose_name = _("Reports")

    def ready(self) -> None:
        from portal.accounts import holdings, unsubscribing
        from portal.reports.counts.watching import lay_after_migrate
        from portal.reports.saved import delivery, keeping

        post_migrate.connect(lay_after_migrate, dispatch_uid="portal.reports.counts")
        holdings.register("saved_views", keeping.held, _("The views of reports that you saved."))
        unsubscribing.register(delivery.KIND, delivery.named, delivery.stop)
