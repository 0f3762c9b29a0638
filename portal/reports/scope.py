"""Whose learning a reader may have counted, and the places that they may choose from."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from portal.accounts.branches import Branches, organisations_open_to, regions_open_to
from portal.accounts.models import User
from portal.accounts.rights import Person, people_in_scope, sees_everybody


@dataclass(frozen=True)
class Scope:
    """`everyone`: guests without an account are counted too."""

    reader: Person
    today: date
    everyone: bool
    organisations: Branches
    regions: Branches

    @property
    def places(self) -> tuple[str, ...]:
        """Names of the places whose people are counted; none where everyone is."""
        if self.everyone:
            return ()
        return tuple(place.name for place in (*self.organisations.tops, *self.regions.tops))

    def people(self, day: date) -> QuerySet[User] | None:
        """Who belonged to the places on that day; None for everyone."""
        return None if self.everyone else people_in_scope(self.reader, self.today, belonging=day)


def scope_of(user: Person, today: date, language: str) -> Scope:
    """What this person may see on that day, its places named in the language."""
    return Scope(
        user,
        today,
        sees_everybody(user, today),
        organisations_open_to(user, today, language),
        regions_open_to(user, today, language),
    )
