"""HTTP for the log-in with the nation's identity service: the way there, and the way back."""

import logging
import time

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, translate_url
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.accounts import entrance, log_ins
from portal.accounts.identity import people, provider, tokens
from portal.accounts.identity.people import Shown
from portal.accounts.models import User

logger = logging.getLogger(__name__)
KEY = "identity"
HOLDS = 15 * 60  # seconds to come back from the provider


@never_cache
@require_safe
def begin(request: HttpRequest) -> HttpResponse:
    """To the provider, and back to where the person wanted to go."""
    if request.user.is_authenticated:
        return redirect(get_adapter().get_login_redirect_url(request))
    return _leave(request, get_next_redirect_url(request) or "", links=False)


@never_cache
@login_required
@reauthentication_required
@require_safe
def begin_linking(request: HttpRequest) -> HttpResponse:
    """The same for somebody logged in, to open this account with it from now on."""
    return _leave(request, reverse("account_profile"), links=True)


@never_cache
@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """What came back from the provider: believed or not, and whose account it opens."""
    _offered()
    came = request.session.pop(KEY, None)
    try:
        shown = _believed(request, came)
    except provider.Refused as reason:
        return _failed(request, str(reason))
    if came["links"]:
        return _linked(request, shown)
    if request.user.is_authenticated:
        return redirect(get_adapter().get_login_redirect_url(request))
    return (
        _known(request, shown, came["next"])
        or _ask_for_proof(request, shown, came["next"])
        or _new(request, shown, came["next"])
    )


def _offered() -> None:
    if not provider.is_offered():
        raise Http404


def _leave(request: HttpRequest, next_url: str, *, links: bool) -> HttpResponse:
    _offered()
    limited = {"app": "allauth.account", "action": "login", "limit_get": True}
    if blocked := ratelimit.consume_or_429(request, **limited):
        return blocked
    leaving = provider.going(next_url, links, time.time())
    try:
        place = provider.address_for(leaving, _callback())
    except provider.Refused as reason:
        return _failed(request, str(reason))
    request.session[KEY] = leaving.as_dict()
    return redirect(place)


def _callback() -> str:
    """One address for all languages, as the provider has it in its list."""
    place = reverse("account_identity_back")
    return settings.ORIGIN + translate_url(place, settings.LANGUAGE_CODE)


def _believed(request: HttpRequest, came: dict[str, object] | None) -> Shown:
    """Raises Refused with the reason."""
    if came is None or time.time() - float(str(came["at"])) > HOLDS:
        raise provider.Refused("nobody left from this browser just now")
    if not constant_time_compare(request.GET.get("state", ""), str(came["state"])):
        raise provider.Refused("another state")
    if "error" in request.GET or not request.GET.get("code"):
        raise provider.Refused(f"the provider said {request.GET.get('error', 'nothing')[:40]!r}")
    token = provider.token_for(request.GET["code"], str(came["verifier"]), _callback())
    return Shown.by(tokens.claims_of(token, provider.keys(), str(came["nonce"])))


def _failed(request: HttpRequest, reason: str) -> HttpResponse:
    logger.warning("a log-in by the identity service failed (%s)", reason)
    log_ins.failed(request, None, "identity")
    words = _("The log-in with %(service)s did not work. Try again, or log in another way.")
    messages.warning(request, words % {"service": provider.name()})
    return redirect("account_profile" if request.user.is_authenticated else "account_login")


def _linked(request: HttpRequest, shown: Shown) -> HttpResponse:
    if not request.user.is_authenticated:
        return _failed(request, "logged out meanwhile")
    if people.link(request, request.user, shown):
        words = _("From now on you can log in with %(service)s.")
        messages.success(request, words % {"service": provider.name()})
    else:
        words = _("Your identity at %(service)s opens another account already.")
        messages.warning(request, words % {"service": provider.name()})
    return redirect("account_profile")


def _known(request: HttpRequest, shown: Shown, next_url: str) -> HttpResponse | None:
    user = people.known_by(shown)
    return _go_in(request, user, next_url) if user else None


def _ask_for_proof(request: HttpRequest, shown: Shown, next_url: str) -> HttpResponse | None:
    """The account with that address opens only for who reads its mail, or has its password or passkey."""
    if not people.wait_for_proof(request, shown):
        return None
    words = _(
        "There is an account with your address %(email)s already. Log in to it this once, and both belong together."
    )
    messages.info(request, words % {"email": shown.email})
    try:
        entrance.SentCode.begin(request, shown.email, entrance.KEY, next=next_url)
    except ValidationError as error:
        messages.warning(request, error.messages[0])
        return redirect("account_login")
    return redirect("account_confirm_login_code")


def _new(request: HttpRequest, shown: Shown, next_url: str) -> HttpResponse:
    messages.success(request, _("Your account is made. What you learn is kept on every device."))
    return _go_in(request, people.made_for(shown), next_url, signup=True)


def _go_in(request: HttpRequest, user: User, next_url: str, *, signup: bool = False) -> HttpResponse:
    record_authentication(request, user, method="identity", reauthenticated=True)
    response: HttpResponse = perform_login(request, Login(user=user, redirect_url=next_url or None, signup=signup))
    return response
