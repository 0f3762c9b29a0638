"""How somebody goes through courses: lesson by lesson, with checks and finals that are failed and tried again."""

from dataclasses import dataclass, field
from random import Random

from portal.nation.diary import Diary
from portal.nation.moments import Moment
from portal.nation.plan import Path, QuizPlan
from portal.nation.sittings import Sat, Sitter, sit
from portal.nation.tables import Batch

STEADY, GOES_ON = 0.42, (0.985, 0.72)  # how many are steady; how probably these, and others, go on after a lesson
CHECK_PASSED, FINAL_PASSED, TRIES = 0.88, 0.71, 3
TRIES_AGAIN, LEAVES = 0.8, 0.02
WITHDRAWN = 0.0004
RENEWS, AROUND = 0.48, (-25, 70)  # how many do a course again when it runs out, and on which days around that
MONTH = 30.44


@dataclass
class Learning:
    """One learner at work. Where `sitter` is None, what was passed is told without the sitting."""

    diary: Diary
    chance: Random
    batch: Batch
    sitter: Sitter | None = None
    steady: bool = False
    left: set[int] = field(default_factory=set)

    def go_through(self, path: Path, now: Moment) -> None:
        """As far as this learner comes, and again when it has run out."""
        self.diary.start(path, now.day, now.second)
        attempt = None
        for lesson, check in path.lessons:
            if lesson in (self.diary.read if check is None else self.diary.passed):
                continue
            learnt, attempt = self._learn(path, lesson, check, now)
            if not learnt or self.chance.random() > GOES_ON[0 if self.steady else 1]:
                return
            if path.final is None and self._has_all(path):
                self._complete(path, now, attempt)
                return
            now.go_on()
            if now.is_over:
                return
        if path.final is not None:
            self._take_final(path, path.final, now)

    def _has_all(self, path: Path) -> bool:
        done = self.diary
        return all(lesson in (done.read if check is None else done.passed) for lesson, check in path.lessons)

    def _learn(self, path: Path, lesson: int, check: QuizPlan | None, now: Moment) -> tuple[bool, str | None]:
        """(whether the lesson counts now, the sitting that made it count)."""
        if check is None:
            self.diary.tell_read(path, lesson, now.day, now.second)
            return True, None
        for _try in range(TRIES):
            begun, sat = now.second, self._sit(check, path, now, CHECK_PASSED)
            self.diary.tell_read(path, lesson, now.day, begun, sat.attempt or None)
            if sat.attempt and not sat.left:
                self.diary.score(lesson, sat.score)
            if sat.passed:
                self.diary.tell_passed(path, lesson, now.day, now.second, sat.attempt or None)
                return True, sat.attempt or None
            if sat.left or self.chance.random() > TRIES_AGAIN:
                break
        return False, None

    def _take_final(self, path: Path, final: QuizPlan, now: Moment) -> None:
        for _try in range(TRIES):
            sat = self._sit(final, path, now, FINAL_PASSED)
            if sat.passed:
                self.diary.tell_passed(path, None, now.day, now.second, sat.attempt or None)
                self._complete(path, now, sat.attempt or None)
                return
            if sat.left or self.chance.random() > TRIES_AGAIN:
                return
            now.wait(1)
            if now.is_over:
                return

    def _sit(self, quiz: QuizPlan, path: Path, now: Moment, passes: float) -> Sat:
        if self.sitter is None:
            now.pass_by(90 + int(240 * self.chance.random()))
            return Sat("", 0, passed=self.chance.random() < passes)
        leaves = quiz.quiz not in self.left and self.chance.random() < LEAVES
        if leaves:
            self.left.add(quiz.quiz)
        return sit(self.sitter, quiz, path, now, self.batch, self.chance, leaves=leaves)

    def _complete(self, path: Path, now: Moment, attempt: str | None) -> None:
        place = self.diary.complete(path, now.day, now.second, attempt)
        last = self.diary.plan.days.last
        if self.chance.random() < WITHDRAWN:
            day = now.day + self.chance.randint(3, 60)
            if day <= last:
                self.diary.withdraw(place, day)
        if path.months and path.final and self.chance.random() < RENEWS:
            again = Moment(now.days, now.day + round(path.months * MONTH) + self.chance.randint(*AROUND), self.chance)
            if not again.is_over:
                self._take_final(path, path.final, again)
