"""Writing reminders. Whoever writes the day into a person's row sends the letter, so two at once never send two."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from lessons.titles import TitledCourse, titled_courses
from portal.accounts import letters
from portal.accounts.joining.names import organisation_names
from portal.accounts.models import Organisation, Reminder, User
from portal.accounts.reminding.audience import BETWEEN, to_remind
from portal.accounts.unsubscribing import stop_address

KIND = "reminders"
TOGETHER = 500


@task()
def remind_members(organisation_id: int, course_id: int, due_on: str | None) -> int:
    """Reminds the members of the organisation and of those below it; how many were written to."""
    today = timezone.localdate()
    if not Organisation.objects.filter(pk=organisation_id).exists():
        return 0
    places = Organisation.objects.descendants(organisation_id, include_self=True).values_list("pk", flat=True)
    people = to_remind(list(places), course_id, today)
    return send_to(people, organisation_id, course_id, date.fromisoformat(due_on) if due_on else None, today)


def send_to(people: QuerySet[User], organisation_id: int, course_id: int, due_on: date | None, today: date) -> int:
    """Writes to each of them once, in their language; how many were written to by this call."""
    words: dict[str, tuple[str, TitledCourse | None]] = {}
    pks, count = list(people.values_list("pk", flat=True)), 0
    for start in range(0, len(pks), TOGETHER):
        for user in User.objects.filter(pk__in=pks[start : start + TOGETHER]).order_by("pk"):
            if user.language not in words:
                words[user.language] = _words(organisation_id, course_id, user.language)
            organisation, course = words[user.language]
            if course and _send(user, course, organisation, due_on, today):
                count += 1
    return count


@transaction.atomic
def _send(user: User, course: TitledCourse, organisation: str, due_on: date | None, today: date) -> bool:
    if not claim(user.pk, course.pk, today):
        return False
    letters.send(
        "reminder",
        user,
        course=course.title,
        organisation=organisation,
        due_on=due_on.isoformat() if due_on else None,
        late=bool(due_on and due_on < today),
        url=reverse("lessons:course", args=[course.slug]),
        stop_url=stop_address(user, KIND),
    )
    return True


def claim(user_id: int, course_id: int, today: date) -> bool:
    """Whether this call may remind the person of the course today, and no other for a week."""
    row, is_new = Reminder.objects.get_or_create(user_id=user_id, course_id=course_id, defaults={"sent_on": today})
    if is_new:
        return True
    return bool(Reminder.objects.filter(pk=row.pk, sent_on__lte=today - BETWEEN).update(sent_on=today))


def _words(organisation_id: int, course_id: int, language: str) -> tuple[str, TitledCourse | None]:
    courses: Sequence[TitledCourse] = titled_courses(language)
    course = next((course for course in courses if course.pk == course_id), None)
    return organisation_names([organisation_id], language)[organisation_id], course
