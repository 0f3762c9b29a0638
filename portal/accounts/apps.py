from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "portal.accounts"
    verbose_name = _("People")

    def ready(self) -> None:
        from lessons import deeds
        from portal.accounts import audit, kept_for, log_ins, looking, lookups, slots, tree_marks, unsubscribing
        from portal.accounts import rights as _registers_permissions  # noqa: F401
        from portal.accounts.reminding import sending, stopping
        from quizzes import looking as looking_in_quizzes

        post_migrate.connect(tree_marks.lay_after_migrate, dispatch_uid="portal.accounts.trees")
        lookups.register()
        slots.register()
        kept_for.register_all()
        unsubscribing.register(sending.KIND, stopping.named, stopping.stop)
        deeds.register(audit.record)
        log_ins.connect()
        looking_in_quizzes.register(looking.looked_at)
        # allauth calls its rooms by words that its Arabic takes for something else.
        apps.get_app_config("account").verbose_name = _("E-mail addresses")
        apps.get_app_config("mfa").verbose_name = _("Second factors")
        second_factor = apps.get_model("mfa", "Authenticator")._meta
        second_factor.verbose_name, second_factor.verbose_name_plural = _("second factor"), _("second factors")
