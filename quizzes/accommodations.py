"""More time for who needs it: granted by staff, or taken by the learner, who need not say why (WCAG 2.2.1)."""

from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict

from quizzes.history import clusters
from quizzes.models import Accommodation, AttemptItem, Learner, Quiz

Mode = AttemptItem.Mode
NO_LIMIT, STANDARD_TIME = "none", "1"
CHOICES = (
    (STANDARD_TIME, _("Standard time")),
    ("1.25", _("A quarter more time")),
    ("1.5", _("Half as much time again")),
    ("2", _("Double time")),
    ("3", _("3 times the time")),
    ("5", _("5 times the time")),
    ("10", _("10 times the time")),
    (NO_LIMIT, _("No time limit")),
)


class Pace(BaseModel):
    """How much time somebody has: `extra` times the standard; None is without any limit. Kept within Rules."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    extra: Decimal | None = Decimal(1)
    granted: bool = False

    @property
    def mode(self) -> Mode:
        if self.extra is None:
            return Mode.UNTIMED
        return Mode.EXTENDED if self.extra > 1 else Mode.STANDARD

    @property
    def choice(self) -> str:
        """As one of CHOICES where it is one of them."""
        return NO_LIMIT if self.extra is None else f"{self.extra.normalize():f}"

    @property
    def label(self) -> str:
        """In words, as `1.75 ×` where there are none for it."""
        return str(dict(CHOICES).get(self.choice, f"{self.choice} ×"))

    def allowed(self, seconds: int | None) -> timedelta | None:
        """The time for what takes that long as a standard; None without a limit, as 0 is."""
        return None if not seconds or self.extra is None else timedelta(seconds=round(seconds * self.extra))


STANDARD = Pace()


def holding(today: date) -> Q:
    """Condition on accommodations: those that hold on that day."""
    return Q(from_day__lte=today) & (Q(to_day=None) | Q(to_day__gt=today))


def pace_of(learner: Learner | None, today: date, *, granted_only: bool = False) -> Pace:
    """The most time that any of the learner's accommodations gives; one query."""
    if learner is None:
        return STANDARD
    rows = Accommodation.objects.filter(holding(today), learner=learner)
    if granted_only:
        rows = rows.filter(chosen=False)
    paces = [Pace(extra=extra, granted=not chosen) for extra, chosen in rows.values_list("extra", "chosen")]
    return max(paces, key=lambda pace: (pace.extra is None, pace.extra or 0, pace.granted), default=STANDARD)


def pace_in(quiz: Quiz, learner: Learner | None, today: date) -> Pace:
    """The time that the learner has in that quiz."""
    return pace_of(learner, today, granted_only=quiz.time_essential)


def chosen_by(learner: Learner | None) -> str:
    """What the learner chose themselves, as one of CHOICES."""
    row = Accommodation.objects.filter(learner=learner, chosen=True).first() if learner else None
    return Pace(extra=row.extra).choice if row else STANDARD_TIME


@transaction.atomic
def choose(learner: Learner, choice: str, today: date) -> None:
    """Keeps the learner's own choice; `choice` is one of CHOICES."""
    clusters([learner.pk], hold=True)
    if choice == STANDARD_TIME:
        Accommodation.objects.filter(learner=learner, chosen=True).delete()
        return
    extra = None if choice == NO_LIMIT else Decimal(choice)
    Accommodation.objects.update_or_create(
        learner=learner, chosen=True, defaults={"extra": extra, "from_day": today, "to_day": None}
    )


def unite(guest: Learner, own: Learner) -> None:
    """What a guest had becomes the person's; of two choices the one that gives more time stays."""
    choices: QuerySet[Accommodation] = Accommodation.objects.filter(learner__in=[guest, own], chosen=True)
    ranked = sorted(choices, key=lambda row: (row.extra is None, row.extra or 0))
    for less in ranked[:-1]:
        less.delete()
    Accommodation.objects.filter(learner=guest).update(learner=own)
