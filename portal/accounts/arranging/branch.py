"""A page of a tree: all of it where it is small, else a branch at a time, or what a search finds."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

from portal.accounts.branches import Branches
from portal.accounts.trees import Place

PAGE = 100
WHOLE = 200
DEEPEST = 6
LONGEST_SEARCH = 100


@dataclass(frozen=True)
class Line:
    """`depth` counts from 0; `below` how many places stand right below it, where they are not shown."""

    depth: int
    place: Place
    below: int
    trail: tuple[Place, ...] = ()


@dataclass(frozen=True)
class BranchPage:
    """`at` is the place whose branch is shown; None for the tops, the whole tree or what was found."""

    lines: list[Line]
    page: Page
    search: str
    at: Place | None
    size: int

    @property
    def query(self) -> dict[str, Any]:
        return {"q": self.search} if self.search else {"below": self.at.code} if self.at else {}


def page_of(request: HttpRequest, branches: Branches) -> BranchPage:
    """As `?q=`, `?below=` and `?page=` ask; what is not open to the person is as if it were not there."""
    search = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH]
    at = branches.find(request.GET.get("below", ""))
    every = list(branches.walk())
    shown = _found(branches, every, search) if search else _branch(branches, every, at)
    page = Paginator(shown, WHOLE if not search and len(every) <= WHOLE else PAGE).get_page(request.GET.get("page"))
    return BranchPage(list(page.object_list), page, search, at, len(every))


def _found(branches: Branches, every: list[tuple[int, Place]], search: str) -> list[Line]:
    wanted = search.casefold()
    return [
        Line(0, place, len(branches.tree.children(place.pk)), tuple(branches.way_to(place)[:-1]))
        for _depth, place in every
        if wanted in place.name.casefold() or wanted in place.code.casefold()
    ]


def _branch(branches: Branches, every: list[tuple[int, Place]], at: Place | None) -> list[Line]:
    if at is None and len(every) <= WHOLE:
        return [Line(min(depth, DEEPEST), place, 0) for depth, place in every]
    below = branches.tree.children(at.pk) if at else branches.tops
    return [Line(0, place, len(branches.tree.children(place.pk))) for place in below]
