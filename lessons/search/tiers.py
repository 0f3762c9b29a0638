"""Which documents are likely: those with the words in their title before those with them elsewhere.

Ordering thousands by how often they have a common word would read them all; these questions an index answers alone.
"""

from dataclasses import dataclass

Phrase = tuple[str, ...]
Wanted = tuple[tuple[Phrase, ...], ...]
"""For each thing asked for, the phrases that would do; a phrase is stems that all must stand in the document."""
Condition = tuple[str, list[str]]
"""SQL, and what it is about."""


@dataclass(frozen=True)
class Part:
    """`every` of the things, or any, stands `within` the title, near it (the title, key terms, headings), or in all."""

    within: str
    things: Wanted
    every: bool


def tiers(wanted: Wanted, *, every: bool) -> list[tuple[Part, ...]]:
    """The likeliest first; the last holds all the others."""
    places: list[tuple[Part, ...]] = [(Part(within, wanted, every),) for within in ("title", "near", "all")]
    if not every or len(wanted) == 1:
        return places
    title, near, anywhere = places
    some_in_title, some_near = ((*anywhere, Part(within, wanted, every=False)) for within in ("title", "near"))
    return [title, some_in_title, near, some_near, anywhere]


def any_of(parts: list[str], between: str) -> str:
    return f"({between.join(parts)})"
