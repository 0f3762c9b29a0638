"""Two people's changes to one text put together, paragraph by paragraph; where both changed the same, it is asked."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

BETWEEN = re.compile(r"\n(?:[ \t]*\n)+")
SAME, MINE, THEIRS, BOTH = "same", "mine", "theirs", "both"
CHOICES = (MINE, THEIRS, BOTH)
Paragraphs = tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """A stretch of the text as it stands in each of the three; one after another, the parts are each of them whole."""

    base: Paragraphs
    mine: Paragraphs
    theirs: Paragraphs

    @property
    def changed_by(self) -> str:
        """Who changed it: nobody (`same`), `mine`, `theirs`, or `both`, be it alike or not."""
        if self.mine == self.theirs:
            return SAME if self.mine == self.base else BOTH
        if self.theirs == self.base:
            return MINE
        return THEIRS if self.mine == self.base else BOTH

    @property
    def is_open(self) -> bool:
        """Whether somebody must choose: both changed it, and not alike."""
        return self.changed_by == BOTH and self.mine != self.theirs

    def taken(self, choice: str) -> Paragraphs:
        """What stands in the outcome; `choice` counts where the part is open."""
        if not self.is_open:
            return self.theirs if self.changed_by == THEIRS else self.mine
        return {MINE: self.mine, THEIRS: self.theirs, BOTH: self.theirs + self.mine}[choice]


@dataclass(frozen=True)
class Hunk:
    """What one side made of the paragraphs `start` to `end` of the base."""

    start: int
    end: int
    now: Paragraphs


def paragraphs(text: str) -> Paragraphs:
    """The text cut where lines are left empty; an empty text has none."""
    return tuple(BETWEEN.split(text)) if text else ()


def together(parts: Sequence[Part], choices: Mapping[int, str]) -> str:
    """The text that comes of it; `choices` by the number of the part. Raises KeyError for an open one without."""
    taken = [part.taken(choices[number] if part.is_open else SAME) for number, part in enumerate(parts)]
    return "\n\n".join(paragraph for some in taken for paragraph in some)


def merge(base: str | None, mine: str, theirs: str) -> list[Part]:
    """The three texts in parts; of a `base` that is not known, what both have is taken for it."""
    ours, others = paragraphs(mine), paragraphs(theirs)
    return merge_paragraphs(_common(ours, others) if base is None else paragraphs(base), ours, others)


def _common(mine: Paragraphs, theirs: Paragraphs) -> Paragraphs:
    blocks = SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks()
    return tuple(one for block in blocks for one in mine[block.a : block.a + block.size])


def merge_paragraphs(base: Paragraphs, mine: Paragraphs, theirs: Paragraphs) -> list[Part]:
    ours, others = hunks(base, mine), hunks(base, theirs)
    parts: list[Part] = []
    at = 0
    for start, end in _stretches([*ours, *others]):
        if start > at:
            parts.append(Part(*(base[at:start],) * 3))
        parts.append(Part(base[start:end], *(_within(base, side, start, end) for side in (ours, others))))
        at = end
    if at < len(base):
        parts.append(Part(*(base[at:],) * 3))
    return parts


def hunks(base: Paragraphs, now: Paragraphs) -> list[Hunk]:
    """What was changed, in the order of the text; as many paragraphs for as many are taken one for one."""
    found: list[Hunk] = []
    for deed, start, end, from_, to in SequenceMatcher(None, base, now, autojunk=False).get_opcodes():
        if deed == "equal":
            continue
        if end - start == to - from_:
            found += [Hunk(start + n, start + n + 1, (now[from_ + n],)) for n in range(end - start)]
        else:
            found.append(Hunk(start, end, now[from_:to]))
    return found


def _stretches(changes: Sequence[Hunk]) -> Iterator[tuple[int, int]]:
    """The stretches of the base that changes cover, those that overlap taken together, in order."""
    open_: tuple[int, int] | None = None
    for start, end in sorted({(hunk.start, hunk.end) for hunk in changes}):
        if open_ is None:
            open_ = (start, end)
        elif start < open_[1]:
            open_ = (open_[0], max(end, open_[1]))
        else:
            yield open_
            open_ = (start, end)
    if open_ is not None:
        yield open_


def _within(base: Paragraphs, side: Sequence[Hunk], start: int, end: int) -> Paragraphs:
    """What one side has for the stretch: its changes, and between them the base."""
    found: list[str] = []
    at = start
    for hunk in side:
        covers = start <= hunk.start and hunk.end <= end
        at_an_edge = hunk.start == hunk.end in (start, end)  # a stretch of its own
        if covers and (start == end or not at_an_edge):
            found += [*base[at : hunk.start], *hunk.now]
            at = hunk.end
    return (*found, *base[at:end])
