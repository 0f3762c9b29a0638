from datetime import date

from django.db import transaction

from lessons.words import in_language
from portal.accounts.models import Region, RegionText, Residence, User
from portal.accounts.periods import as_of


def residence_of(user: User, day: date) -> Residence | None:
    """Where the person lives on that day, if they said so."""
    return user.residences.filter(as_of(day)).order_by("-from_day", "-pk").first()


def region_choices(language: str) -> list[tuple[int, str]]:
    """Every region with its name in the language, those below another set in under it."""
    name = in_language(RegionText.objects.all(), "region", "name", language)
    rows = Region.objects.with_tree_fields().annotate(name=name)
    named = [(region.pk, region.name or region.code, region.tree_depth) for region in rows]
    return [(pk, "\u2014 " * depth + words) for pk, words, depth in named]


@transaction.atomic
def move(user: User, region: int | None, today: date) -> None:
    """The person lives in the region from today on, or says no longer where; the past stays as it was."""
    now = user.residences.select_for_update().filter(to_day=None).first()
    if (now.region_id if now else None) == region:
        return
    if now and now.from_day >= today:  # said today: a correction, nothing was so for a day
        now.delete()
    elif now:
        user.residences.filter(pk=now.pk).update(to_day=today)
    if region is not None:
        user.residences.create(region_id=region, from_day=today)
