"""A nation small enough to be told line by line, and its figures counted from these lines alone, without the portal.

Three levels of regions, a ministry with two schools, and a company. Everything that makes counting hard happens once.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

REGIONS = {
    "country": None,
    "north": "country",
    "south": "country",
    "hills": "north",
    "valley": "north",
    "coast": "south",
}
ORGANISATIONS = {"ministry": None, "school-a": "ministry", "school-b": "ministry", "company": None}
COURSES = {"first-aid": ("bleeding", "burns", "fractures"), "floods": ("water", "bleeding")}  # lessons in their order
MODULES = {
    "first-aid/M1": ("bleeding", "burns"),
    "first-aid/M2": ("fractures",),
    "floods/M1": ("water", "bleeding"),
}
SKILLS = {"stop-bleeding": ("bleeding", "fractures"), "stay-dry": ("water",)}


def on(day: str) -> date:
    return date.fromisoformat(f"2026-{day}")


class Stay(NamedTuple):
    """From a day until the first on which it no longer holds."""

    place: str
    since: date
    until: date | None = None

    def holds(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


class Deed(NamedTuple):
    """A lesson read (they have no check); `lesson` None is the final passed. `as_guest`: before signing up."""

    course: str
    lesson: str | None
    day: date
    as_guest: bool = False


class Earned(NamedTuple):
    course: str
    day: date
    expires: date | None = None
    withdrawn: date | None = None
    as_guest: bool = False


@dataclass(frozen=True)
class Somebody:
    """`erased` is the day on which the account went; a guest without an account has neither homes nor seats."""

    name: str
    homes: tuple[Stay, ...] = ()
    seats: tuple[Stay, ...] = ()
    deeds: tuple[Deed, ...] = ()
    earned: tuple[Earned, ...] = ()
    guest: bool = False
    erased: date | None = None

    def known(self, day: date) -> bool:
        told = [*(one.since for one in (*self.homes, *self.seats)), *(one.day for one in self.deeds)]
        return any(first <= day for first in told)

    def is_in(self, region: str | None, organisation: str | None, day: date, regions: dict[str, str | None]) -> bool:
        """Whether they lived in the region and belonged to the organisation on the day, or below; None is any."""
        gone = self.erased is not None and self.erased <= day
        homes = [] if gone else [stay.place for stay in self.homes if stay.holds(day)]
        seats = [] if gone else [stay.place for stay in self.seats if stay.holds(day)]
        return (
            self.known(day)
            and (region is None or any(region in _line(home, regions) for home in homes))
            and (organisation is None or any(organisation in _line(seat, ORGANISATIONS) for seat in seats))
        )

    def has_begun(self, course: str, day: date) -> bool:
        return any(deed.course == course and deed.day <= day for deed in self.deeds)

    def has_read(self, lessons: Iterable[str], day: date) -> bool:
        done = {deed.lesson for deed in self.deeds if deed.day <= day}
        return done.issuperset(lessons)

    def has_passed_the_final(self, course: str, day: date) -> bool:
        return any(deed.course == course and deed.lesson is None and deed.day <= day for deed in self.deeds)

    def latest(self, course: str, day: date) -> Earned | None:
        """The completion that counts at the end of the day."""
        own = [one for one in self.earned if one.course == course and one.day <= day]
        own = [one for one in own if one.withdrawn is None or one.withdrawn > day]
        return max(own, key=lambda one: one.day, default=None)

    def has_run_out(self, course: str, day: date) -> bool:
        latest = self.latest(course, day)
        return latest is not None and latest.expires is not None and latest.expires <= day


def _line(place: str, tree: dict[str, str | None]) -> Iterator[str]:
    above: str | None = place
    while above is not None:
        yield above
        above = tree[above]


ALWAYS = on("01-01")

NATION = (
    Somebody(  # does everything, in one place
        "amal",
        (Stay("hills", ALWAYS),),
        (Stay("school-a", ALWAYS),),
        (
            Deed("first-aid", "bleeding", on("02-01")),
            Deed("first-aid", "burns", on("02-02")),
            Deed("first-aid", "fractures", on("02-03")),
            Deed("first-aid", None, on("02-04")),
            Deed("floods", "water", on("03-01")),
        ),
        (Earned("first-aid", on("02-04"), on("05-04")),),
    ),
    Somebody(  # belongs to two schools of one ministry
        "badr",
        (Stay("valley", ALWAYS),),
        (Stay("school-a", ALWAYS), Stay("school-b", ALWAYS)),
        (Deed("first-aid", "bleeding", on("02-10")), Deed("first-aid", "burns", on("02-11"))),
    ),
    Somebody(  # moves from the north to the south, and from one school to the company
        "celine",
        (Stay("hills", ALWAYS, on("03-15")), Stay("coast", on("03-15"))),
        (Stay("school-b", ALWAYS, on("04-01")), Stay("company", on("04-01"))),
        (
            Deed("floods", "water", on("02-20")),
            Deed("floods", "bleeding", on("03-20")),
            Deed("floods", None, on("03-20")),
        ),
        (Earned("floods", on("03-20")),),
    ),
    Somebody(  # lives in a region and has no organisation; renews in time
        "dima",
        (Stay("coast", on("02-01")),),
        (),
        (
            Deed("first-aid", "bleeding", on("02-05")),
            Deed("first-aid", "burns", on("02-05")),
            Deed("first-aid", "fractures", on("02-05")),
            Deed("first-aid", None, on("02-05")),
            Deed("first-aid", None, on("04-20")),
        ),
        (Earned("first-aid", on("02-05"), on("05-05")), Earned("first-aid", on("04-20"), on("07-20"))),
    ),
    Somebody(  # learned as a guest before signing up
        "elias",
        (Stay("valley", on("03-10")),),
        (Stay("company", on("03-10")),),
        (
            Deed("first-aid", "bleeding", on("02-15"), as_guest=True),
            Deed("first-aid", "fractures", on("03-11")),
            Deed("floods", "water", on("02-15"), as_guest=True),
        ),
    ),
    Somebody(  # a completion is withdrawn; the person begins again
        "farid",
        (Stay("north", ALWAYS),),
        (Stay("ministry", ALWAYS),),
        (Deed("first-aid", "bleeding", on("02-01")), Deed("first-aid", None, on("02-25"))),
        (Earned("first-aid", on("02-25"), None, on("04-10")), Earned("first-aid", on("05-15"), on("08-15"))),
    ),
    Somebody(  # erased: until then counted where they belonged, afterwards in the nation alone
        "ghada",
        (Stay("hills", ALWAYS),),
        (Stay("school-a", ALWAYS),),
        (Deed("first-aid", "bleeding", on("02-07")), Deed("first-aid", "burns", on("02-08"))),
        (Earned("first-aid", on("03-03"), on("06-03")),),
        erased=on("05-20"),
    ),
    Somebody("hadi", (Stay("south", on("04-05")),), (Stay("school-b", on("04-05"), on("05-05")),)),  # never learns
    Somebody("a guest", deeds=(Deed("floods", "water", on("03-31")),), guest=True),
)
