"""The lives of citizens: when they join, where they live and belong, what they learn; of guests only the last."""

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from random import Random

from portal.nation import standing
from portal.nation.diary import Diary
from portal.nation.learning import STEADY, Learning
from portal.nation.moments import Moment
from portal.nation.plan import Ask, Path, Plan, Seats
from portal.nation.sittings import ROOM, Sitter, new_id
from portal.nation.tables import Batch, empty_batch

ARABIC, MOVES = 0.74, 0.06
BELONGS, BELONGS_TWICE, HAS_LEFT, OF_THE_NATION = 0.38, 0.06, 0.12, 0.3
LEARNS, OBEYS, GUEST_LEARNS = 0.5, 0.68, 0.9
COURSES = (1, 1, 1, 1, 1, 2, 2, 3)
GUEST_FIRST, MERGED = 0.25, 0.06  # began as a guest; did so on a second device too


@dataclass(frozen=True)
class Account:
    """A citizen with an account; `joined` is a day."""

    number: int
    user: int
    language: str
    joined: int


def lives(plan: Plan, first: int, count: int) -> Batch:
    """The rows of so many people from one number on; the same for the same plan."""
    chance = Random(f"{plan.seed} {first}")  # noqa: S311 - made up, and the same every time
    batch = empty_batch()
    for number in range(first, min(first + count, plan.people)):
        if number < plan.citizens:
            _live(plan, number, batch, chance)
        else:
            _visit(plan, number, batch, chance)
    return batch


def _live(plan: Plan, number: int, batch: Batch, chance: Random) -> None:
    joined = chance.choices(range(plan.days.last + 1), cum_weights=plan.days.joins)[0]
    language = "ar" if chance.random() < ARABIC else "en"
    who = Account(number, plan.first.user + number, language, joined)
    _sign_up(plan, who, batch, chance)
    asks = _settle(plan, who, batch, chance)
    wanted = [ask for ask in asks if chance.random() < OBEYS]
    if wanted or chance.random() < LEARNS:
        _learn(plan, who, wanted, batch, chance)


def _sign_up(plan: Plan, who: Account, batch: Batch, chance: Random) -> None:
    given, family = plan.names[who.language]
    name = f"{chance.choice(given)} {chance.choice(family)}"
    email = f"citizen-{who.number}@nation.example"
    at = Moment(plan.days, who.joined, chance).written
    row = (who.user, email, name, who.language, at, "!nobody knows it", True, False, False, "auto")
    batch["accounts.User"].append(row)
    batch["account.EmailAddress"].append((who.user, email, True, True))


def _settle(plan: Plan, who: Account, batch: Batch, chance: Random) -> list[Ask]:
    """Homes and memberships; what is asked of the person."""
    iso, last = plan.days.iso, plan.days.last
    region, home = chance.choices(plan.districts, cum_weights=plan.crowds)[0]
    moved = who.joined + 30 + int(600 * chance.random()) if chance.random() < MOVES else last + 1
    gone = iso[moved] if moved <= last else None
    batch["accounts.Residence"].append((who.user, home, iso[who.joined], gone))
    if gone:
        batch["accounts.Residence"].append((who.user, chance.choice(plan.districts)[1], gone, None))
    asks: list[Ask] = []
    for organisation in _seats(plan, region, chance):
        leaves = who.joined + 20 + int(500 * chance.random()) if chance.random() < HAS_LEFT else last + 1
        to_day = iso[leaves] if leaves <= last else None
        batch["accounts.Membership"].append((who.user, organisation, iso[who.joined], to_day))
        asks += [ask for ask in plan.asks.get(organisation, ()) if ask.day <= leaves]
    return asks


def _seats(plan: Plan, region: int, chance: Random) -> list[int]:
    """Each once, in the order in which they are drawn: a set has another order where ids are others."""
    if chance.random() > BELONGS:
        return []
    count = 2 if chance.random() < BELONGS_TWICE else 1
    return list(dict.fromkeys(_seat(plan.seats[_where(plan, region, chance)], chance) for _one in range(count)))


def _where(plan: Plan, region: int, chance: Random) -> int | None:
    return region if region in plan.seats and chance.random() > OF_THE_NATION else None


def _seat(seats: Seats, chance: Random) -> int:
    return chance.choices(seats.ids, cum_weights=seats.weights)[0]


def _learn(plan: Plan, who: Account, asks: list[Ask], batch: Batch, chance: Random) -> None:
    """What they like and what is asked of them; some began as a guest on a device of its own."""
    owner = new_id(chance)
    begun = max(0, who.joined - (chance.randint(0, 20) if chance.random() < GUEST_FIRST else 0))
    diary, agenda = Diary(plan, owner), _agenda(plan, asks, who.joined, begun, chance)
    sitter = None
    if chance.random() < plan.sampled:
        sitter = Sitter(owner, who.language, chance.gauss(0.4, 1.2), plan.first.item + who.number * ROOM)
    learning = Learning(diary, chance, batch, sitter, steady=chance.random() < STEADY)
    now, created = Moment(plan.days, begun, chance), plan.days.moment(begun, 3600 * 6)
    if chance.random() < MERGED:
        diary.learner = new_id(chance)
        _take(learning, agenda[:1], now)
        seen = plan.days.iso[begun if diary.last is None else diary.last]
        batch["quizzes.Learner"].append((diary.learner, None, owner, created, seen))
        diary.learner, agenda = owner, agenda[1:]
    _take(learning, agenda, now)
    seen = plan.days.iso[max(who.joined, diary.last or 0)]
    batch["quizzes.Learner"].append((owner, who.user, None, created, seen))
    standing.write(diary, who.number, batch)


def _agenda(plan: Plan, asks: list[Ask], joined: int, begun: int, chance: Random) -> list[tuple[int, Path]]:
    """(from which day on, which course), each course once: most begin soon after they were asked, some when it is due.

    Of what they like it is the first of the catalogue the most; it is less where something is asked of them.
    """
    found: dict[int, int] = {}
    for ask in asks:
        soon, late = ask.day + int(chance.expovariate(1 / 12)), ask.due - int(chance.expovariate(1 / 3))
        found.setdefault(ask.path, max(joined, ask.day, soon if chance.random() < STEADY else late))
    count = chance.choice(COURSES) if not asks else chance.choice((0, 0, 1))
    for path in chance.choices(range(len(plan.paths)), _likings(len(plan.paths)), k=count):
        found.setdefault(path, begun)
    return [(day, plan.paths[path]) for path, day in sorted(found.items(), key=itemgetter(1))]


@cache
def _likings(count: int) -> list[float]:
    return [1 / (place + 2) for place in range(count)]


def _take(learning: Learning, agenda: list[tuple[int, Path]], now: Moment) -> None:
    """One course after the other, each from its day on."""
    for day, path in agenda:
        now.wait(max(day - now.day, 0))
        if now.is_over:
            return
        learning.go_through(path, now)
        now.wait(learning.chance.randint(2, 60))


def _visit(plan: Plan, number: int, batch: Batch, chance: Random) -> None:
    """A guest looks into a course, and is not seen again."""
    first = max(0, plan.days.last - plan.guest_days + 2)
    joins = plan.days.joins
    floor = joins[first - 1] if first else 0.0
    drawn = floor + chance.random() * (joins[-1] - floor)
    day = bisect_left(joins, drawn, first, plan.days.last)
    learner = new_id(chance)
    diary = Diary(plan, learner)
    if chance.random() < GUEST_LEARNS:
        agenda = _agenda(plan, [], day, day, chance)[:1]
        _take(Learning(diary, chance, batch), agenda, Moment(plan.days, day, chance))
    seen = plan.days.iso[max(diary.last or 0, day)]
    batch["quizzes.Learner"].append((learner, None, None, plan.days.moment(day, 3600 * 6), seen))
    standing.write(diary, number, batch)
