"""What a regrade comes to for each learner of a batch: their sittings scored anew, and what follows from these."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from quizzes.consequences import Earned, Outcome, Past, outcome
from quizzes.history import Only, Verb, Whose, clusters, events_of
from quizzes.needs import Needs, needs_of
from quizzes.rescoring import Rescored, Scorer
from quizzes.validity import LATEST, completions_as_of

NOTHING = Outcome()


@dataclass(frozen=True)
class Foreseen:
    """A learner's sittings; `kept` is what follows while passes that fall stay, `withdrawn` once they are withdrawn."""

    learner: uuid.UUID
    sittings: tuple[Rescored, ...]
    kept: Outcome = NOTHING
    withdrawn: Outcome = NOTHING

    @property
    def turns(self) -> bool:
        """Whether a sitting passes now, or would not pass any more."""
        return any(one.rises or one.falls for one in self.sittings)


def foresee(scorer: Scorer, learners: Sequence[uuid.UUID], today: date, *, hold: bool = False) -> list[Foreseen]:
    """In the order of the learners. `hold` keeps them and their sittings until the transaction ends."""
    whose = clusters(learners, hold=hold)  # first: who is merged from here on has no sittings left to find
    rescored = scorer.rescored(learners, hold=hold)
    found = [Foreseen(learner, tuple(own)) for learner, own in groupby(rescored, key=lambda one: one.learner)]
    turning = {one.learner for one in found if one.turns}
    if not turning:
        return found
    pasts = pasts_of({pk: owner for pk, owner in whose.items() if owner in turning})
    needs = _needs(found, pasts)
    return [_followed(one, pasts[one.learner], needs, today) if one.turns else one for one in found]


def _followed(found: Foreseen, past: Past, needs: Mapping[int, Needs], today: date) -> Foreseen:
    rising = [one.sitting for one in found.sittings if one.rises]
    falling = [one.sitting for one in found.sittings if one.falls]
    kept = outcome(past, rising, [], needs, today)
    withdrawn = outcome(past, rising, falling, needs, today) if falling else kept
    return Foreseen(found.learner, found.sittings, kept, withdrawn)


def pasts_of(whose: Whose) -> dict[uuid.UUID, Past]:
    """What each of them has; two queries."""
    pasts = {learner: Past() for learner in whose.values()}
    for event in events_of(whose, Only()):
        past, key = pasts[event.learner], event.attempt or event.pk
        if event.verb == Verb.READ and event.lesson is not None:
            past.read.add(event.lesson)
        elif event.verb == Verb.PASS_WITHDRAWN:
            past.passes.pop(key, None)
        elif event.verb in {Verb.PASSED, Verb.FINAL_PASSED}:
            past.passes[key] = (event.lesson, event.course)
    rows = completions_as_of().filter(learner__in=list(whose)).order_by(*LATEST)
    fields = ("learner", "pk", "attempt", "course", "edition", "completed_on", "expires_on")
    for learner, *completion in rows.values_list(*fields):
        pasts[whose[learner]].completions.append(Earned(*completion))
    return pasts


def _needs(found: Iterable[Foreseen], pasts: Mapping[uuid.UUID, Past]) -> dict[int, Needs]:
    asked = {(one.sitting.edition, one.sitting.course) for learner in found for one in learner.sittings}
    asked |= {(one.edition, one.course) for past in pasts.values() for one in past.completions}
    return needs_of(asked)
