from typing import Any

from allauth.account.adapter import get_adapter
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest

from portal.accounts.models import AuditEntry, User


def record(by: HttpRequest | User | None, deed: str, subject: object = "", **detail: Any) -> AuditEntry:
    """Write down who did what: `record(request, "report.exported", "ES-1", rows=12)`.

    `by` is the request it was done in, the person, or None for the portal itself; `detail` must be JSON.
    """
    request = by if isinstance(by, HttpRequest) else None
    actor = request.user if request else by
    return AuditEntry.objects.create(
        actor=actor if isinstance(actor, User) else None,
        deed=deed,
        subject=str(subject)[:200],
        address=_address(request) if request else None,
        detail=detail,
    )


def _address(request: HttpRequest) -> str | None:
    """Where the request came from; None when that cannot be known."""
    try:
        address: str = get_adapter().get_client_ip(request)
    except (PermissionDenied, ImproperlyConfigured):
        return None
    return address
