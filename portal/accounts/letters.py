"""Letters: the portal's e-mails, each in the language of the person written to, sent by a background task.

A letter is three templates, `templates/letters/<letter>.subject.txt`, `.txt` and `.html`. What they are told must be
JSON: ids, names, numbers; a name that ends in `_on` is a day as `2026-11-24`, and `url` is one of our own addresses.
`lines` is a list of such words, each a line with names and a `url` of its own. `stop_url` is where letters that come
again are ended (`unsubscribing.stop_address`).
"""

import logging
from datetime import date, timedelta
from functools import partial
from typing import Any, cast
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.http.request import validate_host
from django.template.loader import render_to_string
from django.urls import translate_url
from django.utils import timezone
from django.utils.translation import get_language, get_language_bidi, get_language_from_path, override
from django_tasks import TaskResultStatus, task

from portal.accounts.models import User
from portal.accounts.unsubscribing import stop_headers

logger = logging.getLogger(__name__)
PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=3), timedelta(hours=12))
FIRST_STRONG, END = "\u2068", "\u2069"
# Codes and links stand alone in their line of the text, where nothing turns them round and nothing is copied with them.
AS_THEY_ARE = ("url", "stop_url", "code", "home", "host", "LANGUAGE_CODE", "dir", "start")

ALSO_WHEN_CLOSED = ("closing",)


def send(letter: str, to: User | str, language: str | None = None, **context: Any) -> None:
    """Sends the letter once what is being saved around this call is saved; nothing to a person without an address.

    Nor to one whose account is closed, but for the letter that tells so. Raises ValueError for a `url` that is not
    ours. A mail server that is away is logged, or tried again by the worker.
    """
    posting = _addressed(letter, to, language, context)
    if not posting[1]:
        return
    if settings.WORKER:  # a row, which is saved or forgotten with the rest
        _hand_over(*posting)
    else:
        transaction.on_commit(partial(_hand_over, *posting), robust=True)


def send_now(letter: str, to: User | str, language: str | None = None, **context: Any) -> bool:
    """Sends the letter without waiting for a transaction; False when it could not be sent just now."""
    posting = _addressed(letter, to, language, context)
    return bool(posting[1]) and _hand_over(*posting)


@task()
def deliver(letter: str, address: str, language: str, context: dict[str, Any], attempt: int = 0) -> bool:
    """Whether the mail server took the letter; with a worker another try follows later when it did not."""
    try:
        message(letter, address, language, context).send()
    except OSError as error:  # every smtplib.SMTPException is one
        logger.error("a letter could not be sent (%s: %s, try %d)", letter, type(error).__name__, attempt + 1)
        if settings.WORKER and attempt < len(PAUSES):
            later = deliver.using(run_after=timezone.now() + PAUSES[attempt])
            later.enqueue(letter, address, language, context, attempt + 1)
        return False
    return True


def message(letter: str, address: str, language: str, context: dict[str, Any]) -> EmailMultiAlternatives:
    """The e-mail itself: text and HTML."""
    days = {name: date.fromisoformat(value) for name, value in context.items() if name.endswith("_on") and value}
    with override(language):
        words = context | days | _surroundings(address)
        plain = _isolated(words)
        subject = render_to_string(f"letters/{letter}.subject.txt", plain)
        text = render_to_string(f"letters/{letter}.txt", plain)
        html = render_to_string(f"letters/{letter}.html", words | {"subject": _one_line(subject)})
    headers = {"Content-Language": language, "Auto-Submitted": "auto-generated"}
    if "stop_url" in context:
        headers |= stop_headers(context["stop_url"])
    mail = EmailMultiAlternatives(_one_line(subject), text.strip() + "\n", to=[address], headers=headers)
    mail.attach_alternative(html, "text/html")
    return mail


def _addressed(
    letter: str, to: User | str, language: str | None, context: dict[str, Any]
) -> tuple[str, str, str, dict[str, Any]]:
    address = _address_of(letter, to) if isinstance(to, User) else to
    language = language or (to.language if isinstance(to, User) else get_language()) or settings.LANGUAGE_CODE
    return letter, address, language, _leading(context, language)


def _address_of(letter: str, person: User) -> str:
    is_quiet = person.is_closed and letter not in ALSO_WHEN_CLOSED
    return "" if is_quiet else str(person.email or "")


def _hand_over(letter: str, address: str, language: str, context: dict[str, Any]) -> bool:
    result = deliver.enqueue(letter, address, language, context)
    return result.status is TaskResultStatus.READY or (
        result.status is TaskResultStatus.SUCCESSFUL and cast("bool", result.return_value)
    )


def _leading(words: dict[str, Any], language: str) -> dict[str, Any]:
    urls = {name: _ours(words[name], language) for name in ("url", "stop_url") if name in words}
    lines = {"lines": [_leading(line, language) for line in words["lines"]]} if "lines" in words else {}
    return words | urls | lines


def _ours(url: str, language: str) -> str:
    """The address with our host before it, in the language of the letter."""
    absolute = urljoin(settings.ORIGIN, url)
    if not validate_host(urlsplit(absolute).hostname or "", settings.ALLOWED_HOSTS):
        raise ValueError(f"a letter leads to {urlsplit(absolute).hostname}, which is not ours")
    with override(get_language_from_path(urlsplit(absolute).path) or language):  # addresses are known in their language
        return str(translate_url(absolute, language))


def _surroundings(address: str) -> dict[str, Any]:
    right_to_left = get_language_bidi()
    return {
        "LANGUAGE_CODE": get_language(),
        "dir": "rtl" if right_to_left else "ltr",
        "start": "right" if right_to_left else "left",
        "address": address,
        "home": urljoin(settings.ORIGIN, f"/{get_language()}/"),
        "host": urlsplit(settings.ORIGIN).netloc,
    }


def _isolated(words: dict[str, Any]) -> dict[str, Any]:
    """In right-to-left text names and addresses keep their own direction; HTML does the same with <bdi>."""
    if not get_language_bidi():
        return words
    names = {name: value for name, value in words.items() if isinstance(value, str) and name not in AS_THEY_ARE}
    lines = {"lines": [_isolated(line) for line in words["lines"]]} if "lines" in words else {}
    return words | {name: f"{FIRST_STRONG}{value}{END}" for name, value in names.items()} | lines


def _one_line(subject: str) -> str:
    return " ".join(subject.split())
