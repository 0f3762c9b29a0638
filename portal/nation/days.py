"""The days of a nation's learning: seasons, weekdays and campaigns, and how a moment of one is written."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from math import exp, pi, sin
from zoneinfo import ZoneInfo

DAY = 24 * 60 * 60
WEEKDAYS = (1.1, 1.05, 1.0, 1.1, 0.55, 0.6, 1.2)  # from Monday; people rest on Friday and Saturday
CAMPAIGN = 91  # days from one campaign to the next
WEIGHT, FADES = 2.5, 8.0  # a campaign's first day beside an ordinary one, and days until a third of that is left
MINUTES = tuple(f"{minute // 60:02}:{minute % 60:02}" for minute in range(24 * 60))


@dataclass(frozen=True)
class Days:
    """Days by their number from 0. `iso` and `begins` have one more at the end; `busy` is 0 to 1.

    `joins` adds up, so that a day can be drawn by it. `begins` is the second at which the local day begins, counted
    from midnight UTC of day 0.
    """

    iso: tuple[str, ...]
    before: str
    begins: tuple[int, ...]
    joins: tuple[float, ...]
    busy: tuple[float, ...]

    @property
    def last(self) -> int:
        return len(self.busy) - 1

    def moment(self, day: int, second: int) -> str:
        """A second of a local day as it is stored: in UTC, without saying so."""
        utc_day, rest = divmod(self.begins[day] + second, DAY)
        name = self.iso[utc_day] if utc_day >= 0 else self.before
        return f"{name} {MINUTES[rest // 60]}:{rest % 60:02}"


def days_until(last: date, count: int, zone: str) -> Days:
    """The `count` days that end with `last`, as people in that time zone live through them."""
    first = last - timedelta(days=count - 1)
    every = [first + timedelta(days=number) for number in range(count + 1)]
    busy = [_busy(day) for day in every[:-1]]
    joins = [_known(number / count) * busy[number] * _campaign(number) for number in range(count)]
    most = max(busy)
    return Days(
        iso=tuple(day.isoformat() for day in every),
        before=(first - timedelta(days=1)).isoformat(),
        begins=_begins(every, ZoneInfo(zone)),
        joins=tuple(accumulate(joins)),
        busy=tuple(each / most for each in busy),
    )


def campaigns(days: Days) -> list[int]:
    """The first days of campaigns, on which organisations ask for courses too."""
    return list(range(CAMPAIGN // 3, days.last + 1, CAMPAIGN))


def _begins(every: list[date], zone: ZoneInfo) -> tuple[int, ...]:
    """As of noon: the night in which clocks are changed is nobody's time to learn."""
    midnight = datetime.combine(every[0], time(), UTC)
    noons = [datetime.combine(day, time(12), zone).astimezone(UTC) for day in every]
    return tuple(round((noon - midnight).total_seconds()) - DAY // 2 for noon in noons)


def _busy(day: date) -> float:
    """Weekday and season: the most in autumn, when schools begin, the fewest in the heat of July."""
    season = 1 + 0.35 * sin(2 * pi * (day.timetuple().tm_yday - 200) / 365 - pi / 2)
    return WEEKDAYS[day.weekday()] * season


def _known(part: float) -> float:
    """The portal becomes known: few at first, then many, in the end those who are left."""
    rate = exp(-8 * (part - 0.45))
    return 0.12 + 4 * rate / (1 + rate) ** 2


def _campaign(number: int) -> float:
    since = number % CAMPAIGN - CAMPAIGN // 3
    return 1 + WEIGHT * exp(-since / FADES) if since >= 0 else 1.0
