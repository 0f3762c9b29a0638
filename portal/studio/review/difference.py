"""Two rendered texts compared: the new one as readers would see it, with what is new marked in its place."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from portal.studio.review.blocks import VOID, Block

SAME, ADDED, REMOVED, CHANGED, PICTURE = "same", "added", "removed", "changed", "picture"
TOKEN = re.compile(r"<[^>]*>|[^\s<]+|\s+")
NAME = re.compile(r"</?([a-z0-9]+)")
ALIKE = 0.34
MOST_TOKENS = 6000
MOST_PAIRED = 60


@dataclass(frozen=True)
class Compared:
    """A block of the new text, or one that is gone; `before` is what it was where that stands beside it.

    `place` counts the blocks of the new text from 0; a block that is gone has none.
    """

    sort: str
    html: SafeString
    before: SafeString
    quote: str
    place: int | None
    plain: str = ""
    """The new block without marks."""

    @property
    def is_new(self) -> bool:
        return self.sort != SAME


def compared(old: Sequence[Block], new: Sequence[Block]) -> list[Compared]:
    """Every block of the new text in its order, with those that are gone where they were."""
    places = iter(range(len(new)))
    return [_compared(before, after, places) for before, after in _pairs(old, new)]


def _compared(before: Block | None, after: Block | None, places: Iterator[int]) -> Compared:
    if after is None:
        html = before.nameless if before else ""
        return Compared(REMOVED, _safe(html), _safe(html), before.quote if before else "", None)
    place = next(places)
    if before is None:
        return Compared(ADDED, _safe(after.html), _safe(""), after.quote, place, _safe(after.html))
    if before.nameless == after.nameless:
        return Compared(SAME, _safe(after.html), _safe(before.nameless), after.quote, place, _safe(after.html))
    if before.pictures != after.pictures:
        return Compared(PICTURE, _safe(after.html), _safe(before.nameless), after.quote, place, _safe(after.html))
    html = marked(before.nameless, after.html)
    return Compared(CHANGED, html, _safe(before.nameless), after.quote, place, _safe(after.html))


def _safe(html: str) -> SafeString:
    return mark_safe(html)  # noqa: S308 - rendered and sanitised


def _pairs(old: Sequence[Block], new: Sequence[Block]) -> Iterator[tuple[Block | None, Block | None]]:
    """Blocks that are the same thing before and after; None on the side on which there is none."""
    matcher = SequenceMatcher(None, [b.nameless for b in old], [b.nameless for b in new], autojunk=False)
    for deed, start, end, from_, to in matcher.get_opcodes():
        if deed == "equal":
            yield from zip(old[start:end], new[from_:to], strict=True)
        else:
            yield from _alike(list(old[start:end]), list(new[from_:to]))


def _alike(old: list[Block], new: list[Block]) -> Iterator[tuple[Block | None, Block | None]]:
    """Each new block with the most similar of the old ones left, in order; long stretches are not paired."""
    if max(len(old), len(new)) > MOST_PAIRED:
        yield from ((block, None) for block in old)
        yield from ((None, block) for block in new)
        return
    for block in new:
        best = max(range(len(old)), key=lambda at: _likeness(old[at], block), default=None)
        if best is None or _likeness(old[best], block) < ALIKE:
            yield None, block
            continue
        yield from ((gone, None) for gone in old[:best])
        yield old[best], block
        old = old[best + 1 :]
    yield from ((gone, None) for gone in old)


def _likeness(old: Block, new: Block) -> float:
    if {src for src, _alt in old.pictures} & {src for src, _alt in new.pictures}:
        return 1.0
    both_pictures = 0.2 if old.pictures and new.pictures else 0.0
    return both_pictures + SequenceMatcher(None, old.text.split(), new.text.split(), autojunk=False).ratio()


def marked(old: str, new: str) -> SafeString:
    """The new HTML of a block; words that are new stand in `<ins>`, those that are gone in `<del>` where they were."""
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    if len(before) + len(after) > MOST_TOKENS:
        return _safe(f'<div class="review-whole">{new}</div>')
    writer = _Writer()
    for deed, start, end, from_, to in _on_elements(before, after):
        if deed == "equal":
            writer.write(after[from_:to], "")
            continue
        writer.gone(before[start:end])
        writer.write(after[from_:to], "ins")
    return _safe(writer.html)


Deed = tuple[str, int, int, int, int]


def _on_elements(before: Sequence[str], after: Sequence[str]) -> list[Deed]:
    """The deeds that make the one of the other; what comes or goes alone does so with whole elements where it can.

    `A</li><li>B` and `<li>A</li>` + `B` are the same words: of the two, people read the second.
    """
    deeds: list[Any] = list(SequenceMatcher(None, before, after, autojunk=False).get_opcodes())
    for at in range(1, len(deeds)):
        deed, start, end, from_, to = deeds[at]
        previous = deeds[at - 1]
        if deed not in ("delete", "insert") or previous[0] != "equal":
            continue
        tokens, first, last = (before, start, end) if deed == "delete" else (after, from_, to)
        shift = _shift(tokens, first, last, previous[2] - previous[1])
        if not shift:
            continue
        deeds[at - 1] = (previous[0], previous[1], previous[2] - shift, previous[3], previous[4] - shift)
        deeds[at] = (deed, start - shift, end - shift, from_ - shift, to - shift)
        follows = deeds[at + 1] if at + 1 < len(deeds) else ("equal", end, end, to, to)
        deeds[at + 1 : at + 2] = [(follows[0], follows[1] - shift, follows[2], follows[3] - shift, follows[4])]
    return deeds


def _shift(tokens: Sequence[str], start: int, end: int, room: int) -> int:
    """By how many tokens the stretch begins earlier so that its elements are whole; 0 where it cannot or need not."""
    for shift in range(min(room, end - start) + 1):
        if shift and tokens[start - shift] != tokens[end - shift]:
            return 0
        if _is_whole(tokens[start - shift : end - shift]):
            return shift
    return 0


class _Writer:
    """Puts marked HTML together: a mark holds words only, never an element, so the page stays well formed."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._waiting: list[str] = []

    @property
    def html(self) -> str:
        self._flush()
        return "".join(self._parts)

    def gone(self, tokens: Sequence[str]) -> None:
        """Elements that are gone as a whole are shown as such; of others only the words."""
        if any(_is_tag(token) for token in tokens) and _is_whole(tokens):
            self._flush()
            self._words_in(tokens, "del")
        else:
            self._waiting += [token for token in tokens if not _is_tag(token)]

    def write(self, tokens: Sequence[str], mark: str) -> None:
        if not tokens:
            return
        if not _is_tag(tokens[0]) or tokens[0].startswith("</"):
            self._flush()
        self._words_in(tokens, mark)

    def _words_in(self, tokens: Sequence[str], mark: str) -> None:
        for is_tag, run in _runs(tokens):
            if is_tag:
                self._parts += run
                continue
            self._flush()
            self._parts.append(_mark(mark, "".join(run)))

    def _flush(self) -> None:
        if self._waiting:
            waiting, self._waiting = "".join(self._waiting), []
            self._parts.append(_mark("del", waiting))


def _mark(mark: str, words: str) -> str:
    """The words, marked so that shape and spoken word tell it too; blanks are not marked."""
    if not mark or not words.strip():
        return words
    said = _("added:") if mark == "ins" else _("removed:")
    return str(format_html('<{0}><span class="visually-hidden">{1} </span>{2}</{0}>', mark, said, _safe(words)))


def _is_tag(token: str) -> bool:
    return token.startswith("<")


def _runs(tokens: Iterable[str]) -> Iterator[tuple[bool, list[str]]]:
    run: list[str] = []
    for token in tokens:
        if run and _is_tag(run[0]) != _is_tag(token):
            yield _is_tag(run[0]), run
            run = []
        run.append(token)
    if run:
        yield _is_tag(run[0]), run


def _is_whole(tokens: Iterable[str]) -> bool:
    """Whether every element that begins in them ends in them, none being a picture."""
    depth = 0
    for token in tokens:
        name = NAME.match(token) if _is_tag(token) else None
        if name and name[1] == "img":
            return False
        if name is None or name[1] in VOID:
            continue
        depth += -1 if token.startswith("</") else 1
        if depth < 0:
            return False
    return depth == 0
