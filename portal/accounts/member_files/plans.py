"""What reading a file of members would do: who of its people has an account, and who is a member already."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from portal.accounts.member_files.lines import Around, Entry, Fault, Lines, read_lines
from portal.accounts.models import Membership, Region, User
from portal.accounts.trees import Tree, organisation_tree

TOGETHER = 1_000
"""How many people are looked up at once."""
Progress = Callable[[int], object]
Account = tuple[int, bool]  # its id, and whether it is open


@dataclass
class Plan:
    """`new` people get an account, `joins` are (person, organisation) of those who have one; `already` are members."""

    total: int = 0
    new: list[Entry] = field(default_factory=list)
    joins: list[tuple[int, int]] = field(default_factory=list)
    already: int = 0
    faults: list[Fault] = field(default_factory=list)


def plan_of(data: bytes, organisation_id: int, progress: Progress = lambda done: None) -> Plan:
    """What reading the file would do; `progress` hears how many lines have been looked at."""
    return plan_for(read_lines(data, around(organisation_id)), progress)


def plan_for(lines: Lines, progress: Progress = lambda done: None) -> Plan:
    """Four queries a thousand people."""
    plan = Plan(lines.total, faults=list(lines.faults))
    for start in range(0, len(lines.entries), TOGETHER):
        _plan_some(lines.entries[start : start + TOGETHER], plan)
        progress(start + TOGETHER)
    plan.faults.sort()
    return plan


def around(organisation_id: int) -> Around:
    """What the lines of a file for this organisation may name."""
    tree: Tree = organisation_tree("en")
    below = tree.walk([tree.places[organisation_id]])
    regions = Region.objects.without_tree_fields().order_by().values_list("code", "pk")
    return Around(
        regions={code.casefold(): pk for code, pk in regions},
        organisations={place.code.casefold(): place.pk for _depth, place in below},
        languages=[code for code, _name in settings.LANGUAGES],
        language=settings.LANGUAGE_CODE,
        organisation=organisation_id,
    )


def _plan_some(entries: Sequence[Entry], plan: Plan) -> None:
    by_email, by_phone = _accounts(entries)
    found: list[tuple[Entry, int]] = []
    for entry in entries:
        ours, theirs = by_email.get(entry.email), by_phone.get(entry.phone)
        account = ours or theirs
        if account is None:
            plan.new.append(entry)
        elif fault := _why_not(ours, theirs):
            plan.faults.append((entry.line, fault))
        else:
            found.append((entry, account[0]))
    members = _members([user for _entry, user in found])
    for entry, user in found:
        if (user, entry.organisation) in members:
            plan.already += 1
        else:
            members.add((user, entry.organisation))
            plan.joins.append((user, entry.organisation))


def _why_not(ours: Account | None, theirs: Account | None) -> str:
    if ours and theirs and ours[0] != theirs[0]:
        return _("The address and the telephone number belong to two different people.")
    account = ours or theirs
    return "" if account and account[1] else _("This account has been closed.")


def _accounts(entries: Sequence[Entry]) -> tuple[dict[str, Account], dict[str, Account]]:
    """By address, also a confirmed one beside the main one, and by telephone number."""
    emails = [entry.email for entry in entries if entry.email]
    phones = [entry.phone for entry in entries if entry.phone]
    confirmed = EmailAddress.objects.filter(email__in=emails, verified=True).values_list(
        "email", "user", "user__is_active", "user__erase_on"
    )
    main = User.objects.annotate(address=Lower("email")).filter(address__in=emails)
    by_email = _by_first(confirmed) | _by_first(main.values_list("address", "pk", "is_active", "erase_on"))
    numbers = (
        User.objects.filter(phone__in=phones).values_list("phone", "pk", "is_active", "erase_on") if phones else ()
    )
    return by_email, _by_first(numbers)


def _by_first(rows: Any) -> dict[str, Account]:
    return {contact.lower(): (pk, is_active and erase_on is None) for contact, pk, is_active, erase_on in rows}


def _members(users: list[int]) -> set[tuple[int, int]]:
    rows = Membership.objects.filter(to_day=None, user__in=users).values_list("user", "organisation")
    return set(rows) if users else set()


def batches(rows: Sequence[Any], size: int = TOGETHER) -> Iterator[Sequence[Any]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]
