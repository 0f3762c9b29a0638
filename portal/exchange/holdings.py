"""What course packages hold about a person: what they have sent and not yet read in."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.accounts.holdings import Row
from portal.accounts.holdings import register as hold
from portal.accounts.models import User
from portal.accounts.retention import Kept, of_rows
from portal.accounts.retention import register as retain
from portal.exchange.models import WaitingPackage


def _packages(user: User) -> Iterable[Row]:
    return WaitingPackage.objects.filter(sent_by=user).order_by("sent_at").values("name", "size", "sha256", "sent_at")


def _forgotten(before: datetime) -> QuerySet[WaitingPackage]:
    return WaitingPackage.objects.filter(sent_at__lt=before)


def register() -> None:
    hold("packages", _packages, _("The packages that you have sent and not yet read in."))
    sent = _("Course packages that were sent and not read in")
    retain(of_rows("packages", Kept(days=1), sent, _("They are deleted."), _forgotten))
