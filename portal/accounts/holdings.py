"""Everything that the portal holds about a person, in sections of rows; `docs/personal-data.md` explains each key."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lessons.models import Revision, State
from lessons.words import in_language, reader_language
from portal.accounts.looking import lines_about
from portal.accounts.models import (
    AuditEntry,
    ExternalIdentity,
    Membership,
    Reminder,
    RemindersStopped,
    Residence,
    RoleGrant,
    User,
)
from quizzes.models import (
    Accommodation,
    Attempt,
    Completion,
    CourseProgress,
    Learner,
    LessonProgress,
    ProgressEvent,
    QuestionText,
    RegradedAttempt,
    Response,
)
from quizzes.rules import Rules

Row = Mapping[str, Any]
Rows = Callable[[User], Iterable[Row]]
CHUNK = 500


@dataclass(frozen=True)
class Section:
    name: str
    rows: Rows
    words: Any


def sections() -> tuple[Section, ...]:
    return tuple(_sections.values())


def _account(user: User) -> Iterable[Row]:
    said = ("id", "email", "phone", "display_name", "language", "theme")
    return User.objects.filter(pk=user.pk).values(
        *said, "is_active", "is_staff", "date_joined", "last_login", "erase_on"
    )


def _addresses(user: User) -> Iterable[Row]:
    return EmailAddress.objects.filter(user=user).values("email", "verified", "primary")


def _second_factors(user: User) -> Iterable[Row]:
    return Authenticator.objects.filter(user=user).values("type", "created_at", "last_used_at")


def _identities(user: User) -> Iterable[Row]:
    return ExternalIdentity.objects.filter(user=user).values("issuer", "subject", "created_at")


def _sessions(user: User) -> Iterable[Row]:
    rows = UserSession.objects.filter(user=user).order_by("created_at")
    return rows.values("created_at", "last_seen_at", "user_agent", address=F("ip"))


def _residences(user: User) -> Iterable[Row]:
    rows = Residence.objects.filter(user=user).order_by("from_day")
    return rows.values("from_day", "to_day", place=F("region__code"))


def _memberships(user: User) -> Iterable[Row]:
    rows = Membership.objects.filter(user=user).order_by("from_day")
    return rows.values("from_day", "to_day", place=F("organisation__code"))


def _reminders(user: User) -> Iterable[Row]:
    return Reminder.objects.filter(user=user).order_by("pk").values("sent_on", of_course=F("course__key"))


def _no_reminders(user: User) -> Iterable[Row]:
    return RemindersStopped.objects.filter(user=user).values("id")


def _roles(user: User) -> Iterable[Row]:
    rows = RoleGrant.objects.filter(user=user).order_by("from_day")
    return rows.values(
        "role", "from_day", "to_day", in_organisation=F("organisation__code"), in_region=F("region__code")
    )


def _learners(user: User) -> Q:
    """The person's learner and the guests who became theirs."""
    mine = Learner.objects.filter(Q(user=user) | Q(merged_into__user=user))
    return Q(learner__in=mine.values("pk"))


def _attempts(user: User) -> Iterable[Row]:
    rows = Attempt.objects.filter(_learners(user)).order_by("begun_at", "pk")
    return rows.values(
        "id",
        "state",
        "begun_at",
        "submitted_at",
        "score",
        "passed",
        course=F("edition__course__key"),
        purpose=F("quiz__purpose"),
        lesson=F("quiz__lesson__key"),
    ).iterator(CHUNK)


def _answers(user: User) -> Iterable[Row]:
    texts = QuestionText.objects.exclude(state=State.DRAFT)
    words = in_language(texts, "version", "words", reader_language(), outer="item__version")
    mine = Q(item__attempt__in=Attempt.objects.filter(_learners(user)).values("pk"))
    rows = Response.objects.filter(mine).order_by("saved_at", "pk").annotate(words=words)
    fields = ("item__attempt", "item__step", "item__version__question__key", "answer", "fraction", "language")
    secret = ("words", *_WHEN_OPEN)
    for row in rows.values(*fields, "confidence", "item__mode", "client_time", "saved_at", *secret).iterator(CHUNK):
        said = row.pop("words") or {}
        rules, state, closed_at = (row.pop(name) for name in _WHEN_OPEN)
        if closed_at is None or not Rules.model_validate(rules).key_is_open(state, timezone.now()):
            row["fraction"] = None
        yield {name.rpartition("__")[2] or name: value for name, value in row.items()} | {
            "question": said.get("stem", ""),
            "answer_in_words": _in_words(row["answer"], said),
        }


_WHEN_OPEN = ("item__attempt__rules", "item__attempt__state", "item__closed_at")


def _in_words(answer: Any, said: dict[str, Any]) -> Any:
    """The answer with its options written out: in a list each, in a match or a text with gaps each where it stands."""
    options = said.get("options") or {}
    if isinstance(answer, dict):
        prompts, choices = said.get("prompts") or {}, said.get("choices") or {}
        return {prompts.get(part, part): choices.get(part, options).get(one, one) for part, one in answer.items()}
    if isinstance(answer, list):
        return [_in_words(part, said) for part in answer]
    return options.get(answer, answer) if isinstance(answer, str) else answer


def _events(user: User) -> Iterable[Row]:
    rows = ProgressEvent.objects.filter(_learners(user)).order_by("day", "pk")
    return rows.values("verb", "day", "at", of_course=F("course__key"), of_lesson=F("lesson__key")).iterator(CHUNK)


def _completions(user: User) -> Iterable[Row]:
    rows = Completion.objects.filter(_learners(user)).order_by("completed_on")
    return rows.values(
        "completed_on",
        "expires_on",
        of_course=F("course__key"),
        of_edition=F("edition__label"),
        withdrawn_on=F("withdrawal__withdrawn_on"),
        withdrawn_because=F("withdrawal__reason"),
    )


def _corrections(user: User) -> Iterable[Row]:
    mine = Attempt.objects.filter(_learners(user)).values("pk")
    rows = RegradedAttempt.objects.filter(attempt__in=mine).order_by("pk")
    fields = ("attempt", "score_before", "score_after", "passed_before", "passed_after")
    return rows.values(*fields, on_day=F("regrade__day"), reason=F("regrade__reason")).iterator(CHUNK)


def _lessons(user: User) -> Iterable[Row]:
    rows = LessonProgress.objects.filter(_learners(user)).order_by("pk")
    return rows.values("read_on", "passed_on", "best", of_lesson=F("lesson__key"))


def _courses(user: User) -> Iterable[Row]:
    rows = CourseProgress.objects.filter(_learners(user)).order_by("pk")
    return rows.values("started_on", "active_on", of_course=F("course__key"))


def _accommodations(user: User) -> Iterable[Row]:
    rows = Accommodation.objects.filter(_learners(user)).order_by("from_day", "pk")
    return rows.values("extra", "from_day", "to_day", "chosen", "created_at")


def _written(user: User) -> Iterable[Row]:
    rows = Revision.objects.filter(author=user).order_by("pk")
    return rows.values("number", "state", "title", in_language=F("text__language"), of_lesson=F("text__lesson__key"))


def _deeds(user: User) -> Iterable[Row]:
    rows = AuditEntry.objects.filter(actor=user).order_by("at", "pk")
    return rows.values("at", "deed", "subject", "address", "detail").iterator(CHUNK)


def _deeds_about(user: User) -> Iterable[Row]:
    """What staff did to this account; not who did it, which is theirs."""
    about = (
        Q(deed__startswith="person.")
        | Q(deed__startswith="account.")
        | Q(deed__startswith="second_factor.")
        | Q(deed__startswith="role.")
    )
    rows = AuditEntry.objects.filter(about, subject=str(user.pk)).order_by("at", "pk")
    return rows.values("at", "deed", "detail").iterator(CHUNK)


def _looks(user: User) -> Iterable[Row]:
    """Who looked at the person's results: in which role, not who, as on the page."""
    return ({"day": look.day, "role": look.role, "place": look.place} for look in lines_about(user))


_sections: dict[str, Section] = {}


def register(name: str, rows: Rows, words: Any) -> None:
    """A room that holds something about people says so: `rows(user)` yields it, `words` say what it is."""
    _sections[name] = Section(name, rows, words)


register("account", _account, _("Your account."))
register("addresses", _addresses, _("Your e-mail addresses."))
register("second_factors", _second_factors, _("Your second factors, without their secrets."))
register("identities", _identities, _("Identity services that open your account."))
register("sessions", _sessions, _("The browsers you are logged in with."))
register("residences", _residences, _("Where you said that you live, from one day to another."))
register("memberships", _memberships, _("The organisations you belong to."))
register("reminders", _reminders, _("Reminders that organisations sent you: the course, and the last day."))
register("no_reminders", _no_reminders, _("That you want no reminders, if you said so."))
register("roles", _roles, _("The roles you hold."))
register("attempts", _attempts, _("Every sitting of a quiz, with its result."))
register(
    "answers", _answers, _("Every answer, with the question as it was asked and the share of the points it earned.")
)
register(
    "accommodations", _accommodations, _("More time in quizzes, granted to you or chosen by you; empty is no limit.")
)
register("corrections", _corrections, _("Sittings that were scored again because a question was corrected."))
register("events", _events, _("What you did, by day: started, read, passed, completed."))
register("completions", _completions, _("The courses you completed."))
register("lessons", _lessons, _("Where you stand in each lesson."))
register("courses", _courses, _("Where you stand in each course."))
register("written", _written, _("What you wrote for lessons."))
register("deeds", _deeds, _("What you did as staff, as the audit log has it."))
register("deeds_about_me", _deeds_about, _("What staff changed in your account."))
register("looks", _looks, _("Who looked at your results, the newest first."))
