"""Whose learning a reader may have counted, and the places that they may choose from."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from portal.accounts.models import User
from portal.accounts.rights import Person, grants_over_people, people_in_scope, sees_everybody
from portal.accounts.trees import Place, Tree, organisation_tree, region_tree


@dataclass(frozen=True)
class Branches:
    """The part of a tree that is open to a reader: these places and all below them."""

    tree: Tree
    tops: tuple[Place, ...] = ()

    def walk(self) -> Iterator[tuple[int, Place]]:
        return self.tree.walk(self.tops)

    def way_to(self, place: Place) -> list[Place]:
        """From the highest place that the reader may open down to this one."""
        line = self.tree.line(place)
        start = next(index for index, above in enumerate(line) if above in self.tops)
        return line[start:]


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
    everyone = sees_everybody(user, today)
    grants = grants_over_people(user, today)
    organisations = {grant.organisation_id for grant in grants if grant.organisation_id}
    regions = {grant.region_id for grant in grants if grant.region_id}
    return Scope(
        user,
        today,
        everyone,
        _branches(organisation_tree, organisations, language, everyone=everyone),
        _branches(region_tree, regions, language, everyone=everyone),
    )


def _branches(read: Callable[[str], Tree], pks: Iterable[int], language: str, *, everyone: bool) -> Branches:
    """A tree of which the reader may open nothing is not read."""
    if not everyone and not pks:
        return Branches(Tree(()))
    tree = read(language)
    return Branches(tree, tuple(tree.children(None) if everyone else tree.highest(pks)))
