"""By when each organisation's members are to have completed which course: asked by itself or by one above it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from portal.accounts.models import Assignment
from portal.accounts.trees import Place, Tree

Days = dict[int, date]


@dataclass(frozen=True)
class DueDays:
    """For each place, by course, the earliest day that is asked for; places of which nothing is asked are missing."""

    by_place: dict[int, Days] = field(default_factory=dict)

    def places_by_course(self, since: date | None, until: date) -> dict[int, set[int]]:
        """By course the places where its day is before `until`, and not before `since` if that is given."""
        found: dict[int, set[int]] = {}
        for place, days in self.by_place.items():
            for course, day in days.items():
                if day < until and (since is None or day >= since):
                    found.setdefault(course, set()).add(place)
        return found


def due_days(tree: Tree, among: Collection[int] | None, courses: Iterable[int] | None) -> DueDays:
    """What is asked in the places `among` (None: in all of the tree), with a day, of these courses; one query.

    `courses` None is any course.
    """
    rows = Assignment.objects.filter(due_on__isnull=False)
    if courses is not None:
        rows = rows.filter(course__in=set(courses))
    own: dict[int, Days] = {}
    for place, course, day in rows.values_list("organisation", "course", "due_on"):
        if day:
            own.setdefault(place, {})[course] = day
    found: dict[int, Days] = {}
    _inherit(tree, tree.children(None), {}, own, found)
    return DueDays({place: days for place, days in found.items() if days and (among is None or place in among)})


def _inherit(tree: Tree, places: Iterable[Place], above: Days, own: dict[int, Days], found: dict[int, Days]) -> None:
    """What is asked above is asked below as well; where both ask for one course, the earlier day counts."""
    for place in places:
        days = _earliest(above, own[place.pk]) if place.pk in own else above
        found[place.pk] = days
        _inherit(tree, tree.children(place.pk), days, own, found)


def _earliest(one: Days, other: Days) -> Days:
    return {course: min(days[course] for days in (one, other) if course in days) for course in {*one, *other}}
