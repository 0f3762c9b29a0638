"""Permanent ids for what a question of a file is made of: those that it has already, or new ones."""

from collections.abc import Iterable, Sequence
from string import ascii_lowercase


class OptionIds:
    """`known` are the ids of each group with the words they have now; ids in `used` are never given again."""

    def __init__(self, known: dict[str, dict[str, str]] | None = None, used: Iterable[str] = ()) -> None:
        self.known = known or {}
        self.used = set(used)

    def of(self, group: str, texts: Sequence[str]) -> list[str]:
        """An id for each text: that of the same words, else of the same place where as many stand, else a new one."""
        known = dict(self.known.get(group, {}))
        found: list[str] = []
        for text in texts:
            same = next((one for one, said in known.items() if said == text and one not in found), "")
            found.append(same)
        in_place = list(known) if len(known) == len(texts) else []
        for at, one in enumerate(found):
            if not one:
                mine = in_place[at] if in_place and in_place[at] not in found else ""
                found[at] = mine or self._fresh()
        return found

    def _fresh(self) -> str:
        number = 0
        while (name := _name(number)) in self.used:
            number += 1
        self.used.add(name)
        return name


def _name(number: int) -> str:
    letter, round_ = ascii_lowercase[number % 26], number // 26
    return f"{letter}{round_ or ''}"
