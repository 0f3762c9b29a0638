"""Making the accounts and memberships that a plan has: a hundred thousand in seconds, without an object for each row.

Django's `bulk_create` makes one for each, and on SQLite nobody else can write for as long as that takes.
"""

import secrets
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import connection
from django.db.models import Model
from django.db.models.expressions import DatabaseDefault

from portal.accounts.member_files.lines import Entry
from portal.accounts.member_files.plans import Plan, batches
from portal.accounts.models import Membership, Residence, User, WelcomeDue


def store(plan: Plan, today: date, *, writes: bool, progress: Callable[[int], object] = lambda done: None) -> None:
    """To be called in a transaction; raises IntegrityError where one of these people came to be meanwhile.

    A made account has no password: its owner gets in by a code sent to the address or number. With `writes` a letter
    is due to everybody who is new and has an address.
    """
    done = plan.already
    for entries in batches(plan.new):
        _store_new(entries, today, writes=writes)
        done += len(entries)
        progress(done)
    for pairs in batches(plan.joins):
        insert(Membership(from_day=today), ("user_id", "organisation_id"), pairs)
        done += len(pairs)
        progress(done)


def insert(like: Model, varying: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Rows as `like` is, but for the `varying` columns, whose values `rows` has as the database takes them."""
    fields = {field.attname: field for field in like._meta.concrete_fields if not field.primary_key}
    fixed = {name: field.pre_save(like, add=True) for name, field in fields.items() if name not in varying}
    told = {
        name: fields[name].get_db_prep_save(value, connection)
        for name, value in fixed.items()
        if not isinstance(value, DatabaseDefault)
    }
    quote = connection.ops.quote_name
    columns = ", ".join(quote(fields[name].column or name) for name in (*varying, *told))
    _write(quote(like._meta.db_table), columns, [(*row, *told.values()) for row in rows])


def _write(table: str, columns: str, rows: list[tuple[Any, ...]]) -> None:
    """As fast as each database takes rows in; a row that it refuses raises what Django raises for it."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        elif rows:
            marks = ", ".join(["%s"] * len(rows[0]))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)  # noqa: S608 - our own names


def _store_new(entries: Sequence[Entry], today: date, *, writes: bool) -> None:
    told = ("email", "phone", "display_name", "language", "password")
    insert(
        User(),
        told,
        [(entry.email or None, entry.phone or None, entry.name, entry.language, _no_password()) for entry in entries],
    )
    made = list(zip(_ids(entries), entries, strict=True))
    belong = ("user_id", "organisation_id")
    insert(Membership(from_day=today), belong, [(user, entry.organisation) for user, entry in made])
    homes = [(user, entry.region) for user, entry in made if entry.region]
    insert(Residence(from_day=today), ("user_id", "region_id"), homes)
    if writes:
        insert(WelcomeDue(), belong, [(user, entry.organisation) for user, entry in made if entry.email])


def _no_password() -> str:
    """As Django marks one that cannot be used, each another, so that links to set one stay each person's own."""
    return UNUSABLE_PASSWORD_PREFIX + secrets.token_hex(20)


def _ids(entries: Sequence[Entry]) -> list[int]:
    """The ids of the accounts just made, in the order of the entries."""
    emails = [entry.email for entry in entries if entry.email]
    phones = [entry.phone for entry in entries if not entry.email]
    found = dict(User.objects.filter(email__in=emails).values_list("email", "pk"))
    found |= dict(User.objects.filter(phone__in=phones).values_list("phone", "pk"))
    return [found[entry.email or entry.phone] for entry in entries]
