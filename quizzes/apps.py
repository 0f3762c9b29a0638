from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QuizzesConfig(AppConfig):
    name = "quizzes"
    verbose_name = _("Quizzes")

    def ready(self) -> None:
        from lessons import profiles
        from quizzes.profiles import exchange
        from quizzes.slots import register_all

        register_all()
        profiles.register(exchange)
