"""Making a nation: who may have one made, what it is made by, and the batches in which its people come."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from portal.accounts.models import RoleGrant, User
from portal.nation.batches import batches
from portal.nation.courses import paths_of
from portal.nation.days import days_until
from portal.nation.loading import loader, settle_sequences
from portal.nation.organisations import make_organisations
from portal.nation.plan import First, Plan
from portal.nation.regions import make_regions
from portal.nation.staff import inherited, make_assignments, make_staff
from portal.nation.words import FAMILY, GIVEN
from quizzes.models import AttemptItem, Completion, Learner

GUESTS = 0.15  # guests without an account for each citizen with one
Progress = Callable[[str], None]


class NationRefused(Exception):
    """No nation is made here; says why."""


@dataclass(frozen=True)
class Wish:
    """How big a nation is wanted; `sampled` is the share of citizens whose sittings are kept question by question."""

    citizens: int
    seed: int
    regions: int
    organisations: int
    years: int
    sampled: float
    until: date
    processes: int = 1


@transaction.atomic
def make_nation(wish: Wish, progress: Progress) -> int:
    """Makes the nation or nothing of it; returns how many learners it has. Raises NationRefused."""
    refuse_unless_empty()
    progress("places and staff")
    plan = planned(wish)
    into, done = loader(), 0
    with into.unindexed():
        for count, batch in batches(plan, wish.processes, encodes=into.encodes):
            for name, rows in batch.items():
                into.load(name, rows)
            done += count
            progress(f"{done} of {plan.people} people")
        progress("indexes and constraints")
    settle_sequences()
    return Learner.objects.count()


def refuse_unless_empty() -> None:
    """Staff may be there already, since somebody has to be; whoever learns may not."""
    staff = User.objects.filter(is_staff=True).values("pk").union(RoleGrant.objects.values("user"))
    citizens = User.objects.exclude(pk__in=list(staff.values_list("pk", flat=True))).count()
    if citizens or Learner.objects.exists():
        raise NationRefused(
            f"There are people in this database ({citizens} citizens with an account, {Learner.objects.count()} "
            "learners): a nation is only made in a database of its own, where nobody has learned anything."
        )


def planned(wish: Wish) -> Plan:
    """Makes places, staff and assignments, and says what the citizens are to be like."""
    chance = Random(f"nation {wish.seed}")  # noqa: S311 - made up, and the same every time
    days = days_until(wish.until, 365 * wish.years, settings.TIME_ZONE)
    first = date.fromisoformat(days.iso[0])
    paths = paths_of(first, days.last + 1, chance)
    if not paths:
        raise NationRefused("There is no course to learn: read the curriculum first (read_package lessons/curriculum).")
    regions = make_regions(wish.regions, chance)
    organisations = make_organisations(wish.organisations, regions, chance)
    by = make_staff(organisations, regions, first - timedelta(days=30), chance)
    asks = make_assignments(organisations, [path.course for path in paths], days, by, chance)
    return Plan(
        seed=wish.seed,
        citizens=wish.citizens,
        guests=round(wish.citizens * GUESTS),
        sampled=wish.sampled,
        days=days,
        guest_days=settings.GUEST_DAYS,
        paths=paths,
        districts=regions.districts,
        crowds=regions.crowds,
        seats=organisations.seats,
        asks=inherited(asks, organisations.parents),
        names={"ar": _names(0), "en": _names(1)},
        first=First(_next(User), _next(Completion), _next(AttemptItem)),
    )


def _names(language: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(name[language] for name in GIVEN), tuple(name[language] for name in FAMILY)


def _next(model: type[User] | type[Completion] | type[AttemptItem]) -> int:
    return int(model._default_manager.aggregate(last=Max("pk"))["last"] or 0) + 1
