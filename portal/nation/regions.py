"""The regions of the nation, each with its districts, some with far more people than others."""

from dataclasses import dataclass
from itertools import accumulate
from random import Random

from portal.accounts.models import Region, RegionText
from portal.nation.words import PLACES, REGION, REGIONS, Name, filled, from_list

DISTRICTS = (6, 14)  # fewest and most of a region


@dataclass(frozen=True)
class Regions:
    """`tops` with their names, and `districts` as (region, district) with weights that add up."""

    tops: tuple[tuple[int, Name], ...]
    districts: tuple[tuple[int, int], ...]
    crowds: tuple[float, ...]


def make_regions(count: int, chance: Random) -> Regions:
    """Makes so many regions and their districts."""
    named: list[tuple[Region, Name]] = []
    for number in range(count):
        name = filled(REGION, from_list(REGIONS, number))
        named.append((Region(code=f"nation-region-{number + 1:02}"), name))
    _save(named)
    below: list[tuple[Region, Name]] = []
    for place, (region, _name) in enumerate(named):
        for number in range(chance.randint(*DISTRICTS)):
            code = f"{region.code}-district-{number + 1:02}"
            name = from_list(PLACES, (place * 5 + number) % len(PLACES))
            below.append((Region(code=code, parent=region), name))
    _save(below)
    crowds = accumulate(chance.lognormvariate(0, 0.7) for _district in below)
    districts = tuple((district.parent_id or 0, district.pk) for district, _name in below)
    return Regions(tuple((region.pk, name) for region, name in named), districts, tuple(crowds))


def _save(named: list[tuple[Region, Name]]) -> None:
    Region.objects.bulk_create([region for region, _name in named])
    RegionText.objects.bulk_create(
        RegionText(region=region, language=language, name=words)
        for region, name in named
        for language, words in zip(("ar", "en"), name, strict=True)
    )
