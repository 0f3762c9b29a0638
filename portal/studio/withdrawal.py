"""Taking drafts back out of review, so that they can be changed."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.accounts.rights import is_superuser
from portal.studio import releases
from portal.studio.lesson_page import release_holding
from portal.studio.models import Release
from portal.studio.refusals import ReleaseError


class NotTheirs(ReleaseError):
    """A release is withdrawn by whoever sent it."""


def may_withdraw(person: Any, release: Release) -> bool:
    return release.state in releases.UNDER_WAY and (release.author_id == person.pk or is_superuser(person))


def withdraw(person: User, release: Release) -> None:
    """Raises NotTheirs, or WrongState where it is under review no longer."""
    if release.state in releases.UNDER_WAY and not may_withdraw(person, release):
        raise NotTheirs(_("Only its author can withdraw this release. A reviewer can send it back."))
    releases.withdraw(release, person)


def withdraw_holding(request: HttpRequest, rows: Iterable[Any]) -> None:
    """Withdraw the release under review that holds these drafts, if one does."""
    person: Any = request.user
    release = release_holding([row for row in rows if row])
    if release:
        withdraw(person, release)
