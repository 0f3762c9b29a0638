"""Whose learning a report counts."""

from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, QuerySet, Subquery
from django.db.models.functions import Coalesce

from lessons.words import in_language
from portal.accounts.models import Organisation, OrganisationText, Region, RegionText, User
from portal.accounts.rights import Person, grants_over_people, people_in_scope, sees_everybody


@dataclass(frozen=True)
class Scope:
    """`people` is None where everyone counts, guests without an account too; `places` are names for the reader."""

    people: QuerySet[User] | None
    places: tuple[str, ...] = ()

    @property
    def everyone(self) -> bool:
        return self.people is None


def scope_of(user: Person, today: date, language: str) -> Scope:
    """The people whom this person may see on that day, and the names of the places they belong to."""
    if sees_everybody(user, today):
        return Scope(None)
    return Scope(people_in_scope(user, today), _places(user, today, language))


def _places(user: Person, today: date, language: str) -> tuple[str, ...]:
    grants = grants_over_people(user, today)
    organisations = Organisation.objects.filter(pk__in={grant.organisation_id for grant in grants})
    regions = Region.objects.filter(pk__in={grant.region_id for grant in grants})
    return (
        *_names(organisations, in_language(OrganisationText.objects.all(), "organisation", "name", language)),
        *_names(regions, in_language(RegionText.objects.all(), "region", "name", language)),
    )


def _names(places: QuerySet[Organisation] | QuerySet[Region], name: Subquery) -> list[str]:
    named = places.annotate(name=Coalesce(name, "code", output_field=CharField()))
    return sorted(named.values_list("name", flat=True))
