"""How many guests one network address may make; generous, because a school or a camp may share one."""

import hashlib

from django.core.cache import cache
from django.http import HttpRequest

MOST = 3000
SECONDS = 600


def may_make_guest(request: HttpRequest) -> bool:
    """Counts one; False once the address has made too many within ten minutes."""
    address = hashlib.blake2b(request.META.get("REMOTE_ADDR", "").encode(), digest_size=8).hexdigest()
    key = f"guests-{address}"
    cache.add(key, 0, SECONDS)
    try:
        return cache.incr(key) <= MOST
    except ValueError:
        return True
