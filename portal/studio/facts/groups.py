"""The order in which local facts are asked for: what everybody needs first, what few need last."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol, TypeVar

from django.utils.translation import gettext_lazy as _

GROUPS: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("calls", _("Numbers to call"), ("emergency-number", "sms-access", "poison-line", "crisis-line")),
    (
        "warnings",
        _("Sirens and warnings"),
        ("siren-table", "place-action", "warning-time", "phone-alert", "alert-radio", "official-channels"),
    ),
    ("missiles", _("Missile alerts"), ("missile-place", "missile-stay", "missile-car")),
    (
        "care",
        _("First aid and resuscitation"),
        (
            "resuscitation-profile",
            "aspirin-tablet",
            "battery-honey",
            "crush-release",
            "jellyfish",
            "practical-session",
        ),
    ),
    (
        "hazards",
        _("Fire, water, heat and dust"),
        ("stay-put", "gas-flame", "flood-car", "dust-lights", "fan-limit", "iodine"),
    ),
    ("stores", _("Stores at home"), ("water-per-day", "bleach-strength", "bleach-drops")),
    ("words", _("Law and religion"), ("samaritan-law", "fatwa-wording", "fasting-wording")),
)
OTHERS = _("This country’s own facts")


class Keyed(Protocol):
    @property
    def key(self) -> str: ...


Line = TypeVar("Line", bound=Keyed)


def grouped(lines: Iterable[Line]) -> list[tuple[str, str, Sequence[Line]]]:
    """(slug, title, lines) of every group that has any; a fact that no group names comes last."""
    known = {line.key: line for line in lines}
    found = [(slug, str(title), [known.pop(key) for key in keys if key in known]) for slug, title, keys in GROUPS]
    return [group for group in [*found, ("others", str(OTHERS), list(known.values()))] if group[2]]
