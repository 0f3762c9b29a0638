"""The portal's two languages: catalogues, numbers and dates."""

from django.apps import AppConfig

from portal.language.catalogues import compile_stale


class LanguageConfig(AppConfig):
    """Every process speaks from fresh catalogues, however it was started."""

    name = "portal.language"

    def ready(self) -> None:
        """Compile what changed since it was last compiled; nothing to do is a few file times."""
        compile_stale()
