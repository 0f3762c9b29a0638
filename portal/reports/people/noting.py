"""That somebody looked at people by name is written down, once a day for each thing that was asked for."""

from django.http import HttpRequest
from django.utils import timezone
from django.utils.http import urlencode

from portal.accounts.audit import record
from portal.accounts.models import AuditEntry

VIEWED = "people.viewed"


def note_viewed(request: HttpRequest, report: str, asked: dict[str, str]) -> None:
    """Leafing through the pages of one list adds no entry."""
    subject = f"{report}?{urlencode(sorted(asked.items()))}"[:200].rstrip("?")
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    seen = AuditEntry.objects.filter(at__gte=today, actor=request.user.pk, deed=VIEWED, subject=subject)
    if not seen.exists():
        record(request, VIEWED, subject, asked=asked)
