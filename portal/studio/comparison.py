"""Two texts compared word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

WORD = re.compile(r"\S+\s*|\s+")
LINE = re.compile(r"[^\n]*\n|[^\n]+")
MOST_BY_WORD = 15_000
LONG_STRETCH, NEAR = 600, 200
SAME, ADDED, REMOVED = "same", "added", "removed"


@dataclass(frozen=True)
class Piece:
    """Some words, and whether they are in both texts, only in the new one, or only in the old one."""

    sort: str
    text: str

    @property
    def ends(self) -> tuple[str, str] | None:
        """Beginning and end of a long stretch in which nothing changed: what lies between need not be read again."""
        if self.sort != SAME or len(self.text) <= LONG_STRETCH:
            return None
        return self.text[:NEAR].rpartition(" ")[0], self.text[-NEAR:].partition(" ")[2]


def compare(old: str, new: str) -> list[Piece]:
    """The new text in pieces, with what was taken out of the old one in its place.

    Very long texts are compared line by line: word by word would keep the reader waiting.
    """
    grain = WORD if max(len(old), len(new)) <= MOST_BY_WORD else LINE
    before, after = grain.findall(old), grain.findall(new)
    pieces: list[Piece] = []
    for deed, start, end, from_, to in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if deed == "equal":
            pieces.append(Piece(SAME, "".join(after[from_:to])))
            continue
        if end > start:
            pieces.append(Piece(REMOVED, "".join(before[start:end])))
        if to > from_:
            pieces.append(Piece(ADDED, "".join(after[from_:to])))
    return pieces


@dataclass(frozen=True)
class Change:
    """One part of a text, compared with what it was; `is_new` where there was nothing before."""

    label: str
    pieces: list[Piece]
    is_new: bool = False

    @property
    def unchanged(self) -> bool:
        return not self.is_new and all(piece.sort == SAME for piece in self.pieces)


def change(label: str, old: str | None, new: str) -> Change:
    """`old` is None where there was nothing."""
    return Change(label, compare(old or "", new), is_new=old is None)
