import unicodedata

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _


class CodeField(forms.CharField):
    """A code of digits, as an app shows it or a person types it: with spaces, in whatever digits their keyboard has."""

    def __init__(self) -> None:
        attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "dir": "ltr", "class": "code"}
        super().__init__(label=_("Code"), widget=forms.TextInput(attrs=attrs), validators=[MaxLengthValidator(20)])

    def to_python(self, value: object) -> str:
        """The code without blanks and marks that nobody sees, every digit as 0 to 9."""
        typed = super().to_python(value) or ""
        return "".join(_plain(letter) for letter in typed if not _is_between(letter))


def _plain(letter: str) -> str:
    digit = unicodedata.digit(letter, None)
    return letter if digit is None else str(digit)


def _is_between(letter: str) -> bool:
    return letter.isspace() or letter == "-" or unicodedata.category(letter) == "Cf"
