"""Finding and making the segments that people are counted in, and which of them are parts of which."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import QuerySet

from portal.accounts.models import Organisation
from portal.reports.counts.changed import batches
from portal.reports.counts.curriculum import digest
from portal.reports.counts.facts import Place
from portal.reports.counts.sheet import Sheet
from portal.reports.models import DayCount, MonthCount, Segment, SegmentOrganisation, SegmentPart

Sort = Segment.Sort
Children = dict[int, list[int]]
Name = tuple[str, int, str]  # sort, region, key
EVERY = "every"  # the branch of everybody in any organisation
BATCH = 2000


def key_of(organisations: Iterable[int]) -> str:
    """The name of some organisations, the same in whatever order."""
    return digest(sorted(organisations))


class Segments:
    """The segments that there are, groups when they are asked for; those that are missing are made then.

    `none_yet`: there are none, so none is looked for.
    """

    def __init__(self, *, none_yet: bool = False) -> None:
        self._none_yet = none_yet
        self.branches = branches_of_today()
        self._with: dict[int, set[str]] = defaultdict(set)
        for key, organisations in self.branches.items():
            for one in organisations:
                self._with[one].add(key)
        self._known: dict[Name, int] = {}
        if not none_yet:
            self._learn(Segment.objects.exclude(sort=Sort.GROUP))
        self._make([(Sort.WHOLE, 0, "")])
        self.missing = self._make([(Sort.BRANCH, 0, key) for key in self.branches])

    def ids(self, place: Place) -> list[int]:
        """The region and the group of a place that `provide` was told of."""
        found = [self._known[Sort.REGION, place.region, ""]]
        if place.organisations:
            found.append(self._known[_group(place)])
        return found

    def provide(self, places: Collection[Place]) -> None:
        """Makes what is missing of the segments of these places, with what they are parts of."""
        regions = self._make({(Sort.REGION, place.region, "") for place in places})
        parts = [(pk, self._known[Sort.WHOLE, 0, ""]) for pk in regions.values()]
        groups = {_group(place): place.organisations for place in places if place.organisations}
        links = []
        for name, pk in self._make(groups).items():
            links += [SegmentOrganisation(segment_id=pk, organisation=one) for one in groups[name]]
            parts += [(pk, self._known[Sort.BRANCH, 0, key]) for key in self._branches_with(groups[name])]
        SegmentOrganisation.objects.bulk_create(links, batch_size=BATCH)
        SegmentPart.objects.bulk_create([SegmentPart(part_id=one, whole_id=of) for one, of in parts], batch_size=BATCH)

    def redraw(self, sheet: Sheet) -> None:
        """Where the tree of organisations has changed: branches that are no more go, new ones are added up."""
        gone = [
            pk for (sort, _region, key), pk in self._known.items() if sort == Sort.BRANCH and key not in self.branches
        ]
        DayCount.objects.filter(segment__in=gone).delete()
        MonthCount.objects.filter(segment__in=gone).delete()
        SegmentPart.objects.filter(whole__in=gone).delete()
        Segment.objects.filter(pk__in=gone).delete()
        for (_sort, _region, key), pk in self.missing.items():
            whose = SegmentOrganisation.objects.filter(organisation__in=self.branches[key])
            parts = whose.order_by().values_list("segment", flat=True).distinct()
            SegmentPart.objects.bulk_create([SegmentPart(part_id=one, whole_id=pk) for one in parts], batch_size=BATCH)
        if self.missing:
            sheet.add_wholes(self.missing.values())

    def _learn(self, segments: QuerySet[Segment]) -> None:
        rows = segments.order_by().values_list("sort", "region", "key", "pk")
        self._known.update({(sort, region, key): pk for sort, region, key, pk in rows})

    def _branches_with(self, organisations: Iterable[int]) -> set[str]:
        return {EVERY}.union(*(self._with.get(one, ()) for one in organisations))

    def _make(self, names: Iterable[Name]) -> dict[Name, int]:
        unknown = set(names) - self._known.keys()
        groups = set() if self._none_yet else {key for sort, _region, key in unknown if sort == Sort.GROUP}
        for keys in batches(groups):
            self._learn(Segment.objects.filter(sort=Sort.GROUP, key__in=keys))
        missing = sorted(unknown - self._known.keys())
        rows = [Segment(sort=sort, region=region, key=key) for sort, region, key in missing]
        made = Segment.objects.bulk_create(rows, batch_size=BATCH)
        found = {(row.sort, row.region, row.key): row.pk for row in made}
        self._known.update(found)
        return found


def _group(place: Place) -> Name:
    return Sort.GROUP, place.region, key_of(place.organisations)


def branches_of_today() -> dict[str, frozenset[int]]:
    """By its key the organisations of every branch: of each organisation with others below it, and all of them."""
    children: Children = defaultdict(list)
    for pk, parent in Organisation.objects.order_by().values_list("pk", "parent"):
        if parent is not None:
            children[parent].append(pk)
    found = {EVERY: frozenset[int]()}
    for top in children:
        below = frozenset(_below(top, children))
        found[key_of(below)] = below
    return found


def _below(top: int, children: Children) -> list[int]:
    """An organisation and all that are below it."""
    found = [top]
    for one in found:
        found += children.get(one, ())
    return found
