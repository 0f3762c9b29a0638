"""Where a person is logged in: a row a browser, kept by allauth, seen at most once an hour, and ended by its owner."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import DatabaseError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from portal.accounts.devices import device_named
from portal.accounts.models import User

SEEN = "seen"
STEP = 60 * 60  # seconds: a page costs no write within the hour
AT_ONCE = 20  # more log-ins than that end the oldest


@dataclass(frozen=True)
class Place:
    """One browser in which a person is logged in, in words."""

    pk: int
    device: str
    address: str
    since: datetime
    seen: datetime
    is_this: bool


def begin(request: HttpRequest, user: User) -> None:
    """Called at the log-in, before allauth writes its row: the session is watched, and the oldest of too many end."""
    request.session[SEEN] = int(time.time())
    end(rows_of(user)[AT_ONCE - 1 :])


def rows_of(user: User) -> QuerySet[UserSession]:
    """The newest first."""
    return UserSession.objects.filter(user=user).order_by("-last_seen_at", "-pk")


def places_of(request: HttpRequest) -> list[Place]:
    """Where the person who asks is logged in now, this browser first."""
    person = cast("User", request.user)
    live = {row.pk for row in UserSession.objects.purge_and_list(person)}
    here = request.session.session_key
    places = [_place(row, here) for row in rows_of(person)[: AT_ONCE + 1] if row.pk in live]
    return sorted(places, key=lambda place: not place.is_this)


def _place(row: UserSession, here: str | None) -> Place:
    is_this = row.session_key == here
    return Place(row.pk, device_named(row.user_agent), row.ip, row.created_at, row.last_seen_at, is_this)


def end(rows: QuerySet[UserSession]) -> int:
    """Logs those browsers out; how many they were."""
    ended = list(rows.values_list("pk", "session_key"))
    Session.objects.filter(session_key__in=[key for _pk, key in ended]).delete()
    UserSession.objects.filter(pk__in=[pk for pk, _key in ended]).delete()
    return len(ended)


def purge() -> int:
    """Forgets what has ended by itself: sessions that are over, and the rows about them; how many rows."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    gone, _by_model = UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return gone


def last_seen(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: writes down, at most once an hour, that a session is in use, from where and with what."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.session.accessed and not request.session.is_empty():
            _note(request)
        return response

    return middleware


def _note(request: HttpRequest) -> None:
    said = request.headers.get("User-Agent", "")[: UserSession._meta.get_field("user_agent").max_length]
    try:
        now, seen = int(time.time()), request.session.get(SEEN)
        if seen is None or now - seen < STEP:
            return
        row = UserSession.objects.filter(session_key=request.session.session_key)
        row.update(last_seen_at=timezone.now(), ip=get_adapter().get_client_ip(request), user_agent=said)
    except DatabaseError:  # pages go on while the database is away
        return
    request.session[SEEN] = now
