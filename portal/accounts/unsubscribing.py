"""Ending letters that come again, by a signed link that works without a log-in, and with one click (RFC 8058).

A room whose letters come again registers their kind and sends each with `stop_url=stop_address(…)`: the letter then
names the link below its text and in the headers by which mail programs offer a button of their own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from portal.accounts.models import User

ONE_CLICK = ("List-Unsubscribe", "One-Click")
_signer = Signer(salt="portal.accounts.unsubscribing")


@dataclass(frozen=True)
class Kind:
    """A sort of letters about some object, such as a saved view, or about 0 where there is but one for a person.

    `named(user, object_id)` says in the reader's language what comes to them, None where it comes no longer;
    `stop(user, object_id)` ends it, and does nothing where it has ended.
    """

    named: Callable[[User, int], Any]
    stop: Callable[[User, int], None]


_kinds: dict[str, Kind] = {}


def register(kind: str, named: Callable[[User, int], Any], stop: Callable[[User, int], None]) -> None:
    """To be called when the room's app is ready. The word travels in letters and must stay what it is."""
    _kinds[kind] = Kind(named, stop)


def stop_address(user: User, kind: str, object_id: int = 0) -> str:
    """The page of ours that ends these letters; it neither expires nor opens anything else. KeyError: no such kind."""
    if kind not in _kinds:
        raise KeyError(kind)
    return reverse("account_stop_letters", args=[_signer.sign_object([user.pk, kind, object_id])])


def stop_headers(url: str) -> dict[str, str]:
    """What the letter's headers say of the whole address."""
    return {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "=".join(ONE_CLICK)}


@csrf_exempt  # a mail program posts without a cookie of ours; the signature says that the letter's reader asks
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_letters(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks and changes nothing, since mail programs look at links before people do; POST ends the letters."""
    user, kind, object_id = _read(token)
    if request.method != "POST":
        comes = kind.named(user, object_id) if user else None
        return render(request, "accounts/stop_letters.html", {"comes": comes, "token": token})
    if user:
        kind.stop(user, object_id)
    name, value = ONE_CLICK
    if request.POST.get(name) == value:  # mail programs follow no redirect
        return HttpResponse(status=204)
    return redirect("account_stop_letters", token)


def _read(token: str) -> tuple[User | None, Kind, int]:
    """The person, None where they are gone; raises Http404 for what we have not signed, or of no such kind."""
    try:
        user_id, kind, object_id = _signer.unsign_object(token)
        return User.objects.filter(pk=user_id).first(), _kinds[kind], object_id
    except (BadSignature, KeyError):
        raise Http404 from None
