"""The organisation that a request is about. What a person does not manage is not there (404)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone

from lessons.words import reader_language
from portal.accounts.branches import Branches, organisations_open_to
from portal.accounts.rights import permission_required
from portal.accounts.trees import Place

manages = permission_required("organisations.manage")


@dataclass(frozen=True)
class Here:
    """The organisation, and what of the tree is open to who asks."""

    branches: Branches
    place: Place
    today: date
    language: str

    def context(self) -> dict[str, Any]:
        return {"organisation": self.place, "trail": self.branches.way_to(self.place)[:-1], "today": self.today}


def here(request: HttpRequest, code: str) -> Here:
    """Raises Http404 for an organisation that this person does not manage, as for one that does not exist."""
    today, language = timezone.localdate(), reader_language()
    branches = organisations_open_to(request.user, today, language)
    place = branches.find(code)
    if place is None:
        raise Http404
    return Here(branches, place, today, language)
