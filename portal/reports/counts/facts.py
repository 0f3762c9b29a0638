"""What is known of one person: where they belonged from which day on, and what they did. Days are ordinal numbers."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple


class Place(NamedTuple):
    """Where somebody belongs: a region, 0 for none, and organisations in the order of their ids."""

    region: int = 0
    organisations: tuple[int, ...] = ()


class Stay(NamedTuple):
    """A residence or membership, `until` being the first day on which it no longer holds."""

    place: int
    since: int
    until: int | None

    def holds(self, day: int) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


class Earned(NamedTuple):
    """A completion; it holds no longer from the day `expires` on, and does not count from the day `withdrawn` on."""

    on: int
    expires: int | None
    withdrawn: int | None


Path = list[tuple[int, Place]]
Turns = list[int]  # days: it stands from the first until the second, from the third until the fourth, and so on


@dataclass(frozen=True)
class Facts:
    """`path` begins on the day on which the person is first known. `earned` are in the order in which they count."""

    path: Path
    begun: dict[int, int] = field(default_factory=dict)
    lessons: dict[int, Turns] = field(default_factory=dict)
    finals: dict[int, Turns] = field(default_factory=dict)
    earned: dict[int, list[Earned]] = field(default_factory=dict)

    def packed(self) -> str:
        """The same as text, always the same text for the same facts."""
        tables = (self.begun, self.lessons, self.finals, self.earned)
        return json.dumps([self.path, *(sorted(table.items()) for table in tables)], separators=(",", ":"))


def unpacked(text: str) -> Facts:
    path, begun, lessons, finals, earned = json.loads(text)
    return Facts(
        [(day, Place(region, tuple(organisations))) for day, (region, organisations) in path],
        dict(begun),
        dict(lessons),
        dict(finals),
        {course: [Earned(*one) for one in found] for course, found in earned},
    )


def path_of(residences: Iterable[Stay], memberships: Iterable[Stay], known: int | None) -> Path:
    """Where the person belonged from which day on; `known` is the day of the first thing they did, None for nothing.

    Of residences that hold together the one that began last counts; `residences` are in the order of their ids.
    """
    homes = sorted((stay for stay in residences if stay.until is None or stay.until > stay.since), key=_since)
    seats = [stay for stay in memberships if stay.until is None or stay.until > stay.since]
    days = {day for stay in (*homes, *seats) for day in (stay.since, stay.until) if day is not None}
    if known is not None:
        days.add(known)
    path: Path = []
    for day in sorted(days):
        place = _place(homes, seats, day)
        if not path or path[-1][1] != place:
            path.append((day, place))
    return path


def _since(stay: Stay) -> int:
    return stay.since


def _place(homes: list[Stay], seats: list[Stay], day: int) -> Place:
    region = next((stay.place for stay in reversed(homes) if stay.holds(day)), 0)
    return Place(region, tuple(sorted({stay.place for stay in seats if stay.holds(day)})))
