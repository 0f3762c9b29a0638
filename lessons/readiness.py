"""Why a draft cannot be published: the reasons that drafts of every sort share."""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from lessons.models import PUBLIC, LocalFact


@dataclass(frozen=True)
class Reason:
    """What is to be done before `subject` can be published, and on which line where that is known."""

    message: str
    subject: models.Model
    line: int | None = None

    def __str__(self) -> str:
        where = _("line %(number)s: ") % {"number": self.line} if self.line else ""
        return f"{self.subject}: {where}{self.message}"


class NotReady(Exception):
    """What was to be published is not ready; `reasons` says why, all of it."""

    def __init__(self, reasons: Iterable[Reason]) -> None:
        self.reasons = list(reasons)
        super().__init__("\n".join(str(reason) for reason in self.reasons))


def refuse(reasons: Iterable[Reason]) -> None:
    """Raises NotReady when there is a reason to."""
    if found := list(reasons):
        raise NotReady(found)


def reasons_of_standing(
    drafts: Collection[Any], owner: Callable[[Any], Hashable], published: Mapping[Any, int]
) -> list[Reason]:
    """Drafts that are public already, of which another goes out too, or which something newer has overtaken.

    `owner` is what at most one draft can be published of; `published` holds the number that is public, by owner; it is
    empty for what is not numbered.
    """
    taken = Counter(owner(draft) for draft in drafts)
    reasons = []
    for draft in drafts:
        if draft.state in PUBLIC:
            message = _("This is published already. What is published never changes: make a new draft.")
        elif taken[owner(draft)] > 1:
            message = _("Two drafts of the same thing cannot go out together. Leave one out.")
        elif owner(draft) in published and published[owner(draft)] > draft.number:
            message = _("Something newer was published since. Take your changes over to a new draft of it.")
        else:
            continue
        reasons.append(Reason(message, draft))
    return reasons


def unknown_facts(named: Iterable[tuple[models.Model, Collection[str]]]) -> list[Reason]:
    """The local facts that drafts name by key and nobody has written down. One query or none."""
    pairs = [(subject, key) for subject, keys in named for key in sorted(keys)]
    if not pairs:
        return []
    known = set(LocalFact.objects.filter(key__in={key for _subject, key in pairs}).values_list("key", flat=True))
    message = _("There is no local fact “%(key)s”. Add it, or correct its name.")
    return [Reason(message % {"key": key}, subject) for subject, key in pairs if key not in known]
