"""The organisations of the nation: ministries with directorates and what stands under these, companies, volunteers."""

from dataclasses import dataclass
from itertools import accumulate, chain
from random import Random

from portal.accounts.models import Organisation, OrganisationText
from portal.nation.plan import Seats
from portal.nation.regions import Regions
from portal.nation.words import MINISTRY_OFFICE, PLACES, Name, filled, from_list


@dataclass(frozen=True)
class Sector:
    """A tree: its head (one of many where `{}` is in it), an office in each region, and units; `size` in people."""

    head: Name
    office: Name
    unit: Name
    share: float
    size: float


SECTORS = (
    Sector(("وزارة التعليم", "Ministry of education"), ("مديرية التعليم", "Education directorate"),
           ("مدرسة {}", "{} school"), 0.5, 40.0),
    Sector(("وزارة الصحة", "Ministry of health"), ("مديرية الصحة", "Health directorate"),
           ("مركز {} الصحي", "{} health centre"), 0.12, 30.0),
    Sector(("وزارة الأوقاف", "Ministry of endowments"), ("مديرية الأوقاف", "Endowments directorate"),
           ("مسجد {}", "{} mosque"), 0.14, 25.0),
    Sector(("اتحاد المتطوعين", "Volunteers' union"), ("فريق المتطوعين", "Volunteers"),
           ("مجموعة {} التطوعية", "{} volunteer group"), 0.06, 15.0),
)  # fmt: skip
COMPANY, BRANCH = ("شركة {} للنقل", "{} Transport Company"), ("فرع {}", "{} branch")
BRANCHES = 6


@dataclass
class Node:
    """An organisation in the making; `region` None is the whole nation."""

    organisation: Organisation
    name: Name
    region: int | None
    size: float


@dataclass(frozen=True)
class Organisations:
    """Heads, offices and units; `parents` by id; `seats` by region."""

    heads: tuple[Node, ...]
    others: tuple[Node, ...]

    @property
    def parents(self) -> dict[int, int | None]:
        return {node.organisation.pk: node.organisation.parent_id for node in (*self.heads, *self.others)}

    @property
    def seats(self) -> dict[int | None, Seats]:
        """Where people of a region belong, and under None where people of all regions do."""
        found: dict[int | None, list[Node]] = {None: []}
        for node in (*self.heads, *self.others):
            found.setdefault(node.region, []).append(node)
        return {region: _seats(nodes) for region, nodes in found.items()}


def make_organisations(count: int, regions: Regions, chance: Random) -> Organisations:
    """Makes about so many: every ministry with its offices, then units and companies."""
    trees = [_sector(sector, number, regions, count, chance) for number, sector in enumerate(SECTORS)]
    rest = count - sum(map(len, chain.from_iterable(trees)))
    trees += [_company(number, chance) for number in range(max(1, rest // (BRANCHES + 1)))]
    for level in range(3):
        _save([node for tree in trees for node in tree[level]])
    heads = tuple(node for tree in trees for node in tree[0])
    return Organisations(heads, tuple(node for tree in trees for node in (*tree[1], *tree[2])))


Levels = tuple[list[Node], list[Node], list[Node]]


def _sector(sector: Sector, number: int, regions: Regions, count: int, chance: Random) -> Levels:
    head = _node(f"{number + 1}", sector.head, None, None, 3 * sector.size)
    offices = [
        _node(f"{number + 1}-{place + 1}", filled(MINISTRY_OFFICE, sector.office, name), head, region, sector.size / 2)
        for place, (region, name) in enumerate(regions.tops)
    ]
    units = []
    for place in range(round(count * sector.share)):
        office = offices[place % len(offices)]
        name = filled(sector.unit, from_list(PLACES, place // len(offices)))
        size = chance.lognormvariate(0, 0.8) * sector.size
        units.append(_node(f"{number + 1}-u{place + 1}", name, office, office.region, size))
    return [head], offices, units


def _company(number: int, chance: Random) -> Levels:
    head = _node(f"c{number + 1}", filled(COMPANY, from_list(PLACES, number)), None, None, 10.0)
    branches = [
        _node(f"c{number + 1}-{place + 1}", filled(BRANCH, PLACES[place]), head, None, chance.lognormvariate(2.5, 1))
        for place in range(BRANCHES)
    ]
    return [head], branches, []


def _node(code: str, name: Name, above: Node | None, region: int | None, size: float) -> Node:
    parent = above.organisation if above else None
    return Node(Organisation(code=f"nation-{code}", parent=parent), name, region, size)


def _save(nodes: list[Node]) -> None:
    for node in nodes:
        node.organisation.parent = node.organisation.parent  # by now it has an id
    Organisation.objects.bulk_create([node.organisation for node in nodes], batch_size=1000)
    texts = [
        OrganisationText(organisation=node.organisation, language=language, name=words)
        for node in nodes
        for language, words in zip(("ar", "en"), node.name, strict=True)
    ]
    OrganisationText.objects.bulk_create(texts, batch_size=1000)


def _seats(nodes: list[Node]) -> Seats:
    return Seats(
        tuple(node.organisation.pk for node in nodes), tuple(accumulate(max(node.size, 1.0) for node in nodes))
    )
