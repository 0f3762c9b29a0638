"""Whose learning a reader may have counted, and the places that they may choose from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from portal.accounts.branches import Branches, organisations_open_to, regions_open_to
from portal.accounts.models import User
from portal.accounts.rights import Person, people_in_scope, sees_everybody
from portal.accounts.trees import Place, organisation_tree
from portal.reports.completion import Whose
from portal.reports.counts.figures import Where


@dataclass(frozen=True)
class Scope:
    """`everyone`: guests without an account are counted too.

    `organisations` and `regions` are those whose people the reader may see. `told_organisations` are those by which
    figures may be told: who administers regions alone sees their people by any organisation, and nobody else's.
    """

    reader: Person
    today: date
    everyone: bool
    organisations: Branches
    regions: Branches
    told_organisations: Branches

    @property
    def is_of_regions(self) -> bool:
        """Whether all that the reader may see are the people of regions."""
        return not self.everyone and bool(self.regions.tops) and not self.organisations.tops

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
        """Those in both places, of which None is any that the reader may see."""
        regions = [region] if region else self.regions.tops if self.is_of_regions else None
        return Where(
            None if regions is None else _below(self.regions, regions),
            _below(self.told_organisations, [organisation]) if organisation else None,
        )

    def people(self, day: date) -> QuerySet[User] | None:
        """Who belonged to the places on that day; None for everyone."""
        return None if self.everyone else people_in_scope(self.reader, self.today, belonging=day)


def scope_of(user: Person, today: date, language: str) -> Scope:
    """What this person may see on that day, its places named in the language."""
    everyone = sees_everybody(user, today)
    organisations = organisations_open_to(user, today, language)
    regions = regions_open_to(user, today, language)
    told = organisations
    if regions.tops and not everyone and not organisations.tops:
        tree = organisation_tree(language)
        told = Branches(tree, tuple(tree.children(None)))
    return Scope(user, today, everyone, organisations, regions, told)


def _below(branches: Branches, places: Iterable[Place]) -> frozenset[int]:
    return branches.tree.below(places)
