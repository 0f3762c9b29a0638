"""That staff looked at what named people did is written down by the site, which registers here."""

from collections.abc import Callable, Collection
from typing import Any

Looker = Callable[[Any, str, Collection[int]], object]
_lookers: list[Looker] = []


def register(looker: Looker) -> None:
    """`looker(request, page, people)`: the people are ids of users; `page` is a short name of what was shown."""
    if looker not in _lookers:
        _lookers.append(looker)


def looked_at(request: Any, page: str, people: Collection[int]) -> None:
    for looker in _lookers:
        looker(request, page, people)
