"""Who has shown that a closed account is theirs, and has not yet said whether to keep it: known by their session."""

import time

from django.http import HttpRequest

from portal.accounts.models import User

KEY = "returning"
HOLDS = 15 * 60  # seconds


def await_answer(request: HttpRequest, user: User) -> None:
    """From now on this browser may say whether the account is kept. It is not logged in."""
    request.session.cycle_key()
    request.session[KEY] = {"user": user.pk, "at": int(time.time())}


def returning(request: HttpRequest) -> User | None:
    """Whose closed account this browser may keep; None where there is none any more, or it has waited too long."""
    waiting = request.session.get(KEY)
    if not waiting or time.time() > waiting["at"] + HOLDS:
        return None
    return User.objects.filter(pk=waiting["user"], erase_on__isnull=False).first()


def forget(request: HttpRequest) -> None:
    request.session.pop(KEY, None)
