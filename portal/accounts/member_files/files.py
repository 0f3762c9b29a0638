"""A file of members on its way: it is kept and looked at, seen by who sent it, and read in whole, or thrown away.

Looking and reading are tasks: with a worker the page asks how far they are, without one they are done at once. How far
they are stands in the cache, since what a transaction has written nobody else sees before its end.
"""

from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language, override
from django_tasks import task

from portal.accounts.audit import record
from portal.accounts.member_files.lines import Lines, read_lines
from portal.accounts.member_files.plans import Plan, around, plan_for, plan_of
from portal.accounts.member_files.storing import store
from portal.accounts.member_files.welcomes import send_welcomes
from portal.accounts.models import MemberFile, MemberFileText, User

State = MemberFile.State
KEPT = timedelta(days=1)
"""How long a file waits to be read in; whoever sends the next one takes older ones away."""
STUCK = timedelta(minutes=10)
"""After this long a task that has not ended is taken for dead, and may be begun again."""
TOLD = 1_000
"""How many faults are remembered."""


def keep(file: UploadedFile, organisation_id: int, sent_by: User, *, writes: bool) -> MemberFile:
    """The file as it was sent, on its way to be looked at."""
    with transaction.atomic():
        MemberFile.objects.filter(sent_at__lt=timezone.now() - KEPT).exclude(state=State.DONE).delete()
        row = MemberFile.objects.create(
            organisation_id=organisation_id, sent_by=sent_by, name=(file.name or "")[:200], writes=writes
        )
        MemberFileText.objects.create(file=row, data=file.read())
    look_at.enqueue(row.pk, get_language() or sent_by.language)
    return row


def progress_of(row: MemberFile) -> int:
    """How many lines have been looked at or read in."""
    return int(cache.get(_key(row.pk), 0))


def files_of(person: User, organisation_id: int) -> QuerySet[MemberFile]:
    """What this person has sent for the organisation and what is still of interest, the newest first."""
    rows = MemberFile.objects.filter(sent_by=person, organisation=organisation_id)
    return rows.filter(sent_at__gte=timezone.now() - KEPT)


def look_again(row: MemberFile, language: str) -> None:
    """Looks at it anew: the portal may have changed, or the task before has died."""
    if _claim(row.pk, State.LOOKING, Q(state=State.SEEN) | Q(state=State.LOOKING, changed_at__lt=_long_ago())):
        look_at.enqueue(row.pk, language)


def begin_reading(row: MemberFile, language: str) -> bool:
    """Has the file read in; False where it is being, or was, or cannot be."""
    may = Q(state=State.SEEN) | Q(state=State.READING, changed_at__lt=_long_ago())
    if row.found.get("refused") or not _claim(row.pk, State.READING, may):
        return False
    read_in.enqueue(row.pk, language)
    return True


def is_stuck(row: MemberFile) -> bool:
    return row.state in (State.LOOKING, State.READING) and row.changed_at < _long_ago()


@task()
def look_at(file_id: int, language: str) -> None:
    """Finds out what reading the file would do; its faults are told in the language."""
    row = MemberFile.objects.filter(pk=file_id).exclude(state=State.DONE).first()
    if row is None:  # thrown away meanwhile
        return
    with override(language):
        plan = plan_of(_data_of(row), row.organisation_id, _teller(file_id))
    rows = MemberFile.objects.filter(pk=file_id)
    rows.update(found=_found(plan), state=State.SEEN, changed_at=timezone.now())
    cache.delete(_key(file_id))


@task()
def read_in(file_id: int, language: str) -> None:
    """Reads the file in, all or nothing; where that would no longer go, it waits again with what is wrong now."""
    row = MemberFile.objects.filter(pk=file_id, state=State.READING).first()
    if row is None:
        return
    try:
        with override(language):
            lines = read_lines(_data_of(row), around(row.organisation_id))
            with transaction.atomic():
                _read(row, lines)
    except (IntegrityError, _Refused):
        look_at.call(file_id, language)
        return
    finally:
        cache.delete(_key(file_id))
    if row.writes:
        send_welcomes.enqueue()


class _Refused(Exception):
    pass


def _read(row: MemberFile, lines: Lines) -> None:
    """Holds the file's text, so that of two at once only one finds it."""
    held = list(MemberFileText.objects.select_for_update().filter(file=row).values_list("pk", flat=True))
    plan = plan_for(lines)
    if not held or plan.faults:
        raise _Refused
    store(plan, timezone.localdate(), writes=row.writes, progress=_teller(row.pk))
    found = _found(plan)
    told = {name: found[name] for name in ("total", "created", "joined", "already")}
    MemberFile.objects.filter(pk=row.pk).update(found=found, state=State.DONE, changed_at=timezone.now())
    MemberFileText.objects.filter(pk__in=held).delete()
    record(row.sent_by, "members.read", row.organisation.code, file=row.name, **told)


def all_faults(row: MemberFile) -> list[tuple[int, str]]:
    """Everything that is wrong in the file, found anew."""
    return plan_of(_data_of(row), row.organisation_id).faults


def _data_of(row: MemberFile) -> bytes:
    """What is in the file; nothing once it was read in."""
    data = MemberFileText.objects.filter(file=row).values_list("data", flat=True).first()
    return bytes(data or b"")


def _found(plan: Plan) -> dict[str, Any]:
    return {
        "total": plan.total,
        "created": len(plan.new),
        "joined": len(plan.joins),
        "already": plan.already,
        "refused": len({line for line, _message in plan.faults}),
        "faults": [[line, message] for line, message in plan.faults[:TOLD]],
    }


def _claim(file_id: int, state: str, may: Q) -> bool:
    """Whether this call, and no other, takes the file on."""
    rows = MemberFile.objects.filter(may, pk=file_id)
    return bool(rows.update(state=state, changed_at=timezone.now()))


def _teller(file_id: int) -> Any:
    return lambda done: cache.set(_key(file_id), done, timeout=3600)


def _key(file_id: int) -> str:
    return f"member-file:{file_id}"


def _long_ago() -> Any:
    return timezone.now() - STUCK
