"""What the portal holds about people, why, who sees it and for how long: the table of the public page.

Every field of every row about a person stands here under `rows`; of what people have written or decided for everybody
only the mark that it was them, under `marks`. A test fails for a model or a field that stands in no kind.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

Fields = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Kind:
    """`rule` names the rule of `retention` that ends it; without one `kept` says how long."""

    name: str
    what: Any
    why: Any
    seen_by: Any
    kept: Any = ""
    rule: str = ""
    rows: Fields = field(default_factory=dict)
    marks: Fields = field(default_factory=dict)


ONLY_YOU = _("Only you.")
WITH_THE_ACCOUNT = _("Until the account is erased.")
STAFF_IN_SCOPE = _("You, the managers of your organisations, and the administrators of your region and of the nation.")

KINDS = (
    Kind(
        "account",
        _("Your account: e-mail address or telephone number, the name that you give, language and appearance"),
        _("To know you again on every device, and to write to you in your language."),
        _("You and the administrators of the nation; managers see name and address of their members."),
        WITH_THE_ACCOUNT,
        rows={
            "accounts.User": (
                *("email", "phone", "display_name", "language", "theme", "date_joined", "last_login"),
                *("is_active", "is_staff", "is_superuser", "erase_on"),
            ),
            "account.EmailAddress": ("user", "email", "verified", "primary"),
        },
    ),
    Kind(
        "signing_in",
        _("What you sign in with: a password and second factors, which nobody can read, and where you are signed in"),
        _("So that nobody else opens your account."),
        _("Nobody; administrators see that there is a second factor."),
        WITH_THE_ACCOUNT,
        rows={
            "accounts.User": ("password", "sign_outs"),
            "mfa.Authenticator": ("user", "type", "data", "created_at", "last_used_at"),
            "account.EmailConfirmation": ("email_address", "created", "sent", "key"),
            "accounts.ExternalIdentity": ("user", "issuer", "subject", "created_at"),
            "usersessions.UserSession": (
                *("user", "created_at", "ip", "last_seen_at", "session_key", "user_agent", "data"),
            ),
            "sessions.Session": ("session_key", "session_data", "expire_date"),
        },
    ),
    Kind(
        "region",
        _("The region where you say that you live, and since when; you need not say"),
        _("To know which regions are ready for an emergency."),
        _("You and the administrators of the region and of the nation."),
        WITH_THE_ACCOUNT,
        rows={"accounts.Residence": ("user", "region", "from_day", "to_day")},
    ),
    Kind(
        "organisations",
        _("The organisations you belong to, and since when"),
        _("So that a school or an employer can ask for courses and see who has done them."),
        _("You, the managers of the organisation and of those above it, and administrators."),
        WITH_THE_ACCOUNT,
        rows={
            "accounts.Membership": ("user", "organisation", "from_day", "to_day"),
            "accounts.PastPlace": ("learner", "region", "organisation", "from_day", "to_day"),
        },
    ),
    Kind(
        "roles",
        _("The roles you hold: instructor, reviewer, manager, administrator"),
        _("To let you do this work, and nobody else."),
        _("You and the administrators of the nation."),
        WITH_THE_ACCOUNT,
        rows={
            "accounts.RoleGrant": ("user", "role", "organisation", "region", "from_day", "to_day", "granted_by"),
            "accounts.User_groups": ("user", "group"),
            "accounts.User_user_permissions": ("user", "permission"),
        },
    ),
    Kind(
        "progress",
        _("What you read, passed and completed, and on which day; without an account, under a number in a cookie"),
        _("To show you where you stand, to give you certificates, and to count how many people are ready."),
        STAFF_IN_SCOPE,
        _("Until the account is erased; then it stays without a name and without the hour, for the counts."),
        rows={
            "quizzes.Learner": ("user", "merged_into", "created_at", "seen_on", "erased_at"),
            "quizzes.ProgressEvent": (
                *("learner", "verb", "course", "edition", "lesson", "attempt", "regrade", "day", "at"),
            ),
            "quizzes.Completion": ("learner", "course", "edition", "attempt", "after", "completed_on", "expires_on"),
            "quizzes.CompletionWithdrawal": ("completion", "regrade", "withdrawn_on", "reason"),
            "quizzes.LessonProgress": ("learner", "lesson", "read_on", "passed_on", "best"),
            "quizzes.CourseProgress": (
                *("learner", "course", "edition", "started_on", "active_on", "last_lesson"),
                *("passed", "completed_on", "expires_on"),
            ),
        },
    ),
    Kind(
        "sittings",
        _("The quizzes you took: which questions, when, and with what result"),
        _("To score them, to show you what to repeat, and to find questions that are not clear."),
        _("You and the administrators of the nation; authors of questions see figures without names."),
        _("Until the account is erased; then it stays without a name and without the hour, for the counts."),
        rows={
            "quizzes.Attempt": (
                *("learner", "quiz", "edition", "state", "rules", "seed", "nonce", "local_facts", "begun_at"),
                *("deadline", "submitted_at", "score", "passed"),
            ),
            "quizzes.AttemptItem": (
                *("attempt", "step", "version", "option_order", "points", "shown_at", "fraction", "closed_at"),
                *("mode", "regraded_by"),
            ),
            "quizzes.RegradedItem": ("regrade", "item", "before", "after"),
            "quizzes.RegradedAttempt": (
                *("regrade", "attempt", "score_before", "score_after", "passed_before", "passed_after", "passes"),
            ),
        },
    ),
    Kind(
        "answers",
        _("What exactly you answered, how sure you were, and the time on your device"),
        _("To show you your answers again, and to score them again when a question was wrong."),
        _("You and the administrators of the nation; authors of questions see figures without names."),
        rule="answers",
        rows={
            "quizzes.Response": (
                *("item", "submission_id", "sequence", "answer", "fraction", "language", "confidence"),
                *("client_time", "saved_at"),
            )
        },
    ),
    Kind(
        "time",
        _("That you have more time in quizzes; never why"),
        _("So that nobody fails for want of time."),
        _("You and the administrators of the nation; what you chose yourself only you."),
        WITH_THE_ACCOUNT,
        rows={
            "quizzes.Accommodation": (
                *("learner", "extra", "from_day", "to_day", "chosen", "granted_by", "created_at"),
            )
        },
    ),
    Kind(
        "worksheets",
        _("What you fill in on the worksheets of lessons, such as your family's plan"),
        _("So that you find it again."),
        ONLY_YOU,
        WITH_THE_ACCOUNT,
        rows={"worksheets.FilledWorksheet": ("user", "lesson_key", "worksheet", "values", "saved_at")},
    ),
    Kind(
        "letters",
        _("E-mails on their way to you, and the day of the last reminder"),
        _("To send each once, and not too often."),
        _("Nobody."),
        rule="letters",
        rows={
            "studio.ReviewLetter": ("person", "sent_on"),
            "accounts.Reminder": ("user", "course", "sent_on"),
            "accounts.RemindersStopped": ("user",),
            "accounts.WelcomeDue": ("user", "organisation"),
            "django_tasks_database.DBTaskResult": ("args_kwargs", "return_value"),
        },
    ),
    Kind(
        "log",
        _("What staff do, and what is done to an account: who, what, when, and from which network address"),
        _("So that nobody can abuse their rights unseen. It can only be added to."),
        _("The administrators of the nation."),
        _("As long as the portal runs; the network address for a year. When your account is erased, your name goes."),
        rows={
            "accounts.AuditEntry": ("at", "actor", "deed", "subject", "address", "detail"),
            "admin.LogEntry": (
                *("action_time", "user", "content_type", "object_id", "object_repr", "action_flag", "change_message"),
            ),
        },
    ),
    Kind(
        "looks",
        _("Who looked at your results: the day, and in which role"),
        _("So that you can see it."),
        _("You; the name of the reader only the administrators of the nation."),
        rule="looks",
        rows={
            "accounts.Look": ("day", "page", "reader", "role", "place", "person", "organisation", "region"),
        },
    ),
    Kind(
        "unsaved",
        _("Of staff: what is typed in the studio and not saved yet, and course packages that were sent"),
        _("So that nothing typed is lost."),
        ONLY_YOU,
        rule="working_copies",
        rows={
            "studio.WorkingCopy": (
                *("person", "lesson", "place", "typed", "begun_from", "languages", "tab", "count", "saved_at"),
                "seen_at",
            ),
            "exchange.WaitingPackage": ("sent_by", "sent_at", "name", "size", "sha256", "found"),
        },
    ),
    Kind(
        "views",
        _("Of managers and administrators: the views of reports that they saved, and how often a link to them is sent"),
        _("So that they need not ask again."),
        ONLY_YOU,
        WITH_THE_ACCOUNT,
        rows={
            "reports.SavedView": ("user", "name", "report", "query", "delivery", "sent_on", "created_at"),
        },
    ),
    Kind(
        "tables",
        _("Tables of members and of places that managers send, until they are read in"),
        _("To make accounts for many people at once."),
        _("Only who sent the table."),
        rule="member_files",
        rows={
            "accounts.MemberFile": (
                *("organisation", "sent_by", "sent_at", "name", "changed_at", "state", "writes", "found"),
            ),
            "accounts.MemberFileText": ("file", "data"),
            "accounts.PlacesFile": ("sent_by", "sent_at", "name", "data", "found"),
        },
    ),
    Kind(
        "work",
        _("Of staff and experts: that a text, a question, a remark or a decision is theirs"),
        _("So that what saves lives can be traced to who wrote and who checked it."),
        _("Instructors, reviewers and administrators; an expert who signs is named under the lesson."),
        _("The work stays. When an account is erased, the name is taken from it."),
        marks={
            "accounts.Assignment": ("assigned_by",),
            "accounts.Invitation": ("made_by",),
            "lessons.LocalFactValue": ("author", "reviewer"),
            "lessons.Revision": ("author", "reviewer"),
            "lessons.CourseEdition": ("author", "reviewer"),
            "lessons.Suspension": ("by", "ended_by"),
            "quizzes.QuestionVersion": ("author", "reviewer"),
            "quizzes.QuestionText": ("author", "reviewer"),
            "quizzes.Regrade": ("by",),
            "studio.Release": ("author", "reviewer"),
            "studio.Invitation": ("made_by",),
            "studio.Comment": ("author", "resolved_by"),
            "studio.Tick": ("person",),
        },
    ),
)
