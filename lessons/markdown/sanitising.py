"""The last step: whatever the writer should have let through by mistake, this allow-list does not."""

import nh3

_TEXT = {"a", "bdi", "blockquote", "br", "code", "em", "hr", "li", "ol", "p", "pre", "strong", "ul"}
_HEADINGS = {f"h{level}" for level in range(2, 7)}
_FIGURES = {"div", "figcaption", "figure", "img", "table", "tbody", "td", "th", "thead", "tr"}
_BLOCKS = {"do", "do-dont", "dont", "first", "key", "numbers", "steps", "table-scroll", "warning"}

_CLEANER = nh3.Cleaner(
    tags=_TEXT | _HEADINGS | _FIGURES,
    attributes={
        "a": {"href"},
        "img": {"alt", "height", "src", "width"},
        "ol": {"start"},
        **{heading: {"id"} for heading in _HEADINGS},
    },
    tag_attribute_values={
        "a": {"rel": {"external noopener noreferrer"}},
        "div": {"tabindex": {"0"}},
        "img": {"decoding": {"async"}, "loading": {"lazy"}},
        "th": {"scope": {"col"}},
    },
    allowed_classes={
        "div": _BLOCKS,
        "ol": {"steps"},
        "p": {"block-title"},
        "td": {"center", "end"},
        "th": {"center", "end"},
    },
    url_schemes={"https"},
    link_rel=None,
)


def sanitised(html: str) -> str:
    return str(_CLEANER.clean(html))
