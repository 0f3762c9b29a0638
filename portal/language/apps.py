"""The portal's two languages: catalogues, numbers and dates."""

from django.apps import AppConfig
from django.utils.translation.reloader import translation_file_changed

from portal.language.catalogues import compile_stale


class LanguageConfig(AppConfig):
    """Every process speaks from fresh catalogues, however it was started."""

    name = "portal.language"

    def ready(self) -> None:
        """Compile what changed since it was last compiled; nothing to do is a few file times."""
        for made in compile_stale():
            translation_file_changed(None, made)  # models are named before this, and what was there then is remembered
