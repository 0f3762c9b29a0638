"""Making the accounts and memberships that a plan has, many rows at a time."""

import secrets
from collections.abc import Callable
from datetime import date

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

from portal.accounts.member_files.lines import Entry
from portal.accounts.member_files.plans import Plan, batches
from portal.accounts.models import Membership, Residence, User, WelcomeDue

TOGETHER = 2_000


def store(plan: Plan, today: date, *, writes: bool, progress: Callable[[int], object] = lambda done: None) -> None:
    """To be called in a transaction; raises IntegrityError where one of these people came to be meanwhile.

    A made account has no password: its owner gets in by a code sent to the address or number. With `writes` a letter
    is due to everybody who is new and has an address.
    """
    done = plan.already
    for entries in batches(plan.new, TOGETHER):
        _store_new(list(entries), today, writes=writes)
        done += len(entries)
        progress(done)
    for pairs in batches(plan.joins, TOGETHER):
        Membership.objects.bulk_create(
            [Membership(user_id=user, organisation_id=place, from_day=today) for user, place in pairs]
        )
        done += len(pairs)
        progress(done)


def _store_new(entries: list[Entry], today: date, *, writes: bool) -> None:
    users = User.objects.bulk_create([_account(entry) for entry in entries])
    made = list(zip(users, entries, strict=True))
    Membership.objects.bulk_create(
        [Membership(user=user, organisation_id=entry.organisation, from_day=today) for user, entry in made]
    )
    Residence.objects.bulk_create(
        [Residence(user=user, region_id=entry.region, from_day=today) for user, entry in made if entry.region]
    )
    if writes:
        WelcomeDue.objects.bulk_create(
            [WelcomeDue(user=user, organisation_id=entry.organisation) for user, entry in made if entry.email]
        )


def _account(entry: Entry) -> User:
    return User(
        email=entry.email or None,
        phone=entry.phone or None,
        display_name=entry.name,
        language=entry.language,
        password=UNUSABLE_PASSWORD_PREFIX + secrets.token_hex(20),
    )
