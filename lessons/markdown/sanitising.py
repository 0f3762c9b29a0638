"""The last step: whatever the writer should have let through by mistake, this allow-list does not."""

import re

import nh3

from lessons.focus import STEP
from lessons.markdown.figures import SIZES
from lessons.renditions import AVIF, WEBP
from lessons.rows import KEY, KINDS

_TEXT = {"a", "bdi", "blockquote", "br", "code", "em", "hr", "li", "ol", "p", "pre", "strong", "ul"}
_HEADINGS = {f"h{level}" for level in range(2, 7)}
_FIGURES = {"div", "figcaption", "figure", "img", "picture", "source", "table", "tbody", "td", "th", "thead", "tr"}
_BLOCKS = {
    "do",
    "do-dont",
    "dont",
    "first",
    "key",
    "numbers",
    "sirens",
    "steps",
    "table-scroll",
    "warning",
    "worksheet",
}
_FOCUS = {f"focus-{axis}-{percent}" for axis in "xy" for percent in range(0, 101, STEP)}
_FILE = r"/media/[0-9a-f]{64}\.(?:avif|svg|webp)"
_SHAPES = {
    "src": re.compile(_FILE),
    "srcset": re.compile(rf"{_FILE} \d+w(?:, {_FILE} \d+w)*"),
    "sizes": re.compile(re.escape(SIZES)),
    "data-worksheet": KEY,
    "data-field": KEY,
    "data-sum": re.compile(r"[a-z0-9:.*+-]+"),
    "data-pattern": re.compile(r"(?:steady|wave|on|low)(?:,\d{1,3}){3}"),
}


def _as_we_write_it(_tag: str, name: str, value: str) -> str | None:
    """The attribute's value; None, which takes it away, where it is none of ours: above all, another's picture."""
    shape = _SHAPES.get(name)
    return value if shape is None or shape.fullmatch(value) else None


_CLEANER = nh3.Cleaner(
    tags=_TEXT | _HEADINGS | _FIGURES,
    attributes={
        "a": {"href"},
        "div": {"data-worksheet"},
        "img": {"alt", "height", "src", "width"},
        "li": {"data-field", "data-pattern", "data-sum"},
        "ol": {"start"},
        "source": {"sizes", "srcset"},
        **{heading: {"id"} for heading in _HEADINGS},
    },
    tag_attribute_values={
        "a": {"rel": {"external noopener noreferrer"}},
        "div": {"tabindex": {"0"}},
        "figure": {"aria-hidden": {"true"}},
        "li": {"data-kind": set(KINDS)},
        "img": {"decoding": {"async"}, "fetchpriority": {"high"}, "loading": {"lazy"}},
        "source": {"type": {AVIF, WEBP}},
        "th": {"scope": {"col"}},
    },
    allowed_classes={
        "div": _BLOCKS,
        "img": {"lead-picture", *_FOCUS},
        "li": {"field", "siren"},
        "ol": {"steps"},
        "p": {"block-title"},
        "td": {"center", "end"},
        "th": {"center", "end"},
    },
    attribute_filter=_as_we_write_it,
    url_schemes={"https"},
    link_rel=None,
)


def sanitised(html: str) -> str:
    return str(_CLEANER.clean(html))
