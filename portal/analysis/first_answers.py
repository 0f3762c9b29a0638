"""How the questions of a course were answered the first time: over the nation, or by the people of a place.

Over the nation the figures are those that `quizzes.analysis` keeps, of all time. Of a place they are counted here, of
the first sittings that its people began in a period; a place with more people than `MOST_PEOPLE` is not counted.
"""

from collections import Counter
from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import Coalesce, RowNumber

from lessons.models import CourseEdition
from portal.accounts.models import Membership, Residence, User
from portal.accounts.periods import as_of
from portal.accounts.trees import Place
from portal.analysis.counting import quizzes_of, staff
from portal.analysis.table import rows_of
from portal.reports.completion import Period
from portal.reports.scope import Scope
from quizzes.analysis.sittings import FINISHED
from quizzes.models import Attempt, AttemptItem, Learner, Quiz, QuizStatistic

MOST_PEOPLE = 5_000  # of more the page could not tell at once
BATCH = 5_000  # sittings of which one query asks; a database has room for so many parameters
WHOLE = 0  # stands for a version where the quiz as a whole is meant
Numbers = dict[tuple[int, int], tuple[int, int | None]]  # by quiz and version: people, and right (or passed) at once


def people_asked(scope: Scope, organisation: Place | None, region: Place | None, day: date) -> QuerySet[User] | None:
    """Who belonged to the chosen places, which are in scope, on the day; None for everyone in the nation."""
    people, where = scope.people(day), scope.where(organisation, region)
    if where.organisations is not None:
        members = Membership.objects.filter(as_of(day), organisation__among=where.organisations)
        people = (User.objects.all() if people is None else people).filter(pk__in=members.values("user"))
    if where.regions is not None:
        residents = Residence.objects.filter(as_of(day), region__among=where.regions)
        people = (User.objects.all() if people is None else people).filter(pk__in=residents.values("user"))
    return people


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


def of_people(edition: CourseEdition, people: QuerySet[User], period: Period) -> Numbers | None:
    """Of the first sittings that these people began in the period; None: too many people. A query a batch."""
    found_people = set(people.order_by().values_list("pk", flat=True)[: MOST_PEOPLE + 1])
    if len(found_people) > MOST_PEOPLE:
        return None
    learning = found_people - set(staff().filter(pk__among=found_people).values_list("pk", flat=True))
    firsts = _first_sittings(quizzes_of(edition).order_by().values("pk"), learning)
    finished = Attempt.objects.filter(
        pk__in=firsts.values("pk"), state__in=FINISHED, begun_at__date__range=tuple(period)
    ).order_by()
    sittings = {pk: (quiz, bool(passed)) for pk, quiz, passed in finished.values_list("pk", "quiz", "passed")}
    people_of, right_of = Counter[tuple[int, int]](), Counter[tuple[int, int]]()
    ids = list(sittings)
    for at in range(0, len(ids), BATCH):
        items = AttemptItem.objects.filter(attempt__in=ids[at : at + BATCH]).order_by()
        told = items.values("attempt__quiz", "version").annotate(n=Count("pk"), right=Count("pk", Q(fraction__gte=1)))
        for quiz, version, number, right in told.values_list("attempt__quiz", "version", "n", "right"):
            people_of[quiz, version] += number
            right_of[quiz, version] += right
    found: Numbers = {key: (number, right_of[key]) for key, number in people_of.items()}
    for quiz, number in Counter(quiz for quiz, _passed in sittings.values()).items():
        found[quiz, WHOLE] = number, sum(passed for of, passed in sittings.values() if of == quiz)
    return found


def _first_sittings(quizzes: QuerySet[Quiz, Any], people: Collection[int]) -> QuerySet[Attempt]:
    """Of each of them the first sitting of each quiz; what a guest did before signing up is that person's."""
    known = Learner.objects.order_by().values_list("pk", flat=True)
    # Ids and no subquery: a database that takes these people for many reads all sittings there are.
    own = list(known.filter(user__among=people))
    theirs = Attempt.objects.filter(learner__in=[*own, *known.filter(merged_into__in=own)], quiz__in=quizzes)
    person = Coalesce("learner__merged_into", "learner")
    nth = Window(RowNumber(), partition_by=[person, F("quiz")], order_by=[F("begun_at").asc(), F("pk").asc()])
    return theirs.annotate(nth=nth).filter(nth=1).order_by()
