"""The figures of many places at once: of each, whoever belongs to it or to a place below it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

from django.db.models import Q

from portal.reports.counts.figures import EVERYWHERE, FLOW, STOCK, Flow, Ids, PlaceFigures, Stock, Where
from portal.reports.counts.periods import Period
from portal.reports.counts.rows import Chosen, Sort, groups_of, segments_of, sums, until, within
from portal.reports.counts.segments import EVERY, key_of
from portal.reports.counts.subjects import PEOPLE, Subject
from portal.reports.models import Segment, SegmentOrganisation
from portal.reports.models.segments import NOWHERE

Kind = Literal["organisation", "region"]
Tops = Mapping[int, Ids]
Found = dict[Any, PlaceFigures]


def by_place(
    kind: Kind, tops: Tops, subject: Subject, period: Period, where: Where = EVERYWHERE
) -> dict[int | None, PlaceFigures]:
    """By each of `tops`, whose ids those of the places below it are given with; None is who belongs nowhere.

    The queries are as many for one place as for a thousand.
    """
    told = Asked(subject, period)
    if kind == "region":
        return _by_region(told, tops, where)
    return _by_organisation(told, tops, where)


class Asked:
    """One subject in one period."""

    def __init__(self, subject: Subject, period: Period) -> None:
        self.subject, self.period = subject, period

    def of(self, chosen: Chosen, by: str | None = None) -> Found:
        """People, stock and flow of those in the segments, by a field of these; with none, all under None."""
        codes = [PEOPLE.code, self.subject.code]
        fields = [by, "subject"] if by else ["subject"]
        standing = sums(until(chosen, codes, self.period.until), fields, STOCK)
        happened = sums(within(chosen, codes[1:], self.period), fields, FLOW)

        def key(value: Any, code: int) -> Any:
            return (value, code) if by else code

        values = {name[0] for name in (*standing, *happened)} if by else {None}
        return {
            value: PlaceFigures(
                standing.get(key(value, codes[0]), {}).get("begun", 0),
                Stock(**standing.get(key(value, codes[1]), {})),
                Flow(**happened.get(key(value, codes[1]), {})),
            )
            for value in values
        }


def _by_region(asked: Asked, tops: Tops, where: Where) -> dict[int | None, PlaceFigures]:
    if where.organisations is None:
        segments = Segment.objects.filter(sort=Segment.Sort.REGION)
        if where.regions is not None:
            segments = segments.filter(region__in=where.regions)
        own = asked.of(Chosen(list(segments.values_list("pk", flat=True))), "segment__region")
    else:
        own = asked.of(Chosen(groups_of(where).values("pk"), has_months=False), "segment__region")
    found: dict[int | None, PlaceFigures] = {
        top: together(own[region] for region in below & own.keys()) for top, below in tops.items()
    }
    return found | ({None: own[NOWHERE]} if NOWHERE in own else {})


def _by_organisation(asked: Asked, tops: Tops, where: Where) -> dict[int | None, PlaceFigures]:
    found = _from_branches(asked, tops) if where == EVERYWHERE else {}
    others = {top: below for top, below in tops.items() if top not in found}
    if others:
        found |= _from_groups(asked, others, where)
    if where.regions is not None and where.organisations is None:
        organised = asked.of(Chosen(groups_of(where).values("pk"), has_months=False))
        found[None] = apart(asked.of(segments_of(where))[None], organised[None])
    return found


def _from_branches(asked: Asked, tops: Tops) -> dict[int | None, PlaceFigures]:
    """Of those places that have a branch, and of who is in no organisation; five queries."""
    names: dict[str, int] = {key_of(below): top for top, below in tops.items()}
    rows = Segment.objects.filter(Q(sort=Sort.BRANCH, key__in=[*names, EVERY]) | Q(sort=Sort.WHOLE))
    kept = {(sort, key): pk for sort, key, pk in rows.order_by().values_list("sort", "key", "pk")}
    told = asked.of(Chosen(list(kept.values())), "segment")
    own = {name: told.get(pk, PlaceFigures()) for name, pk in kept.items()}
    found: dict[int | None, PlaceFigures] = {
        names[key]: figures for (_sort, key), figures in own.items() if key in names
    }
    whole, organised = own.get((Sort.WHOLE, ""), PlaceFigures()), own.get((Sort.BRANCH, EVERY), PlaceFigures())
    return found | {None: apart(whole, organised)}


def _from_groups(asked: Asked, tops: Tops, where: Where) -> Found:
    """Added up from groups, each once in a place that it belongs to several times over."""
    inside = _groups_inside(tops, where)
    chosen = Chosen(list(set().union(*inside.values())), has_months=False)
    own = asked.of(chosen, "segment")
    return {top: together(own[group] for group in inside[top] & own.keys()) for top in tops}


def _groups_inside(tops: Tops, where: Where) -> dict[int, set[int]]:
    """The groups in each place; one query."""
    places = defaultdict(list)
    for top, below in tops.items():
        for one in below:
            places[one].append(top)
    links = SegmentOrganisation.objects.all()
    if where != EVERYWHERE:
        links = links.filter(segment__in=groups_of(where).values("pk"))
    if where.regions is None:  # a region's groups are soon read, and picked out here
        links = links.filter(organisation__among=list(places))
    found: dict[int, set[int]] = {top: set() for top in tops}
    for group, organisation in links.values_list("segment", "organisation"):
        for top in places.get(organisation, ()):
            found[top].add(group)
    return found


def together(figures: Iterable[PlaceFigures]) -> PlaceFigures:
    """Of places that share nobody, their figures as one."""
    found = PlaceFigures()
    for one in figures:
        found = _combined(found, one, lambda a, b: a + b)
    return found


def apart(whole: PlaceFigures, part: PlaceFigures) -> PlaceFigures:
    """What is left of a place without a part of it."""
    return _combined(whole, part, lambda a, b: a - b)


def _combined(one: PlaceFigures, other: PlaceFigures, how: Callable[[int, int], int]) -> PlaceFigures:
    return PlaceFigures(
        how(one.people, other.people),
        Stock(*(how(getattr(one.stock, name), getattr(other.stock, name)) for name in STOCK)),
        Flow(*(how(getattr(one.flow, name), getattr(other.flow, name)) for name in FLOW)),
    )
