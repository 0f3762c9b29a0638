"""A check that was shown but not begun: its draw travels signed in the form, bound to one browser."""

import hashlib
import secrets
from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest
from django.middleware.csrf import get_token

from quizzes.draws import Drawn
from quizzes.models import Quiz

SALT = "quizzes.started"
MAX_AGE = 60 * 60 * 24


@dataclass(frozen=True)
class Started:
    """What the form carries: the draw, its seed, and a nonce that can begin one attempt only."""

    quiz: int
    edition: int
    seed: str
    nonce: str
    drawn: tuple[Drawn, ...]


class NotYours(Exception):
    """The form was changed, is too old, or was made for another browser; in the last two `started` is what it held."""

    def __init__(self, started: Started | None = None) -> None:
        super().__init__()
        self.started = started


def new_nonce() -> str:
    return secrets.token_hex(16)


def seal(started: Started, request: HttpRequest) -> str:
    """The signed token for this browser; makes the CSRF cookie that binds it."""
    get_token(request)
    items = [[item.version, item.option_order] for item in started.drawn]
    body = [started.quiz, started.edition, started.seed, started.nonce, items, _browser(request)]
    return signing.dumps(body, salt=SALT, compress=True)


def unseal(token: str, quiz: Quiz, request: HttpRequest) -> Started:
    """What `seal` sealed; raises NotYours."""
    try:
        quiz_id, edition, seed, nonce, items, browser = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError) as error:
        raise NotYours from error
    if quiz_id != quiz.pk:
        raise NotYours
    started = Started(quiz_id, edition, seed, nonce, tuple(Drawn(*item) for item in items))
    if _is_old(token) or not secrets.compare_digest(browser, _browser(request)):
        raise NotYours(started)
    return started


def _is_old(token: str) -> bool:
    try:
        signing.loads(token, salt=SALT, max_age=MAX_AGE)
    except signing.SignatureExpired:
        return True
    return False


def _browser(request: HttpRequest) -> str:
    return hashlib.blake2b(request.META.get("CSRF_COOKIE", "").encode(), digest_size=12).hexdigest()
