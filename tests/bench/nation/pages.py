"""The pages that are measured, one line each: what it is, its address, who reads it, and what they ask of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

NATION, REGION, MANAGER = "administrator", "administrator-1", "manager-1"
SUPERUSER = "superuser"  # made when it is first asked for
EVERYBODY = (NATION, REGION, MANAGER)
PLACES = {NATION: ("region", "organisation"), REGION: ("region",), MANAGER: ("organisation",)}
LAST_DAYS = 700  # of the nation's learning; what is asked for lies within

Query = dict[str, str]
Ask = Callable[["Known", str, Random], Query]


@dataclass(frozen=True)
class Known:
    """What can be filled into a query: the last day, keys of courses, codes of places open to each reader."""

    until: date
    courses: tuple[str, ...]
    codes: dict[tuple[str, str], tuple[str, ...]]

    def period(self, chance: Random) -> Query:
        """Any period from a month to a year."""
        last = self.until - timedelta(days=chance.randint(0, LAST_DAYS - 400))
        since = last - timedelta(days=chance.choice((30, 91, 182, 365)))
        return {"since": since.isoformat(), "until": last.isoformat()}


@dataclass(frozen=True)
class Page:
    name: str
    path: str
    readers: tuple[str, ...]
    ask: Ask


def nothing(_known: Known, _reader: str, _chance: Random) -> Query:
    return {}


def by(line: str) -> Ask:
    """A report by that line: of any period, sometimes of one course or one place."""

    def ask(known: Known, reader: str, chance: Random) -> Query:
        query = known.period(chance) | {"by": line}
        if line != "course" and chance.random() < 0.5:
            query["course"] = chance.choice(known.courses)
        return query | _perhaps_a_place(known, reader, chance)

    return ask


def of_a_day(*lines: str, period: bool = False) -> Ask:
    """A report of a day (or of a period), of any course, by one of these lines, sometimes of one place."""

    def ask(known: Known, reader: str, chance: Random) -> Query:
        asked = known.period(chance)
        query = {"until": asked["until"], "course": chance.choice(known.courses)}
        if period:
            query["since"] = asked["since"]
        if open_to := [line for line in lines if line not in {"region", "organisation"} or line in PLACES[reader]]:
            query["by"] = chance.choice(open_to)
        return query | _perhaps_a_place(known, reader, chance)

    return ask


def of_people(known: Known, reader: str, chance: Random) -> Query:
    """A list of people: of all courses or one, sometimes of one place."""
    query = {"course": chance.choice(known.courses)} if chance.random() < 0.5 else {}
    return query | _perhaps_a_place(known, reader, chance)


def _perhaps_a_place(known: Known, reader: str, chance: Random) -> Query:
    kind = chance.choice(PLACES[reader])
    return {kind: chance.choice(known.codes[reader, kind])} if chance.random() < 0.5 else {}


def searched(*words: str) -> Ask:
    def ask(_known: Known, _reader: str, chance: Random) -> Query:
        return {"q": chance.choice(words)}

    return ask


REPORTS = (
    Page("completion by course", "/en/reports/completion/", EVERYBODY, by("course")),
    Page("completion by organisation", "/en/reports/completion/", (NATION, MANAGER), by("organisation")),
    Page("completion by region", "/en/reports/completion/", (NATION, REGION), by("region")),
    Page("completion by month", "/en/reports/completion/", EVERYBODY, by("month")),
    Page("home of the reports", "/en/reports/", EVERYBODY, nothing),
    *(Page(name, f"/en/reports/{name}/", EVERYBODY, of_people) for name in ("overdue", "due-soon", "expiring")),
    Page("learned", "/en/reports/learned/", EVERYBODY, of_a_day("module", "skill")),
    Page("funnel", "/en/reports/funnel/", EVERYBODY, of_a_day()),
    Page("comparison", "/en/reports/comparison/", EVERYBODY, of_a_day("region", "organisation")),
    Page("first answers", "/en/reports/answers/", EVERYBODY, of_a_day("question", "quiz", period=True)),
)
OTHERS = (
    Page("home", "/en/", EVERYBODY, nothing),
    Page("my learning", "/en/my-learning/", EVERYBODY, nothing),
    Page("organisations", "/en/organisations/", (NATION, MANAGER), nothing),
    Page("profile", "/en/account/", EVERYBODY, nothing),
    Page("log", "/en/studio/log/", (NATION,), nothing),
    Page("administration", "/en/admin/", (SUPERUSER,), nothing),
    Page(
        "people in the administration", "/en/admin/accounts/user/", (SUPERUSER,), searched("", "citizen-4711", "Salma")
    ),
    Page("learners in the administration", "/en/admin/quizzes/learner/", (SUPERUSER,), nothing),
    Page(
        "organisations in the administration",
        "/en/admin/accounts/organisation/",
        (SUPERUSER,),
        searched("", "nation-1"),
    ),
    Page("regions in the administration", "/en/admin/accounts/region/", (SUPERUSER,), nothing),
    Page("memberships in the administration", "/en/admin/accounts/membership/", (SUPERUSER,), nothing),
)
EXPORTS = ("/en/reports/roll.csv", "/en/reports/roll.xlsx")
RAW = {
    "completion by course": """
        SELECT course_id, COUNT(*), COUNT(*) FILTER (WHERE completed_on >= %(since)s) FROM quizzes_courseprogress
        WHERE started_on <= %(until)s GROUP BY course_id""",
    "completion by organisation": """
        SELECT seat.organisation_id, COUNT(DISTINCT done.learner_id) FROM quizzes_courseprogress done
        JOIN quizzes_learner learner ON learner.id = done.learner_id
        JOIN accounts_membership seat ON seat.user_id = learner.user_id AND seat.from_day <= %(until)s
            AND (seat.to_day IS NULL OR seat.to_day > %(until)s)
        WHERE done.completed_on BETWEEN %(since)s AND %(until)s GROUP BY seat.organisation_id""",
    "completion by region": """
        SELECT home.region_id, COUNT(DISTINCT done.learner_id) FROM quizzes_courseprogress done
        JOIN quizzes_learner learner ON learner.id = done.learner_id
        JOIN accounts_residence home ON home.user_id = learner.user_id AND home.from_day <= %(until)s
            AND (home.to_day IS NULL OR home.to_day > %(until)s)
        WHERE done.completed_on BETWEEN %(since)s AND %(until)s GROUP BY home.region_id""",
    "completion by month": """
        SELECT date_trunc('month', day), verb, COUNT(*) FROM quizzes_progressevent
        WHERE verb IN ('started', 'completed') AND day BETWEEN %(since)s AND %(until)s GROUP BY 1, 2""",
    "funnel": """
        SELECT course_id, lesson_id, COUNT(DISTINCT learner_id) FROM quizzes_progressevent
        WHERE day <= %(until)s GROUP BY 1, 2""",
}
