"""What of a result is shown: its title and a piece of its text, with what was looked for marked."""

from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import islice

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from lessons.search.normalising import RUN, forms_of
from lessons.search.stemming import stems

LENGTH = 180  # characters
BEFORE = 60
MOST_MARKS = 24  # a long text has enough of a word in its beginning
Span = tuple[int, int]


def marked(text: str, wanted: AbstractSet[str]) -> SafeString:
    """`text` as HTML, each word whose stem is wanted in a `<mark>`."""
    return _html(text, spans_of(text, wanted), (0, len(text)))


def snippet(text: str, wanted: AbstractSet[str]) -> SafeString:
    """The part of `text` that holds most of what is wanted, cut between words, with marks; its beginning otherwise."""
    spans = spans_of(text, wanted)
    return _html(text, spans, _piece(text, spans))


def spans_of(text: str, wanted: AbstractSet[str]) -> list[Span]:
    """Where in `text` a wanted word stands, in order and apart."""
    found = (run.span() for run in RUN.finditer(text) if not wanted.isdisjoint(_stems_of(run[0])))
    return list(islice(found, MOST_MARKS))


@lru_cache(maxsize=32768)
def _stems_of(run: str) -> frozenset[str]:
    return frozenset(one for form in forms_of(run) for one in stems(form))


def _piece(text: str, spans: list[Span]) -> Span:
    if not spans:
        return _between_words(text, 0)
    best = max(spans, key=lambda span: sum(span[0] <= other[0] < span[0] + LENGTH - BEFORE for other in spans))
    line = text.rfind("\n", 0, best[0]) + 1
    return _between_words(text, max(line, best[0] - BEFORE))


def _between_words(text: str, start: int) -> Span:
    if start and not text[start - 1].isspace():
        space = text.find(" ", start)
        start = space + 1 if space >= 0 else start
    end = min(len(text), start + LENGTH)
    if end < len(text):
        space = text.rfind(" ", start, end)
        end = space if space > start else end
    return start, end


def _html(text: str, spans: list[Span], piece: Span) -> SafeString:
    start, end = piece
    parts, at = [], start
    for begin, stop in spans:
        if begin < start or stop > end:
            continue
        parts += [(_flat(text[at:begin]), text[begin:stop])]
        at = stop
    inside = format_html_join("", "{}<mark>{}</mark>", parts)
    before, after = "… " if start else "", " …" if end < len(text) else ""
    return format_html("{}{}{}{}", before, inside, _flat(text[at:end]), after)


def _flat(text: str) -> str:
    """Blocks that stood below each other stand in one line, set apart."""
    return text.replace("\n", " · ")
