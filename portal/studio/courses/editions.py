"""Editions as they are made in the studio: begun from what is published, changed while they are drafts, discarded."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lessons.covers import copy_cover
from lessons.layouts import LaidOut, Words, lay_out, layout_of, next_number, put_sources, put_words, words_of
from lessons.models import Course, CourseEdition, Lesson, State
from portal.accounts.audit import record
from portal.accounts.models import Assignment, User
from portal.studio.authorship import sign
from portal.studio.courses.marks import ChangedMeanwhile, UnderReview, mark_of
from portal.studio.languages import written_languages
from portal.studio.standing import OPEN
from quizzes.final_rules import RULES, final_of, make_final, rules_of, take_over_final
from quizzes.models import DrawRow, Quiz


def in_work(course: Course) -> CourseEdition | None:
    """The edition that is being written or reviewed, the newest if there are several."""
    return course.editions.filter(state__in=OPEN).order_by("-number").first()


def published(course: Course) -> CourseEdition | None:
    return course.editions.filter(state=State.PUBLISHED).first()


def free_label(course: Course) -> str:
    """The year and a number, as in 2026.2, after all that the course has of this year."""
    year = f"{timezone.localdate().year}."
    taken = course.editions.filter(label__startswith=year).values_list("label", flat=True)
    numbers = [int(number) for label in taken if re.fullmatch("[0-9]{1,4}", number := label.removeprefix(year))]
    return f"{year}{max(numbers, default=0) + 1}"


@transaction.atomic
def begin_edition(course: Course, by: User) -> CourseEdition:
    """The draft of the course, begun as a copy of what is published where there is none."""
    Course.objects.select_for_update().get(pk=course.pk)
    standing, before = in_work(course), published(course)
    if standing is not None:
        return standing
    if before is None:
        return new_edition(course, by, source_language=written_languages()[0], minutes=1)
    edition = copy_edition(before, course, by)
    record(by, "edition.begun", course, edition=edition.pk)
    return edition


def new_edition(course: Course, by: User, **fields: Any) -> CourseEdition:
    """An empty draft, signed."""
    edition = CourseEdition.objects.create(
        course=course, number=next_number(course), label=free_label(course), author=by, **fields
    )
    sign(edition, by)
    return edition


def copy_edition(before: CourseEdition, course: Course, by: User) -> CourseEdition:
    """A draft of the course that says what `before` says: the same lessons, words, rules and sources."""
    fields = {name: getattr(before, name) for name in ("minutes", "valid_months", "source_language")}
    edition = new_edition(course, by, **fields)
    put_sources(edition, before.citations.values_list("source", flat=True))
    put_words(edition, words_of(before))
    copy_cover(before, edition)
    ids = lay_out(edition, layout_of(before))
    take_over_final(before, edition, ids)
    return edition


def layout_mark(edition: CourseEdition) -> str:
    return mark_of([(module.key, dict(module.titles), list(module.lessons)) for module in layout_of(edition)])


def words_mark(edition: CourseEdition) -> str:
    return mark_of(words_of(edition))


def rules_mark(edition: CourseEdition) -> str:
    final = final_of(edition)
    return mark_of(edition.label, edition.valid_months, rules_of(final) if final else None)


def held(edition: CourseEdition) -> CourseEdition:
    """The draft as it stands now, locked. Raises UnderReview where it is one no longer."""
    found = CourseEdition.objects.select_for_update(of=("self",)).select_related("course").get(pk=edition.pk)
    if found.state != State.DRAFT:
        raise UnderReview(_("This edition is in review or published already, so nothing of it was changed."))
    return found


def expect(mark: str, now: str) -> None:
    """Raises ChangedMeanwhile where the draft is no longer what the form began from."""
    if mark != now:
        message = _(
            "Somebody else changed this meanwhile. What is kept now stands below; nothing of it was overwritten."
        )
        raise ChangedMeanwhile(message)


def signed(edition: CourseEdition, by: User, **fields: Any) -> None:
    """The draft has these fields, and who changed it."""
    for name, value in fields.items():
        setattr(edition, name, value)
    edition.author = by
    edition.save(update_fields=[*fields, "author"])
    sign(edition, by)


@transaction.atomic
def save_layout(edition: CourseEdition, by: User, modules: Sequence[LaidOut], mark: str) -> bool:
    """Order, modules and lessons, all or nothing; whether anything changed. Raises ChangedMeanwhile or UnderReview."""
    found = held(edition)
    if modules == layout_of(found):
        return False
    expect(mark, layout_mark(found))
    former = {module.key for module in layout_of(found)}
    _let_go_of_rows(found, former - {module.key for module in modules})
    lay_out(found, modules)
    signed(found, by, minutes=minutes_of(modules))
    return True


def minutes_of(modules: Sequence[LaidOut]) -> int:
    """The time that the lessons take together; at least one minute."""
    placed = [lesson for module in modules for lesson in module.lessons]
    minutes = dict(Lesson.objects.filter(pk__in=placed).values_list("pk", "minutes"))
    return max(1, sum(minutes.values()))


def _let_go_of_rows(edition: CourseEdition, modules: set[str]) -> None:
    """A row of the final's draw that asks for questions of a module goes with it."""
    final = final_of(edition)
    if final is not None and modules:
        DrawRow.objects.filter(quiz=final, module__key__in=modules).delete()


@transaction.atomic
def save_words(edition: CourseEdition, by: User, texts: Mapping[str, Words], mark: str) -> bool:
    """What the course says of itself in each language; whether anything changed. Raises as `save_layout`."""
    found = held(edition)
    standing = words_of(found)
    if all(standing.get(language, ("", "", "", "")) == words for language, words in texts.items()):
        return False
    expect(mark, words_mark(found))
    put_words(found, texts)
    signed(found, by)
    return True


@transaction.atomic
def save_rules(
    edition: CourseEdition, by: User, fields: Mapping[str, Any], final: Mapping[str, Any] | None, mark: str
) -> bool:
    """Label, validity and the rules of the final, None for none. Raises as `save_layout`."""
    found = held(edition)
    before = rules_mark(found)
    standing = final_of(found)
    changed = any(getattr(found, name) != value for name, value in fields.items())
    if not changed and (rules_of(standing) if standing else None) == _in_order(final):
        return False
    expect(mark, before)
    _put_final(found, standing, final)
    signed(found, by, **fields)
    return True


def _in_order(final: Mapping[str, Any] | None) -> tuple[Any, ...] | None:
    return None if final is None else tuple(final[name] for name in RULES)


def _put_final(edition: CourseEdition, standing: Quiz | None, final: Mapping[str, Any] | None) -> None:
    if standing and final is None:
        standing.delete()
    elif standing and final is not None:
        Quiz.objects.filter(pk=standing.pk).update(**final)
    elif final is not None:
        make_final(edition, _in_order(final) or (), [], {})


@transaction.atomic
def discard_edition(edition: CourseEdition, by: User) -> bool:
    """Throw the draft away, and with its only edition the course; whether that is gone. Raises UnderReview."""
    found = held(edition)
    record(by, "draft.discarded", found)
    final = final_of(found)
    if final is not None:
        final.delete()
    found.delete()
    return _discard_course(found.course, by)


def _discard_course(course: Course, by: User) -> bool:
    """A course that has never been anything but this draft, and that is asked of nobody, is no course any more."""
    if course.editions.exists() or Assignment.objects.filter(course=course).exists():
        return False
    record(by, "course.discarded", course)
    course.delete()
    return True
