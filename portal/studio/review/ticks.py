"""The points of a release that only a person can judge, and who has ticked them."""

from collections.abc import Collection
from dataclasses import dataclass

from portal.accounts.audit import record
from portal.accounts.models import User
from portal.studio.models import Release, Tick


@dataclass(frozen=True)
class HumanPoint:
    """`tick` is None as long as nobody has said it."""

    name: str
    label: str
    tick: Tick | None


def human_points(release: Release) -> list[HumanPoint]:
    """Every point in its order. One query."""
    ticks = {tick.point: tick for tick in Tick.objects.filter(release=release).select_related("person")}
    return [HumanPoint(str(value), str(label), ticks.get(value)) for value, label in Tick.Point.choices]


def tick(release: Release, by: User, points: Collection[str]) -> None:
    """Keep who ticked these points, and when; one that is ticked already stays as it is."""
    known = set(Tick.objects.filter(release=release).values_list("point", flat=True))
    new = [point for point in Tick.Point.values if point in points and point not in known]
    if new:
        Tick.objects.bulk_create(
            [Tick(release=release, point=point, person=by) for point in new], ignore_conflicts=True
        )
        record(by, "release.ticked", release, release=release.pk, points=new)


def missing(release: Release) -> list[str]:
    """The points that nobody has ticked yet."""
    known = set(Tick.objects.filter(release=release).values_list("point", flat=True))
    return [point for point in Tick.Point.values if point not in known]


def forget(release: Release) -> None:
    """What is sent back or taken out of review is looked at anew when it comes again; the audit log keeps the ticks."""
    Tick.objects.filter(release=release).delete()
