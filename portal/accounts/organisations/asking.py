"""Asking a course of an organisation's members, and telling them."""

from datetime import date
from functools import partial

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from lessons.titles import TitledCourse, titled_courses
from portal.accounts import letters
from portal.accounts.models import Assignment, Membership, User
from portal.accounts.periods import as_of
from portal.accounts.trees import Tree, organisation_tree
from quizzes.models import CourseProgress
from quizzes.validity import running_on


@transaction.atomic
def ask(organisation_id: int, course_id: int, due_on: date | None, by: User) -> Assignment:
    """Asks the course of the members of the organisation and of those below; they are told once it is saved.

    Raises IntegrityError if the organisation asks for this course already.
    """
    assignment = Assignment.objects.create(
        organisation_id=organisation_id, course_id=course_id, due_on=due_on, assigned_by=by
    )
    transaction.on_commit(partial(tell_members.enqueue, assignment.pk), robust=True)
    return assignment


@task()
def tell_members(assignment_id: int) -> int:
    """Writes to every member who does not hold the course yet; how many were written to."""
    assignment = Assignment.objects.select_related("organisation").filter(pk=assignment_id).first()
    if assignment is None:  # withdrawn meanwhile
        return 0
    words: dict[str, tuple[Tree, TitledCourse]] = {}
    count = 0
    for user in _to_tell(assignment, timezone.localdate()).iterator(chunk_size=500):
        if user.language not in words:
            words[user.language] = _words(assignment, user.language)
        tree, course = words[user.language]
        letters.send(
            "assigned",
            user,
            course=course.title,
            organisation=tree.places[assignment.organisation_id].name,
            due_on=assignment.due_on.isoformat() if assignment.due_on else None,
            url=reverse("lessons:course", args=[course.slug]),
        )
        count += 1
    return count


def _words(assignment: Assignment, language: str) -> tuple[Tree, TitledCourse]:
    course = next(course for course in titled_courses(language) if course.pk == assignment.course_id)
    return organisation_tree(language), course


def _to_tell(assignment: Assignment, today: date) -> QuerySet[User]:
    tree = organisation_tree("en")
    below = tree.below([tree.places[assignment.organisation_id]])
    members = Membership.objects.filter(as_of(today), organisation__in=below)
    held = CourseProgress.objects.filter(
        running_on(today), learner__user=OuterRef("pk"), course=assignment.course_id, completed_on__isnull=False
    )
    people = User.objects.filter(pk__in=members.values("user"), is_active=True, email__isnull=False)
    return people.filter(~Exists(held)).order_by("pk")
