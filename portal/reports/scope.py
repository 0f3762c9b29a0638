"""Whose learning a reader may have counted, and the places that they may choose from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from portal.accounts.branches import Branches, organisations_open_to, regions_open_to
from portal.accounts.models import User
from portal.accounts.rights import Person, people_in_scope, sees_everybody
from portal.accounts.trees import Place
from portal.reports.completion import Whose
from portal.reports.counts.figures import Where


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

    def whose(self, organisation: Place | None, region: Place | None) -> Whose:
        """Whose figures are told: of those in the chosen places, which are in scope, or of everybody in scope.

        Who is in scope for an organisation and for a region is there once: those who are in both are taken away.
        """
        if self.everyone or organisation or region:
            return ((1, self.where(organisation, region)),)
        organisations = _below(self.organisations, self.organisations.tops)
        regions = _below(self.regions, self.regions.tops)
        parts = [Where(organisations=organisations)] if organisations else []
        parts += [Where(regions=regions)] if regions else []
        both = ((-1, Where(regions, organisations)),) if len(parts) == 2 else ()
        return (*((1, part) for part in parts), *both)

    def where(self, organisation: Place | None, region: Place | None) -> Where:
        """Those in both places, of which None is any."""
        return Where(
            _below(self.regions, [region]) if region else None,
            _below(self.organisations, [organisation]) if organisation else None,
        )

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


def _below(branches: Branches, places: Iterable[Place]) -> frozenset[int]:
    return branches.tree.below(places)
