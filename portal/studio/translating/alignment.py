"""Which block of a translation belongs to which block of its source: rows that hold all of both.

First the translation is set beside the source text that it was made from, by the kinds, lengths and numbers of their
blocks; then what the source has become since is laid over that. Nothing of the translation is ever left out: blocks
that fit nowhere are rows of their own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum

from portal.studio.translating.blocks import Block, gap_of, split, words_of
from portal.studio.translating.pairing import Bead, pair


class Fate(StrEnum):
    """What became of the source of a row since the translation was made."""

    SAME = "same"
    CHANGED = "changed"
    NEW = "new"
    MISSING = "missing"
    """It was there, and has not been translated."""
    REMOVED = "removed"
    EXTRA = "extra"
    """Only the translation has it."""


@dataclass(frozen=True)
class Row:
    """Some blocks of the source as they are and as they were, with their translation; each text holds its gaps.

    `merged`: the structures differ here, so that blocks stand together that might be apart. `moved`: the source has
    this elsewhere than it was, and the translation goes with it.
    """

    fate: Fate
    source: str = ""
    before: str = ""
    text: str = ""
    merged: bool = False
    moved: bool = False

    @property
    def words(self) -> str:
        return words_of(self.text)

    @property
    def gap(self) -> str:
        return gap_of(self.text)

    @property
    def source_words(self) -> str:
        return words_of(self.source)

    @property
    def before_words(self) -> str:
        return words_of(self.before)

    @property
    def waits(self) -> bool:
        """Whether a translator must look at it."""
        return self.fate in (Fate.CHANGED, Fate.NEW, Fate.REMOVED)


def align(source: str, translation: str, before: str | None = None) -> list[Row]:
    """The rows; `before` is the source that the translation was made from, None where that is not known.

    The rows' texts joined are the translation, byte for byte, but for what moved with its source.
    """
    now, ours = split(source), split(translation)
    then = now if before is None or before == source else split(before)
    beads = pair(then, ours)
    if then is now:
        return [_unchanged(bead, now, ours) for bead in beads]
    return _with_changes(beads, then, now, ours)


def _text(blocks: Iterable[Block]) -> str:
    return "".join(block.text for block in blocks)


def _unchanged(bead: Bead, source: Sequence[Block], ours: Sequence[Block]) -> Row:
    here, text = _text(source[bead.source]), _text(ours[bead.ours])
    fate = Fate.SAME if text and here else Fate.MISSING if here else Fate.EXTRA
    return Row(fate, here, here, text, bead.uneven(source, ours))


def _with_changes(beads: list[Bead], then: list[Block], now: list[Block], ours: list[Block]) -> list[Row]:
    """A row a bead, where its source stands now; new blocks between, removed ones where they stood."""
    became = _became(then, now)
    placed, moved = _places(beads, became)
    owners = {place: number for number, places in placed.items() for place in places}
    rows: list[tuple[tuple[float, int], Row]] = []
    after = -1.0
    for number, bead in enumerate(beads):
        places = placed[number]
        row = _row(bead, [now[place] for place in places], then, ours)
        if number not in moved:
            after = max(places[-1], after) if places else after
        if row.source or row.text:
            rows.append(((places[0] if places else after + 0.5, number), replace(row, moved=number in moved)))
    new = (((place, -1), Row(Fate.NEW, block.text)) for place, block in enumerate(now) if place not in owners)
    return [row for _place, row in sorted([*rows, *new], key=lambda one: one[0])]


def _row(bead: Bead, source: Sequence[Block], then: Sequence[Block], ours: Sequence[Block]) -> Row:
    here, was, text = _text(source), _text(then[bead.source]), _text(ours[bead.ours])
    merged = bead.uneven(then, ours) or (bool(was) and len(source) != len(then[bead.source]) and bool(source))
    if not was:
        return Row(Fate.EXTRA, text=text, merged=merged)
    if not here:
        return Row(Fate.REMOVED, before=was, text=text, merged=merged)
    if not text:
        return Row(Fate.MISSING, here, was, merged=merged)
    same = words_of(here) == words_of(was)
    return Row(Fate.SAME if same else Fate.CHANGED, here, was, text, merged)


def _places(beads: list[Bead], became: dict[int, int]) -> tuple[dict[int, list[int]], set[int]]:
    """By number of a bead the places of its blocks in the source now, without holes; and which beads have moved."""
    placed: dict[int, list[int]] = {}
    for number, bead in enumerate(beads):
        found = sorted(became[place] for place in range(bead.source.start, bead.source.stop) if place in became)
        placed[number] = list(range(found[0], found[-1] + 1)) if found else []
    taken = [place for places in placed.values() for place in places]
    if len(taken) != len(set(taken)):  # something moved into the middle of what belongs together
        return _places(beads, _in_order(became))
    firsts = {number: places[0] for number, places in placed.items() if places}
    return placed, set(firsts) - _rising(firsts)


def _in_order(became: dict[int, int]) -> dict[int, int]:
    kept = _rising(became)
    return {place: after for place, after in became.items() if place in kept}


def _rising(places: dict[int, int]) -> set[int]:
    """The most of the keys, in order, whose values rise: these stayed, the others moved."""
    items = sorted(places.items())
    best: list[tuple[int, int]] = []  # (length, index before) of the longest run that ends here
    for at, (_key, value) in enumerate(items):
        run = max(((best[i][0], i) for i in range(at) if items[i][1] < value), default=(0, -1))
        best.append((run[0] + 1, run[1]))
    at = max(range(len(best)), key=lambda i: best[i][0], default=-1)
    kept: set[int] = set()
    while at >= 0:
        kept.add(items[at][0])
        at = best[at][1]
    return kept


def _became(then: Sequence[Block], now: Sequence[Block]) -> dict[int, int]:
    """Where each block of the old text stands in the new one: unchanged, changed or moved; without what is gone."""
    old, new = [block.words for block in then], [block.words for block in now]
    found: dict[int, int] = {}
    for deed, start, end, from_, to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if deed == "equal":
            found.update(zip(range(start, end), range(from_, to), strict=True))
        elif deed == "replace":
            found.update(_changed(then, now, range(start, end), range(from_, to)))
    return found | _moved(old, new, found)


def _changed(then: Sequence[Block], now: Sequence[Block], old: range, new: range) -> dict[int, int]:
    """Blocks that were reworded, by what their words have in common; the order of both is kept."""
    alike = pair([then[i] for i in old], [now[i] for i in new], alike=True)
    return {
        old[bead.source.start]: new[bead.ours.start]
        for bead in alike
        if bead.source.stop > bead.source.start and bead.ours.stop > bead.ours.start
    }


def _moved(old: Sequence[str], new: Sequence[str], found: dict[int, int]) -> dict[int, int]:
    """Blocks that stand unchanged elsewhere, where there is one of them only."""
    taken = set(found.values())
    left: dict[str, list[int]] = {}
    for place, words in enumerate(new):
        if place not in taken:
            left.setdefault(words, []).append(place)
    gone = [place for place in range(len(old)) if place not in found]
    once = {words for words in left if [old[place] for place in gone].count(words) == 1 == len(left[words])}
    return {place: left[old[place]][0] for place in gone if old[place] in once}


def parted(rows: Sequence[Row]) -> bool:
    """Whether the structures differ somewhere."""
    return any(row.merged or row.fate == Fate.EXTRA for row in rows)


def in_order(rows: Sequence[Row], translation: str) -> bool:
    """Whether the rows' texts joined are the translation."""
    return "".join(row.text for row in rows) == translation
