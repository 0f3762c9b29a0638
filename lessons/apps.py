from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class LessonsConfig(AppConfig):
    name = "lessons"
    verbose_name = _("Lessons")

    def ready(self) -> None:
        from lessons.immutability import install_after_migrate

        post_migrate.connect(install_after_migrate, dispatch_uid="lessons.immutability")
