"""Lessons and courses made from nothing, courses made from others, and what is put away."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from lessons import stamp
from lessons.addresses import address_from
from lessons.layouts import LaidOut, lay_out, layout_of, put_words, words_of
from lessons.models import Course, CourseEdition, Lesson, Module, Skill, State, Topic
from lessons.readiness import Reason, refuse
from lessons.search.indexing import courses_changed, lessons_changed
from portal.accounts.audit import record
from portal.accounts.models import Assignment, User
from portal.studio import drafts
from portal.studio.courses import editions, syllabus
from portal.studio.courses.marks import ChangedMeanwhile, mark_of
from portal.studio.drafts import Typed, Written
from portal.studio.standing import Standing


@dataclass(frozen=True)
class NewLesson:
    """A lesson as it is asked for; an empty address is made from the title."""

    title: str
    language: str
    minutes: int
    slug: str = ""
    topics: Collection[Topic] = ()
    skills: Collection[Skill] = ()


@transaction.atomic
def new_lesson(about: NewLesson, by: User, place: tuple[Course, str] | None = None) -> Lesson:
    """A lesson with a first draft that has its title, at the end of a module where `place` (course, key) names one.

    Raises UnderReview where the course's edition cannot take it now.
    """
    authority = place[0].authority if place else Lesson._meta.get_field("authority").get_default()
    slug = about.slug or address_from(about.title, _slugs(Lesson), "lesson")
    keys = set(Lesson.objects.filter(authority=authority).values_list("key", flat=True))
    lesson = Lesson.objects.create(
        authority=authority,
        key=address_from(slug, keys, "lesson"),
        slug=slug,
        minutes=about.minutes,
        source_language=about.language,
    )
    lesson.topics.set(about.topics)
    lesson.skills.set(about.skills)
    empty = Standing(about.language)
    drafts.save(lesson, by, {about.language: Typed(Written(about.title), drafts.mark_of(empty))})
    if place:
        place_lesson(lesson, place[0], place[1], by)
    record(by, "lesson.created", lesson, lesson=lesson.pk)
    return lesson


def place_lesson(lesson: Lesson, course: Course, module: str, by: User) -> None:
    """The lesson stands at the end of the module, in the edition in work, which is begun where there is none."""
    edition = editions.begin_edition(course, by)
    layout = layout_of(edition)
    if not layout:
        layout = syllabus.with_module([], {}, module_keys(course))
    editions.save_layout(edition, by, syllabus.with_lesson(layout, lesson.pk, module), editions.layout_mark(edition))


def module_keys(course: Course) -> set[str]:
    """Every key that a module of the course has or had: a key stands for one module for good."""
    return set(Module.objects.filter(edition__course=course).values_list("key", flat=True))


def _slugs(model: type[Lesson] | type[Course]) -> set[str]:
    return set(model.objects.values_list("slug", flat=True))


@dataclass(frozen=True)
class NewCourse:
    """A course as it is asked for; an empty address is made from the title."""

    title: str
    summary: str
    language: str
    slug: str = ""
    topics: Collection[Topic] = ()
    valid_months: int | None = None
    module: str = ""
    texts: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def new_course(about: NewCourse, by: User) -> Course:
    """A course, the last one in the catalogue, with the draft of its first edition, which has one module."""
    course = _course(about.title, about.slug)
    course.topics.set(about.topics)
    edition = editions.new_edition(
        course, by, minutes=1, valid_months=about.valid_months, source_language=about.language
    )
    put_words(edition, {about.language: (about.title, about.summary, "", "")})
    lay_out(edition, [LaidOut("M1", {about.language: about.module or about.title}, [])])
    record(by, "course.created", course, course=course.pk)
    return course


def _course(title: str, slug: str) -> Course:
    address = slug or address_from(title, _slugs(Course), "course")
    authority = Course._meta.get_field("authority").get_default()
    keys = set(Course.objects.filter(authority=authority).values_list("key", flat=True))
    last = Course.objects.aggregate(last=Max("position"))["last"]
    return Course.objects.create(
        authority=authority, key=address_from(address, keys, "course"), slug=address, position=(last or 0) + 1
    )


@transaction.atomic
def duplicate(before: CourseEdition, titles: Mapping[str, str], slug: str, by: User) -> Course:
    """A new course whose draft says what `before` says, under other titles: the lessons are the same lessons."""
    source = before.course
    course = _course(titles.get(before.source_language) or next(iter(titles.values())), slug)
    if course.authority != source.authority:
        Course.objects.filter(pk=course.pk).update(authority=source.authority)
        course.authority = source.authority
    course.due_days = source.due_days
    course.save(update_fields=["due_days"])
    course.topics.add(*Topic.objects.filter(courses=source))
    course.take_first.add(*source.take_first.all())
    edition = editions.copy_edition(before, course, by)
    put_words(
        edition, {language: (titles.get(language, ""), *said[1:]) for language, said in words_of(edition).items()}
    )
    record(by, "course.duplicated", course, course=course.pk, of=source.pk)
    return course


# Putting away


def assigned_to(course: Course) -> int:
    """How many organisations it is assigned to."""
    return Assignment.objects.filter(course=course).count()


@transaction.atomic
def archive_course(course: Course, by: User) -> None:
    """Out of the catalogue; completions and certificates stay, and whoever sits its final may finish it."""
    _put_course_away(course, timezone.now(), by, "course.archived")


@transaction.atomic
def restore_course(course: Course, by: User) -> None:
    """Back into the catalogue, where it was."""
    _put_course_away(course, None, by, "course.restored")


def _put_course_away(course: Course, at: Any, by: User, deed: str) -> None:
    changed = Course.objects.filter(pk=course.pk, archived_at__isnull=at is not None).update(archived_at=at)
    if changed:
        courses_changed([course.pk])
        stamp.touch()
        record(by, deed, course, course=course.pk)


def reasons_against_archiving(lesson: Lesson) -> list[Reason]:
    """The courses in which the lesson stands, published or in work."""
    standing = CourseEdition.objects.exclude(state=State.SUPERSEDED).filter(placements__lesson=lesson)
    message = _("The lesson stands in this course. Take it out in a new edition and publish that first.")
    courses = Course.objects.filter(editions__in=standing, archived_at=None).distinct()
    return [Reason(message, course) for course in courses]


@transaction.atomic
def archive_lesson(lesson: Lesson, by: User) -> None:
    """Nobody finds it any more; what was learned stays. Raises NotReady while it stands in a course."""
    Lesson.objects.select_for_update().get(pk=lesson.pk)
    refuse(reasons_against_archiving(lesson))
    if Lesson.objects.filter(pk=lesson.pk, archived_at=None).update(archived_at=timezone.now()):
        lessons_changed([lesson.pk])
        stamp.touch()
        record(by, "lesson.archived", lesson, lesson=lesson.pk)


# The catalogue


def catalogue_mark(courses: Iterable[Course]) -> str:
    return mark_of([course.pk for course in courses])


def offered() -> list[Course]:
    """Every course that is not archived, in order."""
    return list(Course.objects.filter(archived_at=None).order_by("position", "pk"))


@transaction.atomic
def order_courses(order: Collection[int], mark: str, by: User) -> bool:
    """The courses in this order; those not named come behind. Raises ChangedMeanwhile."""
    standing = list(Course.objects.select_for_update().filter(archived_at=None).order_by("position", "pk"))
    place = {pk: at for at, pk in enumerate(order)}
    wanted = sorted(standing, key=lambda course: place.get(course.pk, len(place)))
    if wanted == standing:
        return False
    if mark != catalogue_mark(standing):
        raise ChangedMeanwhile(
            _("Somebody else changed the order meanwhile. It is shown as it is now; order it again.")
        )
    for at, course in enumerate(wanted, 1):
        course.position = at
    Course.objects.bulk_update(wanted, ["position"])
    courses_changed([course.pk for course in wanted])
    stamp.touch()
    record(by, "courses.ordered", "", order=[course.slug for course in wanted])
    return True
