"""Letters about lessons whose review is due: to whom they belong, and not more often than once a month."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import override

from lessons.models import Revision, State
from lessons.words import preferring
from portal.accounts import letters
from portal.accounts.models import RoleGrant, User
from portal.accounts.periods import as_of
from portal.accounts.rights import PERMISSIONS
from portal.studio.models import ReviewLetter
from portal.studio.upkeep.due import due_words, review_horizon

MONTH = timedelta(days=30)
MOST_NAMED = 20  # lessons in one letter


@dataclass(frozen=True)
class DueLesson:
    """A lesson whose review is due, with the day of the language in which it is due first."""

    pk: int
    slug: str
    due: date


def remind(today: date) -> int:
    """Write to everybody to whom a lesson belongs whose review is due; how many were written to."""
    due = _due_by_owner(today)
    people = User.objects.filter(pk__in=due, is_active=True, email__isnull=False).exclude(email="")
    return sum(_write_to(person, due[person.pk], today) for person in people.order_by("pk"))


def _due_by_owner(today: date) -> dict[int, list[DueLesson]]:
    """The lessons of each person, soonest first.

    A lesson belongs to the authors of its published texts who still write. One that has none, since it came from a
    course package or they left, belongs to all who write for the whole nation.
    """
    writers, national = _writers(today)
    rows = Revision.objects.filter(
        state=State.PUBLISHED, text__lesson__archived_at=None, review_due__lte=review_horizon()
    )
    found = rows.order_by("review_due", "pk").values_list("text__lesson", "text__lesson__slug", "review_due", "author")
    lessons: dict[int, DueLesson] = {}
    owners: dict[int, set[int]] = defaultdict(set)
    for pk, slug, due, author in found:
        if due:
            lessons.setdefault(pk, DueLesson(pk, slug, due))
        owners[pk].update({author} & writers)
    by_owner: dict[int, list[DueLesson]] = defaultdict(list)
    for pk, lesson in lessons.items():
        for owner in owners[pk] or national:
            by_owner[owner].append(lesson)
    return by_owner


def _writers(today: date) -> tuple[set[int], set[int]]:
    """Ids of the people who may write today, and of those among them whose grant is over the whole nation."""
    grants = RoleGrant.objects.filter(as_of(today), role__in=list(PERMISSIONS["studio.write"]))
    rows = list(grants.values_list("user", "organisation", "region"))
    return {row[0] for row in rows}, {user for user, organisation, region in rows if not (organisation or region)}


def _write_to(person: User, due: list[DueLesson], today: date) -> bool:
    """Whether a letter went out: not to whom one was sent within the month, nor where the mail server is away."""
    with transaction.atomic():
        ReviewLetter.objects.get_or_create(person=person)
        not_lately = Q(sent_on=None) | Q(sent_on__lte=today - MONTH)
        before = ReviewLetter.objects.filter(person=person).values_list("sent_on", flat=True).get()
        if not ReviewLetter.objects.filter(not_lately, person=person).update(sent_on=today):
            return False
    sent = letters.send_now("reviews_due", person, url=reverse("studio:upkeep"), **_words(person, due))
    if not sent:  # tomorrow's run tries again
        ReviewLetter.objects.filter(person=person, sent_on=today).update(sent_on=before)
    return sent


def _words(person: User, due: list[DueLesson]) -> dict[str, Any]:
    named = due[:MOST_NAMED]
    with override(person.language):
        titles = _titles([lesson.pk for lesson in named], person.language)
        lines = [
            {
                "title": titles[lesson.pk],
                "due": due_words(lesson.due),
                "url": reverse("studio:lesson", args=[lesson.slug]),
            }
            for lesson in named
        ]
    return {"count": len(due), "lines": lines, "more": len(due) - len(named)}


def _titles(lessons: list[int], language: str) -> dict[int, str]:
    rows = Revision.objects.filter(text__lesson__in=lessons, state=State.PUBLISHED)
    ordered = rows.order_by(preferring(language, "text__language").desc(), "-pk")
    return dict(ordered.values_list("text__lesson", "title"))
