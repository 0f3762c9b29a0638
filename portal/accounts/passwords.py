"""Which passwords are taken, as NIST SP 800-63B-4 (section 3.1.1.2) asks.

Long, not known, and nothing else: no rules about kinds of characters, and none that it must be changed now and then.
"""

import re
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.accounts.models.people import normal
from portal.accounts.second_factor import needs_second_step

ALONE = 15  # characters, where the password alone opens the account
WITH_MORE = 8  # characters, where a second factor is asked for too
DIFFERENT = 5  # characters that are not the same
OURS = ("civil", "defense", "defence", "portal", "الدفاع", "المدني", "بوابة", "دفاع", "مدني")
NOTHING_ELSE = re.compile(r"[\W\d_]+")


def least_for(user: Any) -> int:
    """How many characters a password of this person needs."""
    has_account = user is not None and user.pk
    return WITH_MORE if has_account and needs_second_step(user) else ALONE


def help_for(user: Any) -> str:
    count = least_for(user)
    return ngettext(
        "At least %(count)d character: a few words that do not belong together are easy to keep and hard to guess.",
        "At least %(count)d characters: a few words that do not belong together are easy to keep and hard to guess.",
        count,
    ) % {"count": count}


class LongEnough:
    """Every code point counts as one character, after normalisation."""

    def validate(self, password: str, user: Any = None) -> None:
        least = least_for(user)
        if len(normal(password)) < least:
            words = ngettext(
                "This password is too short. It needs at least %(count)d character.",
                "This password is too short. It needs at least %(count)d characters.",
                least,
            )
            raise ValidationError(words % {"count": least}, code="password_too_short")

    def get_help_text(self) -> str:
        return help_for(None)


class NotKnown(CommonPasswordValidator):
    """No password that many people use, nor one of these written twice or with figures around it."""

    def validate(self, password: str, user: Any = None) -> None:
        plain = normal(password).casefold().strip()
        for guess in {plain, _unit(plain), NOTHING_ELSE.sub("", plain), NOTHING_ELSE.sub("", _unit(plain))}:
            if guess:
                super().validate(guess, user)

    def get_help_text(self) -> str:
        return _("Not one that many people use.")


class NotGuessable:
    """Nothing that whoever knows the portal or the person would try first."""

    def validate(self, password: str, user: Any = None) -> None:
        plain = normal(password).casefold()
        if len(set(plain)) < DIFFERENT:
            raise ValidationError(_("This password has too few different characters."), code="password_too_even")
        left = plain
        for word in sorted(_context(user), key=len, reverse=True):
            left = left.replace(word, "")
        if left != plain and len(NOTHING_ELSE.sub("", left)) < WITH_MORE - 2:
            words = _("This password is mostly your name, your address or the name of the portal. Take other words.")
            raise ValidationError(words, code="password_of_context")

    def get_help_text(self) -> str:
        return _("Not your name, your address or the name of the portal.")


def _context(user: Any) -> set[str]:
    """Words of three letters and more that stand near this account."""
    about = [*OURS, *(urlsplit(settings.ORIGIN).hostname or "").split(".")]
    for field in ("email", "phone", "display_name"):
        about += re.split(r"[\s@._+-]+", normal(str(getattr(user, field, "") or "")).casefold())
    return {word for word in about if len(word) > 2}


def _unit(text: str) -> str:
    """What is written again and again, the whole where nothing is."""
    return next((text[:size] for size in range(1, len(text) // 2 + 1) if _repeats(text, size)), text)


def _repeats(text: str, size: int) -> bool:
    times = -(-len(text) // size)
    return (text[:size] * times)[: len(text)] == text
