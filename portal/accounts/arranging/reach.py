"""What of the trees a person may arrange: the nation's administrator everything, a manager what is below their own."""

from dataclasses import dataclass
from datetime import date

from django.db import models

from portal.accounts.branches import Branches, organisations_open_to, regions_open_to
from portal.accounts.models import Organisation, OrganisationText, Region, RegionText
from portal.accounts.rights import Person, may_everywhere
from portal.accounts.trees import Place

ARRANGE = "places.arrange"


@dataclass(frozen=True)
class Kind:
    """One of the two trees, under the name that its addresses have."""

    name: str
    owner: str
    places: type[Organisation] | type[Region]
    texts: type[OrganisationText] | type[RegionText]

    @property
    def longest_code(self) -> int:
        field: models.Field = self.places._meta.get_field("code")
        return int(field.max_length or 0)


KINDS = {
    "organisations": Kind("organisations", "organisation", Organisation, OrganisationText),
    "regions": Kind("regions", "region", Region, RegionText),
}


@dataclass(frozen=True)
class Reach:
    """The part of a tree that is open to a person here; `whole` where all of it is."""

    kind: Kind
    branches: Branches
    whole: bool

    def may_change(self, place: Place) -> bool:
        """Whether the person may rename, move and remove it: a manager not what they were given by others."""
        return self.whole or (self.branches.find(place.code) is not None and place not in self.branches.tops)


def reach_of(user: Person, kind: Kind, today: date, language: str) -> Reach | None:
    """None where this person arranges nothing of that kind: regions are the nation's."""
    whole = may_everywhere(user, ARRANGE)
    if kind.places is Region:
        return Reach(kind, regions_open_to(user, today, language), whole) if whole else None
    return Reach(kind, organisations_open_to(user, today, language), whole)
