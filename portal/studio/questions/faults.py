"""What the schema of a kind finds wrong, in words that an instructor understands."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def in_words(fault: Mapping[str, Any]) -> str:
    """One fault as pydantic tells it (`type`, `ctx`, `msg`), in the reader's language."""
    known, context = fault["type"], fault.get("ctx", {})
    if known in {"missing", "string_too_short"}:
        return _("Write this, or empty all fields in this language.")
    if known == "string_too_long":
        return _("This is too long: at most %(number)s characters.") % {"number": context["max_length"]}
    if known == "too_short":
        count = context["min_length"]
        return ngettext("At least %(count)s option is needed.", "At least %(count)s options are needed.", count) % {
            "count": count
        }
    if known == "too_long":
        count = context["max_length"]
        return ngettext("At most %(count)s option is possible.", "At most %(count)s options are possible.", count) % {
            "count": count
        }
    return _("This does not fit together yet: %(fault)s") % {"fault": fault["msg"]}
