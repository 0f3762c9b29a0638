"""The trees of organisations and regions: who stands above whom, and what each place is called."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TypeVar

from django.db import connection
from django.db.models import CharField
from django.db.models.functions import Coalesce

from lessons.search.normalising import normalise
from lessons.words import in_language
from portal.accounts.models import Organisation, OrganisationText, Region, RegionText, TreeMark

Key = TypeVar("Key")
Places = type[Organisation] | type[Region]
TREES: dict[str, tuple[Places, type[OrganisationText] | type[RegionText]]] = {
    "organisation": (Organisation, OrganisationText),
    "region": (Region, RegionText),
}
ABOVE = """
WITH RECURSIVE above(id, parent_id) AS (
    SELECT id, parent_id FROM {table} WHERE id IN ({places})
    UNION SELECT place.id, place.parent_id FROM {table} place JOIN above ON place.id = above.parent_id
) SELECT id FROM above
"""


@dataclass(frozen=True)
class Place:
    pk: int
    parent: int | None
    code: str
    name: str


class Tree:
    """Places in a language, each beside its siblings in the order of their names.

    It does not change: one that was read is kept for many readers.
    """

    def __init__(self, places: Iterable[Place]) -> None:
        self.places = {place.pk: place for place in sorted(places, key=lambda place: (place.name, place.pk))}

        self._branches: dict[int, frozenset[int]] = {}

    @cached_property
    def _children(self) -> dict[int | None, list[Place]]:
        return _gathered((place.parent, place) for place in self.places.values())

    @cached_property
    def by_code(self) -> dict[str, Place]:
        return {place.code: place for place in self.places.values()}

    @cached_property
    def _by_folded_code(self) -> dict[str, list[Place]]:
        return _gathered((place.code.casefold(), place) for place in self.places.values())

    @cached_property
    def _by_folded_name(self) -> dict[str, list[Place]]:
        return _gathered((place.name.casefold(), place) for place in self.places.values())

    @cached_property
    def _by_searched_name(self) -> list[tuple[str, Place]]:
        return [(normalise(place.name), place) for place in self.places.values()]

    def children(self, of: int | None) -> list[Place]:
        """The places right below one; of None, the tops."""
        return self._children.get(of, [])

    def walk(self, tops: Iterable[Place], depth: int = 0) -> Iterator[tuple[int, Place]]:
        """These places and all below them, each with its depth, a place before those below it."""
        for place in tops:
            yield depth, place
            yield from self.walk(self.children(place.pk), depth + 1)

    def below(self, tops: Iterable[Place]) -> frozenset[int]:
        """The ids of these places and of all below them."""
        return frozenset().union(*(self._branch(top) for top in tops))

    def _branch(self, top: Place) -> frozenset[int]:
        if top.pk not in self._branches:
            self._branches[top.pk] = frozenset(place.pk for _depth, place in self.walk([top]))
        return self._branches[top.pk]

    def coded(self, code: str) -> list[Place]:
        """The places of this code, in capital letters or small ones."""
        return self._by_folded_code.get(code.casefold(), [])

    def named(self, name: str) -> list[Place]:
        """The places of this name, in capital letters or small ones."""
        return self._by_folded_name.get(name.casefold(), [])

    def named_like(self, part: str) -> list[Place]:
        """The places whose name holds this, as a search would find it."""
        wanted = normalise(part)
        return [place for name, place in self._by_searched_name if wanted in name] if wanted else []

    def line(self, place: Place) -> list[Place]:
        """From the top of the tree down to the place itself."""
        line = [place]
        while line[0].parent is not None:
            line.insert(0, self.places[line[0].parent])
        return line

    def highest(self, pks: Iterable[int]) -> list[Place]:
        """Of these places those that stand below no other of them, in the order of their names."""
        wanted = set(pks)
        found = [place for place in self.places.values() if place.pk in wanted]
        return [place for place in found if not wanted & {above.pk for above in self.line(place)[:-1]}]


def _gathered(pairs: Iterable[tuple[Key, Place]]) -> dict[Key, list[Place]]:
    found: dict[Key, list[Place]] = {}
    for key, place in pairs:
        found.setdefault(key, []).append(place)
    return found


def organisation_tree(language: str) -> Tree:
    """All organisations, named in the language; one query, two where they have changed."""
    return _tree("organisation", language)


def region_tree(language: str) -> Tree:
    """All regions, named in the language; one query, two where they have changed."""
    return _tree("region", language)


def _tree(owner: str, language: str) -> Tree:
    mark = TreeMark.objects.filter(tree=owner).values_list("mark", flat=True).first()
    return _tree_of_mark(owner, language, mark) if mark else _read_tree(owner, language)


@lru_cache(maxsize=8)
def _tree_of_mark(owner: str, language: str, _mark: str) -> Tree:
    """The mark was asked for before: where the tree changed since, it is kept by a mark that nobody asks for again."""
    return _read_tree(owner, language)


def _read_tree(owner: str, language: str) -> Tree:
    places, texts = TREES[owner]
    name = Coalesce(
        in_language(texts._default_manager.all(), owner, "name", language), "code", output_field=CharField()
    )
    rows = places._default_manager.annotate(name=name).order_by().values_list("pk", "parent", "code", "name")
    return Tree(Place(*row) for row in rows)


def with_those_above(places: Places, pks: Iterable[int]) -> set[int]:
    """Ids of these places and of everything above them; one query, none for no place."""
    wanted = sorted(set(pks))
    if not wanted:
        return set()
    marks = ", ".join(["%s"] * len(wanted))
    with connection.cursor() as cursor:
        cursor.execute(ABOVE.format(table=places._meta.db_table, places=marks), wanted)
        return {pk for (pk,) in cursor.fetchall()}


def lock_tree(places: Places) -> None:
    """Until the transaction ends nobody else changes this tree; on SQLite a transaction that writes is alone anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {places._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")
