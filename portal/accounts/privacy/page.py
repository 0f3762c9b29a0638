"""The public page of what is collected: each kind with how long it is kept, and the rules of keeping."""

from dataclasses import dataclass
from typing import Any

from portal.accounts.privacy.kinds import KINDS, Kind
from portal.accounts.retention import rules


@dataclass(frozen=True)
class Shown:
    """A kind as the page has it."""

    name: str
    what: Any
    why: Any
    seen_by: Any
    kept: Any


def shown_kinds() -> list[Shown]:
    return [Shown(kind.name, kind.what, kind.why, kind.seen_by, _kept(kind)) for kind in KINDS]


def _kept(kind: Kind) -> Any:
    """The words of the kind, or of the rule that ends it."""
    if not kind.rule:
        return kind.kept
    rule = next(rule for rule in rules() if rule.name == kind.rule)
    return f"{rule.kept.words}. {rule.then}"
