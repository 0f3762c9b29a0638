"""Text messages, where a deployment has a gateway: `SMS_SENDER` names its class, `PHONE_COUNTRY` whose numbers it has.

A text costs money, and somebody may try to make us spend it: only numbers of the country are written to, few times
each, few from one address, and not more in an hour than the deployment means to pay for.
"""

import logging
import time
from typing import Protocol, cast

import phonenumbers
from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.module_loading import import_string
from django.utils.translation import override
from phonenumbers import PhoneNumberType

logger = logging.getLogger(__name__)
MOBILE = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
LIMITS = {"number": "3/10m/key,10/d/key", "place": "60/h/ip"}
ARABIC_PART = 70  # characters that fit into one message once a letter is not Latin


class Sender(Protocol):
    """A gateway; made anew for each text."""

    def send(self, number: str, text: str) -> None:
        """Hands the text over for the number (E.164); raises OSError when the gateway does not take it."""


class Console:
    """Prints texts: for whoever sets a portal up."""

    def send(self, number: str, text: str) -> None:
        print(f"SMS {number}: {text}", flush=True)  # noqa: T201 - that is what it is for


class Files:
    """Writes each text into a file of `VAR_DIR/sms`, as letters lie in `VAR_DIR/mail`."""

    def send(self, number: str, text: str) -> None:
        folder = settings.VAR_DIR / "sms"
        folder.mkdir(exist_ok=True)
        (folder / f"{time.time_ns()}.txt").write_text(f"{number}\n{text}\n")


def is_offered() -> bool:
    return bool(settings.SMS_SENDER)


def is_number(address: str) -> bool:
    """Whether an address known here is a telephone number and no e-mail address."""
    return address.startswith("+")


def number_of(typed: str) -> str:
    """The number as the world writes it (E.164), in whatever digits and with whatever blanks it was typed.

    Raises ValueError for what is no mobile number of the country.
    """
    try:
        number = phonenumbers.parse(typed, settings.PHONE_COUNTRY)
    except phonenumbers.NumberParseException as error:
        raise ValueError(typed) from error
    if (
        not phonenumbers.is_valid_number_for_region(number, settings.PHONE_COUNTRY)
        or phonenumbers.number_type(number) not in MOBILE
        or number.extension
    ):
        raise ValueError(typed)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def may_send(request: HttpRequest, number: str) -> bool:
    """Whether another text may go out for this number, to this address, in this hour; counts it if so."""
    everybody = {"hour": f"{settings.SMS_PER_HOUR}/h/key"}
    return bool(
        ratelimit.consume(request, app="portal.sms", action="number", config=LIMITS, key=number)
        and ratelimit.consume(request, app="portal.sms", action="place", config=LIMITS)
        and ratelimit.consume(request, app="portal.sms", action="hour", config=everybody, key="everybody")
    )


def send_now(text: str, number: str, language: str, **context: object) -> bool:
    """Sends `templates/sms/<text>.txt`; False when the gateway did not take it."""
    with override(language):
        words = " ".join(render_to_string(f"sms/{text}.txt", context).split())
    try:
        cast("Sender", import_string(settings.SMS_SENDER)()).send(number, words)
    except OSError as error:
        logger.error("a text could not be sent (%s: %s)", text, type(error).__name__)
        return False
    return True
