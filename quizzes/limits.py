"""How often one network address may do something; generous, because a school or a camp may share one."""

import hashlib

from django.core.cache import cache
from django.http import HttpRequest

MOST = 3000
SECONDS = 600


def may_make_guest(request: HttpRequest) -> bool:
    """Counts one; False once the address has made too many within ten minutes."""
    return within(request, "guests", MOST, SECONDS)


def within(request: HttpRequest, what: str, most: int, seconds: int) -> bool:
    """Counts one of what is named; False once the address has done it more than `most` times within `seconds`."""
    address = hashlib.blake2b(request.META.get("REMOTE_ADDR", "").encode(), digest_size=8).hexdigest()
    key = f"{what}-{address}"
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) <= most
    except ValueError:
        return True
