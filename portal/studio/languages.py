"""The languages that lessons are written in, as a form shows them."""

from typing import Protocol

from django.conf import settings


class _HasLanguage(Protocol):
    @property
    def language(self) -> str: ...


class InLanguage:
    """Mixin of what is in one `language`, by its code: its name and direction as templates ask for them."""

    @property
    def name(self: _HasLanguage) -> str:
        return language_name(self.language)

    @property
    def direction(self: _HasLanguage) -> str:
        return direction(self.language)


def written_languages() -> list[str]:
    """Their codes, in the order in which they stand side by side."""
    return [code for code, _name in settings.LANGUAGES]


def language_name(code: str) -> str:
    """The name in the reader's language; the code of one that the portal has no pages in."""
    return str(dict(settings.LANGUAGES).get(code, code))


def direction(code: str) -> str:
    """`rtl` or `ltr`, for the attribute `dir`."""
    return "rtl" if code.partition("-")[0] in settings.LANGUAGES_BIDI else "ltr"
