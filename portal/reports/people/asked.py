"""What a list of people is asked about: who reads it, and which places, course and days were chosen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Q, QuerySet

from lessons.titles import TitledCourse
from portal.accounts.models import Membership, Residence, User
from portal.accounts.periods import as_of
from portal.accounts.trees import Place, Tree, organisation_tree
from portal.reports.counts.concerns import is_prepared
from portal.reports.counts.reading import people as counted_people
from portal.reports.due_days import DueDays, due_days
from portal.reports.models import Concern
from portal.reports.scope import Scope

FEW_PEOPLE = 3_000  # of so many it is asked as things stand


@dataclass(frozen=True)
class AskedPeople:
    """`courses` are those that can be taken, or the one that was chosen; `days` is how far the list looks ahead."""

    scope: Scope
    courses: tuple[TitledCourse, ...]
    days: int
    language: str
    organisation: Place | None = None
    region: Place | None = None

    @property
    def today(self) -> date:
        return self.scope.today

    @property
    def horizon(self) -> date:
        """The last day that the list looks at."""
        return self.today + timedelta(days=self.days)

    @cached_property
    def tree(self) -> Tree:
        """All organisations, of which the reader may open some; somebody in a region may belong to any."""
        known = self.scope.organisations.tree
        return known if known.places else organisation_tree(self.language)

    @cached_property
    def places(self) -> frozenset[int] | None:
        """The organisations whose members are listed as such; None for all of them."""
        if self.organisation:
            return self.tree.below([self.organisation])
        if self.scope.everyone:
            return None
        return self.scope.organisations.tree.below(self.scope.organisations.tops)

    @cached_property
    def due(self) -> DueDays:
        """What the places ask, and with a role over a region what any organisation asks."""
        among = None if self._sees_residents else self.places
        return due_days(self.tree, among, (course.pk for course in self.courses))

    @cached_property
    def of_many(self) -> bool:
        """Whether so many are asked about, as far as is known from the last count, that what was prepared is read."""
        whose = self.scope.whose(self.organisation, self.region)
        number = sum(sign * counted_people(where, self.today) for sign, where in whose)
        return number > FEW_PEOPLE and is_prepared(self.today)

    def memberships(self) -> QuerySet[Membership]:
        """Those of today that the reader may know of."""
        rows = Membership.objects.filter(as_of(self.today))
        if self.places is None:
            return rows
        inside = Q(organisation__among=self.places)
        return rows.filter(inside | Q(user__in=self._residents()) if self._sees_residents else inside)

    def seats(self) -> QuerySet[Membership]:
        """The same where only `people()` and places that `due` knows are looked at: these are the reader's already."""
        sees_both = self._sees_residents and bool(self.places)
        return self.memberships() if sees_both else Membership.objects.filter(as_of(self.today))

    def concerns(self) -> QuerySet[Concern]:
        """Of what was prepared: what is about the courses, and about people and places that the reader may know of."""
        rows = Concern.objects.filter(course__in=[course.pk for course in self.courses])
        if self.region:
            rows = rows.filter(region__among=self.scope.regions.tree.below([self.region]))
        if self.places is None:
            return rows
        inside = Q(organisation__among=self.places)
        if not self._sees_residents:
            return rows.filter(inside)
        here = Q(region__among=self.scope.regions.tree.below(self.scope.regions.tops))
        return rows.filter(inside | here if self.places else here)

    def people(self) -> QuerySet[User]:
        """Whom the reader may see of those who were asked for; closed accounts are left out."""
        people = User.objects.filter(is_active=True, erase_on=None)
        if self.region:
            inside = self.scope.regions.tree.below([self.region])
            people = people.filter(pk__in=_living_in(inside, self.today))
        if self.organisation or (not self.scope.everyone and not self._sees_residents):
            return people.filter(pk__in=self._members())
        if self.scope.everyone:
            return people
        if not self.places:  # no database joins what is asked with an OR
            return people.filter(pk__in=self._residents())
        return people.filter(Q(pk__in=self._members()) | Q(pk__in=self._residents()))

    @property
    def _sees_residents(self) -> bool:
        return not self.scope.everyone and not self.organisation and bool(self.scope.regions.tops)

    def _members(self) -> QuerySet[Membership, int]:
        rows = Membership.objects.filter(as_of(self.today), organisation__among=self.places or set())
        return rows.values_list("user", flat=True)

    def _residents(self) -> QuerySet[Residence, int]:
        return _living_in(self.scope.regions.tree.below(self.scope.regions.tops), self.today)


def _living_in(regions: Iterable[int], day: date) -> QuerySet[Residence, int]:
    return Residence.objects.filter(as_of(day), region__among=set(regions)).values_list("user", flat=True)
