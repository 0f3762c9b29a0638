"""Sittings of the sampled citizens: attempts with every question asked and every answer given."""

from dataclasses import dataclass
from math import exp
from random import Random

from portal.nation.moments import Moment
from portal.nation.plan import Asked, Path, QuizPlan
from portal.nation.standing import decimal
from portal.nation.tables import Batch

ROOM = 8192  # ids of questions asked kept free for each person
COMMON = (0.68, 0.27, 0.04, 0.01)  # the first mistake is made most, and the last by nearly nobody
WHOLE = 100_000


@dataclass
class Sitter:
    """A sampled citizen; `ability` is on the logit scale, `item` the next free id."""

    learner: str
    language: str
    ability: float
    item: int


@dataclass(frozen=True)
class Sat:
    """How a sitting ended: its id, share earned in hundred-thousandths, whether it passed."""

    attempt: str
    score: int
    passed: bool
    left: bool = False


def new_id(chance: Random) -> str:
    """A random id of version 4, without dashes: both databases take it so."""
    bits = f"{chance.getrandbits(128):032x}"
    return f"{bits[:12]}4{bits[13:16]}{'89ab'[int(bits[16], 16) % 4]}{bits[17:]}"


def sit(who: Sitter, quiz: QuizPlan, path: Path, at: Moment, batch: Batch, chance: Random, *, leaves: bool) -> Sat:
    """One sitting from the first question to the last; whoever leaves does so half-way, and it stays open."""
    draw = chance.choice(quiz.draws)
    attempt, answered = new_id(chance), len(draw.asked) // 2 if leaves else len(draw.asked)
    begun, given = at.written, []
    for step, asked in enumerate(draw.asked[:answered], 1):
        given.append(_respond(who, step, asked, at, batch, chance))
    over = None if leaves else at.written
    for step, asked in enumerate(draw.asked, 1):
        shown, fraction, saved = given[step - 1] if step <= answered else (None, None, None)
        share = None if fraction is None else decimal(fraction)
        closed = saved if quiz.at_once else over
        row = (who.item + step, attempt, step, asked.version, asked.order, "1.00", shown, share, closed, "std")
        batch["quizzes.AttemptItem"].append(row)
    who.item += len(draw.asked)
    score = round(sum(fraction for _shown, fraction, _saved in given) / len(draw.asked))
    missed = any(one.critical and found[1] < WHOLE for one, found in zip(draw.asked, given, strict=False))
    passed = score >= quiz.pass_mark and not missed
    state, result = ("open", (None, None)) if leaves else ("submitted", (decimal(score), passed))
    frozen = (quiz.rules, attempt, draw.facts)
    row = (attempt, who.learner, quiz.quiz, path.edition, state, *frozen, begun, over, *result)
    batch["quizzes.Attempt"].append(row)
    return Sat(attempt, score, passed=passed and not leaves, left=leaves)


def _respond(who: Sitter, step: int, asked: Asked, at: Moment, batch: Batch, chance: Random) -> tuple[str, int, str]:
    """(when the question was shown, what its answer earned, when that was saved)."""
    shown = at.written
    at.pass_by(min(int(chance.lognormvariate(2.8, 0.5)) + 2, 300))
    answer, fraction = _answer(asked, who.ability, chance)
    row = (who.item + step, new_id(chance), 1, answer, decimal(fraction), who.language, "", at.written)
    batch["quizzes.Response"].append(row)
    return shown, fraction, at.written


def _answer(asked: Asked, ability: float, chance: Random) -> tuple[str, int]:
    if not asked.wrong or chance.random() < 1 / (1 + exp(asked.hard - ability)):
        return asked.right
    return chance.choices(asked.wrong, COMMON[: len(asked.wrong)])[0]
