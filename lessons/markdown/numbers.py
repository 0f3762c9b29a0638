"""Number ranges and ratios keep their order in a text that runs from right to left."""

import re

from django.utils.html import escape

_NUMBER = r"[0-9٠-٩]+(?:[.,٫٬][0-9٠-٩]+)*[%٪]?"
SPAN = re.compile(rf"({_NUMBER}(?:\s?[-–—:×/]\s?{_NUMBER})+(?:\s?[%٪])?)")


def isolated(text: str) -> str:
    """`text` as HTML, each range or ratio in it (5–6, 100–120, 30 : 2) wrapped in <bdi>."""
    parts = SPAN.split(text)
    return "".join(f"<bdi>{escape(part)}</bdi>" if at % 2 else escape(part) for at, part in enumerate(parts))


def isolated_plain(text: str) -> str:
    """`text` with the same spans held together by Unicode's isolates, for words that are not HTML."""
    return SPAN.sub("\u2066\\1\u2069", text)
