"""The rhythms of sirens in a lesson's text: each is drawn over time, and can be heard when asked."""

import re
from collections.abc import Iterator

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from lessons.rows import Pattern, read_pattern

ROW = re.compile(r'<li class="siren" data-pattern="([^"]*)">(.*?)</li>', re.DOTALL)
BLOCK = re.compile(r'(<div class="sirens">.*?</ul>)(</div>)', re.DOTALL)
WIDTH, HEIGHT = 600, 60
MIDDLE, LOW, TOP, BOTTOM = 26, 48, 10, 50
"""Where a tone stands, a deep one, and where a wave turns."""


def shown(html: str) -> SafeString:
    """Sanitised HTML with a drawing and a button for each rhythm in it."""
    html = ROW.sub(lambda row: _row(row[1], row[2]), html)
    note = render_to_string("lessons/siren_note.html") if 'class="siren"' in html else ""
    return mark_safe(BLOCK.sub(lambda block: f"{block[1]}{note}{block[2]}", html))  # noqa: S308 - sanitised or ours


def _row(kept: str, words: str) -> str:
    rhythm = read_pattern(kept)
    said = mark_safe(words)  # noqa: S308 - sanitised
    drawn = {"path": line_of(rhythm), "width": WIDTH, "height": HEIGHT}
    return render_to_string("lessons/siren.html", {"words": said, "rhythm": rhythm, "kept": kept, **drawn})


def line_of(rhythm: Pattern) -> str:
    """The rhythm as the path of a line in a box of WIDTH by HEIGHT: higher is a higher tone, a gap is silence."""
    return "".join(_strokes(rhythm))


def _strokes(rhythm: Pattern) -> Iterator[str]:
    scale = WIDTH / rhythm.seconds
    if rhythm.shape == "wave":
        width = rhythm.on * scale
        yield f"M0 {BOTTOM}"
        rise = f"c{width * 0.18:.2f} 0 {width * 0.32:.2f} {TOP - BOTTOM} {width / 2:.2f} {TOP - BOTTOM}"
        fall = f"c{width * 0.18:.2f} 0 {width * 0.32:.2f} {BOTTOM - TOP} {width / 2:.2f} {BOTTOM - TOP}"
        yield (rise + fall) * rhythm.times
        return
    height = LOW if rhythm.shape == "low" else MIDDLE
    for turn in range(rhythm.times):
        yield f"M{turn * (rhythm.on + rhythm.off) * scale:.2f} {height}h{rhythm.on * scale:.2f}"
