"""What reading a package did, or would do."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum


class Outcome(IntEnum):
    """The greater one counts where several things are told as one."""

    UNCHANGED = 0
    CHANGED = 1
    CREATED = 2


@dataclass
class Report:
    """Each list holds places in the package: `life-saving/adult-cpr/lesson.ar.md`, `shared/topics.yaml: collapse`."""

    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)

    def note(self, place: str, outcome: Outcome) -> None:
        lists = {Outcome.CREATED: self.created, Outcome.CHANGED: self.changed, Outcome.UNCHANGED: self.unchanged}
        lists[outcome].append(place)

    def went_out(self, places: Iterable[str]) -> None:
        """Drafts of an earlier reading that this one published have changed, though their words have not."""
        for place in dict.fromkeys(places):
            if place in self.unchanged:
                self.unchanged.remove(place)
                self.changed.append(place)

    @property
    def is_quiet(self) -> bool:
        """Whether the portal stays as it was."""
        return not self.created and not self.changed
