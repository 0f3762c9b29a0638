"""Bringing the counts up to date: those of whom something changed, or everybody anew.

Whoever counts holds the state's row until the transaction ends, so one counts at a time, and who reads meanwhile sees
the counts as they were.
"""

import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from portal.accounts.models import Membership, Residence, User
from portal.reports.counts.changed import BATCH, batches, changed_since, forget_changes, marks_now
from portal.reports.counts.concerns import forget_lists, refresh
from portal.reports.counts.curriculum import Curriculum, curriculum_of_today, digest
from portal.reports.counts.facts import Facts, unpacked
from portal.reports.counts.raw import Key, facts_of, facts_of_users, key_of_user
from portal.reports.counts.rule import VERSION, Changes, changes_of
from portal.reports.counts.segments import Segments
from portal.reports.counts.sheet import Row, Sheet
from portal.reports.models import CountState, DayCount, MonthCount, Segment, SegmentOrganisation, SegmentPart, Tally
from quizzes.models import Learner

Known = dict[Key, Facts]
Tell = Callable[[int], object]  # told how many people have been read


@dataclass(frozen=True)
class Counted:
    """How many people were counted, anew or for the first time; `whole`: everybody was."""

    people: int
    whole: bool = False


def update(now: datetime | None = None, tell: Tell = lambda _count: None) -> Counted | None:
    """Counts whoever changed since the last run; None while somebody else is counting.

    Everybody is counted where nobody was yet, and where the rule or what is taught has changed.
    """
    return _run(now or timezone.now(), tell, anew=False)


def rebuild(now: datetime | None = None, tell: Tell = lambda _count: None) -> Counted | None:
    """Counts everybody anew, as if nothing had been counted; None while somebody else is counting."""
    return _run(now or timezone.now(), tell, anew=True)


@transaction.atomic
def _run(now: datetime, tell: Tell, *, anew: bool) -> Counted | None:
    state = _hold()
    if state is None:
        return None
    curriculum = curriculum_of_today()
    rules = digest((VERSION, curriculum.name))
    marks = marks_now(state.marks, now)
    if anew or state.rules != rules:
        counted = Counted(_everybody(curriculum, tell), whole=True)
        forget_lists()  # of whom something changed since is known no longer
    else:
        counted = Counted(_changed(state, curriculum))
    state.rules, state.marks, state.counted_at = rules, marks, now
    state.save()
    return counted


def _hold() -> CountState | None:
    CountState.objects.bulk_create([CountState()], ignore_conflicts=True)
    return CountState.objects.select_for_update(
        skip_locked=connection.features.has_select_for_update_skip_locked
    ).first()


def _everybody(curriculum: Curriculum, tell: Tell) -> int:
    forget_changes()
    with connection.cursor() as cursor:
        for model in (DayCount, MonthCount, SegmentPart, SegmentOrganisation, Segment, Tally):
            cursor.execute(f"DELETE FROM {model._meta.db_table}")  # noqa: S608 - a name of ours
    book, count = Segments(none_yet=True), 0
    with Sheet() as sheet:
        for known in _all_known(curriculum):
            _note(sheet, book, ((facts, 1) for facts in known.values()), curriculum)
            Tally.objects.bulk_create(Tally(person=key, facts=facts.packed()) for key, facts in known.items())
            count += len(known)
            tell(count)
        sheet.add_up()
    return count


def _all_known(curriculum: Curriculum) -> Iterator[Known]:
    """Everybody, some thousand at a time."""
    learners = Learner.objects.filter(merged_into=None).order_by("pk").values_list("pk", flat=True)
    found = list(learners[:BATCH])
    while found:
        yield facts_of(found, curriculum)
        found = list(learners.filter(pk__gt=found[-1])[:BATCH])
    belongs = Exists(Residence.objects.filter(user=OuterRef("pk"))) | Exists(
        Membership.objects.filter(user=OuterRef("pk"))
    )
    users = User.objects.filter(belongs, learner=None).order_by("pk").values_list("pk", flat=True)
    others = list(users[:BATCH])
    while others:
        yield facts_of_users(others)
        others = list(users.filter(pk__gt=others[-1])[:BATCH])


def _changed(state: CountState, curriculum: Curriculum) -> int:
    changed = changed_since(state.marks)
    book, count = Segments(), 0
    with Sheet() as sheet:
        book.redraw(sheet)
        for learners in batches(changed.learners):
            count += _replace(sheet, book, learners, facts_of(learners, curriculum), curriculum)
        for users in batches(changed.users):
            count += _replace(sheet, book, [key_of_user(user) for user in users], facts_of_users(users), curriculum)
        if count:
            sheet.add_up()
    refresh(changed.users)
    return count


def _replace(sheet: Sheet, book: Segments, keys: Iterable[uuid.UUID], known: Known, curriculum: Curriculum) -> int:
    """Takes out of the counts what stood there of these people, and puts in what is known now; how many differ."""
    former = dict(Tally.objects.filter(person__in=list(keys)).values_list("person", "facts"))
    packed = {key: facts.packed() for key, facts in known.items()}
    other = {key for key in former.keys() | packed.keys() if former.get(key) != packed.get(key)}
    gone = [unpacked(former[key]) for key in other & former.keys()]
    came = [known[key] for key in other & known.keys()]
    _note(sheet, book, [*((facts, -1) for facts in gone), *((facts, 1) for facts in came)], curriculum)
    Tally.objects.filter(person__in=[key for key in other if key not in packed]).delete()
    Tally.objects.bulk_create(
        (Tally(person=key, facts=packed[key]) for key in other & packed.keys()),
        update_conflicts=True,
        unique_fields=["person"],
        update_fields=["facts"],
    )
    return len(other)


def _note(sheet: Sheet, book: Segments, people: Iterable[tuple[Facts, int]], curriculum: Curriculum) -> None:
    told = [(changes_of(facts, curriculum), sign) for facts, sign in people]
    book.provide({place for changes, _sign in told for place, _code, _day in changes})
    sheet.note(_rows(book, told))


def _rows(book: Segments, told: Iterable[tuple[Changes, int]]) -> Iterator[Row]:
    for changes, sign in told:
        for (place, code, day), values in changes.items():
            signed = values if sign == 1 else tuple(-value for value in values)
            for segment in book.ids(place):
                yield segment, code, day, signed
