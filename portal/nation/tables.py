"""The tables that a nation fills by the million, with the columns of a row in the order in which rows are made.

A row holds what both databases take as it is: whole numbers, true or false, None, and text; a day, an hour, an id and
JSON are text already.
"""

from collections.abc import Iterable, Mapping

from portal.nation.plan import Row

Batch = dict[str, list[Row]]
Written = Mapping[str, str | list[Row]]

TABLES: dict[str, tuple[str, ...]] = {
    "accounts.User": (
        "id",
        "email",
        "display_name",
        "language",
        "date_joined",
        "password",
        "is_active",
        "is_staff",
        "is_superuser",
        "theme",
    ),
    "account.EmailAddress": ("user_id", "email", "verified", "primary"),
    "accounts.Residence": ("user_id", "region_id", "from_day", "to_day"),
    "accounts.Membership": ("user_id", "organisation_id", "from_day", "to_day"),
    "quizzes.Learner": ("id", "user_id", "merged_into_id", "created_at", "seen_on"),
    "quizzes.Attempt": (
        "id",
        "learner_id",
        "quiz_id",
        "edition_id",
        "state",
        "rules",
        "seed",
        "local_facts",
        "begun_at",
        "submitted_at",
        "score",
        "passed",
    ),
    "quizzes.AttemptItem": (
        "id",
        "attempt_id",
        "step",
        "version_id",
        "option_order",
        "points",
        "shown_at",
        "fraction",
        "closed_at",
        "mode",
    ),
    "quizzes.Response": (
        "item_id",
        "submission_id",
        "sequence",
        "answer",
        "fraction",
        "language",
        "confidence",
        "saved_at",
    ),
    "quizzes.ProgressEvent": (
        "learner_id",
        "verb",
        "course_id",
        "edition_id",
        "lesson_id",
        "attempt_id",
        "day",
        "at",
    ),
    "quizzes.LessonProgress": ("learner_id", "lesson_id", "read_on", "passed_on", "best"),
    "quizzes.CourseProgress": (
        "learner_id",
        "course_id",
        "edition_id",
        "started_on",
        "active_on",
        "last_lesson_id",
        "passed",
        "completed_on",
        "expires_on",
    ),
    "quizzes.Completion": (
        "id",
        "learner_id",
        "course_id",
        "edition_id",
        "attempt_id",
        "completed_on",
        "expires_on",
    ),
    "quizzes.CompletionWithdrawal": ("completion_id", "withdrawn_on", "reason"),
}


def empty_batch() -> Batch:
    return {name: [] for name in TABLES}


def prepared(batch: Mapping[str, list[Row]], *, encodes: bool) -> Written:
    """The batch as a loader takes it."""
    return {name: copied(rows) if encodes else rows for name, rows in batch.items() if rows}


def copied(rows: Iterable[Row]) -> str:
    """The rows as PostgreSQL's COPY reads them."""
    return "".join(["\t".join([_cell(value) for value in row]) + "\n" for row in rows])


def _cell(value: object) -> str:
    """Text has neither tabs nor ends of lines in it: in JSON these are escaped, and in all else there are none."""
    if isinstance(value, str):
        return value.replace("\\", "\\\\") if "\\" in value else value
    return r"\N" if value is None else str(value)
