"""How often a code may be wrong. A school or a camp may share one address, so an address may be wrong often."""

from allauth.core.internal import ratelimit
from django.http import HttpRequest

ACTION = "join_code"
BY_NETWORK = {ACTION: "120/h/ip"}
BY_PERSON = {ACTION: "120/h/ip,10/h/user"}


def may_guess(request: HttpRequest) -> bool:
    """Whether this person and this network may still try a code."""
    return bool(_consume(request, dry_run=True))


def was_wrong(request: HttpRequest) -> None:
    _consume(request, dry_run=False)


def _consume(request: HttpRequest, *, dry_run: bool) -> object:
    config = BY_PERSON if request.user.is_authenticated else BY_NETWORK
    return ratelimit.consume(
        request, app="portal.accounts", action=ACTION, config=config, dry_run=dry_run, limit_get=True
    )
