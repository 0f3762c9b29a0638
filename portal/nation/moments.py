"""Now, for somebody who learns: a day and a second of it, which go on as they do."""

from random import Random

from portal.nation.days import Days

EARLY, USUAL, LATE = 7 * 3600, 18 * 3600, 23 * 3600  # seconds of a local day: nobody learns before or begins after
END = LATE + 3000
GAPS = (0, 0, 0, 1, 1, 2, 4, 9)  # days until somebody goes on
ALL_DAY = 14  # of days looked at, on the last one learns whatever the weekday


class Moment:
    def __init__(self, days: Days, day: int, chance: Random) -> None:
        self.days, self.day, self.chance = days, day, chance
        self.second = self._some_time()

    @property
    def written(self) -> str:
        return self.days.moment(self.day, self.second)

    @property
    def is_over(self) -> bool:
        """Whether the days that are told of are over."""
        return self.day > self.days.last

    def pass_by(self, seconds: int) -> None:
        """Within the same day."""
        self.second = min(self.second + seconds, END)

    def go_on(self) -> None:
        """To the next lesson: on the same evening, or on a later day on which people learn."""
        gap = self.chance.choice(GAPS)
        if gap == 0 and self.second < LATE:
            self.pass_by(60 + int(600 * self.chance.random()))
        else:
            self.wait(max(gap, 1))

    def wait(self, gap: int) -> None:
        """At least so many days; of the days then, rather one on which many learn."""
        self.day += gap
        busy, last, chance = self.days.busy, self.days.last, self.chance
        for _day in range(ALL_DAY):
            if self.day > last or chance.random() < busy[self.day]:
                break
            self.day += 1
        self.second = self._some_time()

    def _some_time(self) -> int:
        return int(self.chance.triangular(EARLY, LATE, USUAL))
