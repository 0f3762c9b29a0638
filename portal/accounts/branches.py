"""The parts of the trees of organisations and regions that are open to a person by their roles."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from portal.accounts.rights import Person, grants_over_people, sees_everybody
from portal.accounts.trees import Place, Tree, organisation_tree, region_tree


@dataclass(frozen=True)
class Branches:
    """These places and all below them."""

    tree: Tree
    tops: tuple[Place, ...] = ()

    def walk(self) -> Iterator[tuple[int, Place]]:
        """Every place with its depth, a place before those below it."""
        return self.tree.walk(self.tops)

    def find(self, code: str) -> Place | None:
        """The place of that code, if it is open to the person."""
        place = self.tree.by_code.get(code)
        return place if place and self._is_open(place) else None

    def meant(self, typed: str) -> list[Place]:
        """The places of this code, else those of this name; capital letters or small ones."""
        wanted = typed.strip()
        return self._open(self.tree.coded(wanted)) or self._open(self.tree.named(wanted))

    def named_like(self, typed: str) -> list[Place]:
        """The places whose name holds this, as a search would find it."""
        return self._open(self.tree.named_like(typed))

    def _open(self, places: Iterable[Place]) -> list[Place]:
        return [place for place in places if self._is_open(place)]

    def _is_open(self, place: Place) -> bool:
        return any(above.pk in self._tops for above in self.tree.line(place))

    @cached_property
    def _tops(self) -> frozenset[int]:
        return frozenset(top.pk for top in self.tops)

    def way_to(self, place: Place) -> list[Place]:
        """From the highest place that is open to the person down to this one."""
        line = self.tree.line(place)
        start = next(index for index, above in enumerate(line) if above in self.tops)
        return line[start:]


def organisations_open_to(user: Person, today: date, language: str) -> Branches:
    """The organisations whose members this person may see on that day, named in the language."""
    granted = {grant.organisation_id for grant in grants_over_people(user, today) if grant.organisation_id}
    return _branches(organisation_tree, granted, language, everyone=sees_everybody(user, today))


def regions_open_to(user: Person, today: date, language: str) -> Branches:
    """The regions whose residents this person may see on that day, named in the language."""
    granted = {grant.region_id for grant in grants_over_people(user, today) if grant.region_id}
    return _branches(region_tree, granted, language, everyone=sees_everybody(user, today))


def _branches(read: Callable[[str], Tree], granted: Iterable[int], language: str, *, everyone: bool) -> Branches:
    """A tree of which the person may open nothing is not read."""
    if not everyone and not granted:
        return Branches(Tree(()))
    tree = read(language)
    return Branches(tree, tuple(tree.children(None) if everyone else tree.highest(granted)))
