"""Whose work a draft is: its author is whoever changed it last, and everyone who did so before is written down."""

from collections.abc import Iterable

from django.db import models

from portal.accounts.audit import record
from portal.accounts.models import AuditEntry, User
from portal.studio.contents import parts
from portal.studio.models import Release

SAVED = "draft.saved"


def sign(row: models.Model, by: User | None, called: object = None) -> None:
    """Write down that this person, or the portal itself, had a hand in the draft, `called` so where it has a name."""
    record(by, SAVED, called or row, row=name_of(row))


def wrote_part(person: User, release: Release) -> bool:
    """Whether this person wrote any of it, at any time: then somebody else must review it."""
    rows = [row for part in parts(release) for row in part]
    if person.pk in {release.author_id, *(row.author_id for row in rows)}:
        return True
    return _has_signed(person, rows)


def _has_signed(person: User, rows: Iterable[models.Model]) -> bool:
    named = [name_of(row) for row in rows]
    return AuditEntry.objects.filter(actor=person, deed=SAVED, detail__row__in=named).exists()


def name_of(row: models.Model) -> str:
    """How the audit log names a draft: `revision-12`."""
    return f"{row._meta.model_name}-{row.pk}"
