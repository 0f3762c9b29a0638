"""Who manages and administers the nation, and what organisations ask of their members."""

from datetime import date, datetime, time, timedelta
from random import Random

from allauth.account.models import EmailAddress
from django.utils import timezone

from portal.accounts.models import Assignment, RoleGrant, User
from portal.nation.days import Days, campaigns
from portal.nation.organisations import Organisations
from portal.nation.plan import Ask
from portal.nation.regions import Regions

Role = RoleGrant.Role
MANAGED, ASKING = 0.2, 0.06  # shares of organisations below the heads
FEWEST_DAYS, MOST_DAYS = 30, 120  # until what is asked for is due


def make_staff(organisations: Organisations, regions: Regions, since: date, chance: Random) -> User:
    """One administrator of the nation, who is returned, one of each region, and managers; none can log in."""
    holders: list[tuple[str, dict[str, object]]] = [("administrator", {"role": Role.ADMINISTRATOR})]
    for place, (region, _name) in enumerate(regions.tops):
        holders.append((f"administrator-{place + 1}", {"role": Role.ADMINISTRATOR, "region_id": region}))
    managed = [*organisations.heads, *(node for node in organisations.others if chance.random() < MANAGED)]
    for place, node in enumerate(managed):
        holders.append((f"manager-{place + 1}", {"role": Role.MANAGER, "organisation_id": node.organisation.pk}))
    joined = timezone.make_aware(datetime.combine(since, time(8)))
    people = User.objects.bulk_create(
        (
            User(
                email=f"{key}@nation.example",
                display_name=key,
                date_joined=joined,
                password="!",  # noqa: S106 - none
                is_staff=held["role"] == Role.ADMINISTRATOR,
            )
            for key, held in holders
        ),
        batch_size=1000,
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email or "", verified=True, primary=True) for user in people
    )
    first = people[0]
    RoleGrant.objects.bulk_create(
        RoleGrant(user=user, from_day=since, granted_by=first if user is not first else None, **held)
        for user, (_key, held) in zip(people, holders, strict=True)
    )
    return first


def make_assignments(
    organisations: Organisations, courses: list[int], days: Days, by: User, chance: Random
) -> dict[int, tuple[Ask, ...]]:
    """Every head asks for two courses and some others for one, on a campaign's first day; by organisation that asks."""
    starts = campaigns(days)
    asks: dict[int, tuple[Ask, ...]] = {}
    for node in organisations.heads:
        wanted = chance.sample(range(len(courses)), k=min(2, len(courses)))
        asks[node.organisation.pk] = tuple(_ask(path, chance.choice(starts), chance) for path in wanted)
    for node in organisations.others:
        if chance.random() < ASKING:
            asks[node.organisation.pk] = (_ask(chance.randrange(len(courses)), chance.choice(starts), chance),)
    _save(asks, courses, days, by)
    return asks


def inherited(asks: dict[int, tuple[Ask, ...]], parents: dict[int, int | None]) -> dict[int, tuple[Ask, ...]]:
    """By organisation, what it and those above it ask for."""
    found: dict[int, tuple[Ask, ...]] = {}
    for organisation in parents:
        line: list[Ask] = []
        place: int | None = organisation
        while place is not None:
            line += asks.get(place, ())
            place = parents[place]
        if line:
            found[organisation] = tuple(line)
    return found


def _ask(path: int, day: int, chance: Random) -> Ask:
    return Ask(path, day, day + chance.randint(FEWEST_DAYS, MOST_DAYS))


def _save(asks: dict[int, tuple[Ask, ...]], courses: list[int], days: Days, by: User) -> None:
    first = date.fromisoformat(days.iso[0])
    rows = []
    for organisation, asked in asks.items():
        for ask in asked:
            row = Assignment(organisation_id=organisation, course_id=courses[ask.path], assigned_by=by)
            row.due_on = first + timedelta(days=ask.due)
            rows.append((row, timezone.make_aware(datetime.combine(first + timedelta(days=ask.day), time(9)))))
    saved = Assignment.objects.bulk_create([row for row, _at in rows])
    for row, (_row, at) in zip(saved, rows, strict=True):
        row.assigned_at = at  # saving has put today
    Assignment.objects.bulk_update(saved, ["assigned_at"], batch_size=500)
