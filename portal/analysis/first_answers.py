"""How the questions of a course were answered the first time: over the nation, or by the people of a place.

Over the nation the figures are those that `quizzes.analysis` keeps, of all time. Of a place they are counted here, of
the first sittings that its people began in a period; of more than `MOST_PEOPLE` about `DRAWN` are drawn.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import Coalesce, RowNumber

from lessons.models import CourseEdition
from portal.accounts.models import Membership, Residence, User
from portal.accounts.periods import as_of
from portal.accounts.spread import drawn
from portal.accounts.trees import Place
from portal.analysis.counting import quizzes_of, staff
from portal.analysis.table import rows_of
from portal.reports.completion import Period
from portal.reports.counts.figures import Where
from portal.reports.counts.reading import people as counted_people
from portal.reports.scope import Scope
from quizzes.analysis.sittings import FINISHED
from quizzes.models import Attempt, AttemptItem, Learner, QuizStatistic

MOST_PEOPLE = 5_000  # of more the page could not tell at once
DRAWN = 2_000  # people; so many tell a share to about two in a hundred
MOST_SITTINGS = 2_000  # of so many those who sat are looked for among the people, instead of the other way round
WHOLE = 0  # stands for a version where the quiz as a whole is meant
Numbers = dict[tuple[int, int], tuple[int, int | None]]  # by quiz and version: people, and right (or passed) at once


@dataclass(frozen=True)
class Asked:
    """Of whom first answers are told: ids of people, which are all who belong there or were drawn from so many."""

    people: frozenset[int]
    all: int

    @property
    def is_drawn(self) -> bool:
        return self.all > len(self.people)


def people_asked(
    scope: Scope, organisation: Place | None, region: Place | None, edition: CourseEdition, period: Period
) -> Asked | None:
    """Who belonged to the chosen places, or to all that the reader may see, at its end; None for the whole nation.

    Of more than `MOST_PEOPLE`, those are asked who sat for the course in the period; where that may be too many as
    well, about `DRAWN` are drawn, at every time the same. How many people there are, the counts say.
    """
    day = period.until
    if scope.everyone and not organisation and not region:
        return None
    whose = scope.whose(organisation, region)
    number = sum(sign * counted_people(where, day) for sign, where in whose)
    if len(whose) == 1:
        users = _belonging(whose[0][1], day)
    else:
        people = scope.people(day)
        users = (User.objects.none() if people is None else people).order_by().values_list("pk", flat=True)
    if number <= MOST_PEOPLE:
        found = frozenset(users[: 2 * MOST_PEOPLE + 1])
        if len(found) <= 2 * MOST_PEOPLE:
            return Asked(found, len(found))
        number = users.count()  # more have come than the last count knows of
    sat = _who_sat(edition, period)
    if sat is not None:
        found = frozenset(users.filter(**{f"{_person(users)}__among": sat}))
        return Asked(found, len(found))
    return Asked(frozenset(drawn(users, DRAWN / number, _person(users))), number)


def _who_sat(edition: CourseEdition, period: Period) -> set[int] | None:
    """Ids of those who began a sitting of the course in the period, wherever they belong; None: of too many to tell."""
    sittings = Attempt.objects.filter(
        quiz__in=[quiz.pk for quiz in quizzes_of(edition)], begun_at__date__range=tuple(period)
    )
    whose = Coalesce("learner__merged_into__user", "learner__user")
    found = list(sittings.order_by().annotate(whose=whose).values_list("whose", flat=True)[: MOST_SITTINGS + 1])
    return None if len(found) > MOST_SITTINGS else {user for user in found if user}


def _person(users: QuerySet[Any, int]) -> str:
    return "pk" if users.model is User else "user"


def _belonging(where: Where, day: date) -> QuerySet[Any, int]:
    """Ids of those who belonged to one of the organisations and lived in one of the regions."""
    members = Membership.objects.filter(as_of(day), organisation__among=where.organisations or ())
    residents = Residence.objects.filter(as_of(day), region__among=where.regions or ())
    if where.organisations is None:
        return residents.order_by().values_list("user", flat=True)
    if where.regions is not None:
        members = members.filter(user__in=residents.values("user"))
    return members.order_by().values_list("user", flat=True).distinct()


def of_nation(edition: CourseEdition) -> Numbers:
    """As they are kept; two queries. A question with part marks counts as so many right as its mean mark says."""
    rows = rows_of(edition).filter(language="").values_list("quiz", "version", "people", "facility")
    found: Numbers = {(quiz, version): (people, _of(people, share)) for quiz, version, people, share in rows}
    whole = QuizStatistic.objects.filter(quiz__in=quizzes_of(edition).order_by().values("pk"), language="")
    for quiz, people, passed in whole.values_list("quiz", "people", "passed"):
        found[quiz, WHOLE] = people, _of(people, passed)
    return found


def _of(people: int, share: float | None) -> int | None:
    return None if share is None else round(share * people)


def of_people(edition: CourseEdition, people: Collection[int], period: Period) -> Numbers:
    """Of the first sittings that these people began in the period; staff are left out."""
    learning = set(people) - set(staff().filter(pk__among=people).values_list("pk", flat=True))
    firsts = _first_sittings([quiz.pk for quiz in quizzes_of(edition)], learning)
    finished = Attempt.objects.filter(
        pk__in=firsts.values("pk"), state__in=FINISHED, begun_at__date__range=tuple(period)
    ).order_by()
    sittings = {pk: (quiz, bool(passed)) for pk, quiz, passed in finished.values_list("pk", "quiz", "passed")}
    items = AttemptItem.objects.filter(attempt__among=sittings).order_by()
    told = items.values("attempt__quiz", "version").annotate(n=Count("pk"), right=Count("pk", Q(fraction__gte=1)))
    rows = told.values_list("attempt__quiz", "version", "n", "right")
    found: Numbers = {(quiz, version): (number, right) for quiz, version, number, right in rows}
    for quiz, number in Counter(quiz for quiz, _passed in sittings.values()).items():
        found[quiz, WHOLE] = number, sum(passed for of, passed in sittings.values() if of == quiz)
    return found


def _first_sittings(quizzes: Collection[int], people: Collection[int]) -> QuerySet[Attempt]:
    """Of each of them the first sitting of each quiz; what a guest did before signing up is that person's."""
    known = Learner.objects.order_by().values_list("pk", flat=True)
    # Ids and no subquery: a database that takes these people for many reads all sittings there are.
    own = list(known.filter(user__among=people))
    theirs = Attempt.objects.filter(learner__among=[*own, *known.filter(merged_into__among=own)], quiz__in=quizzes)
    person = Coalesce("learner__merged_into", "learner")
    nth = Window(RowNumber(), partition_by=[person, F("quiz")], order_by=[F("begun_at").asc(), F("pk").asc()])
    return theirs.annotate(nth=nth).filter(nth=1).order_by()
