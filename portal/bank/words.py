"""How often questions are asked, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.analysis.advice import names_of
from portal.analysis.words import share_words
from portal.language.formats import number
from portal.language.people import BANDS
from quizzes.analysis.flags import FEW, MANY
from quizzes.usage import Usage


def quizzes_words(count: int) -> str:
    if not count:
        return _("in no quiz")
    return ngettext("in %(number)s quiz", "in %(number)s quizzes", count) % {"number": number(count)}


def answered_words(count: int) -> str:
    """How often, in a band where it is less than a hundred times: so that nobody shows in it."""
    if not count:
        return _("never answered")
    if count >= MANY:
        said = ngettext("answered %(number)s time", "answered %(number)s times", count)
        return said % {"number": number(count)}
    for low, high in BANDS:
        if low <= count <= high:
            return _("answered %(low)s to %(high)s times") % {"low": number(low), "high": number(high)}
    return _("answered fewer than %(number)s times") % {"number": number(BANDS[0][0])}


def right_words(usage: Usage) -> str:
    """The share of right answers; "" where too few people stand behind it."""
    figures = usage.figures
    if figures is None or figures.facility is None or figures.people < FEW:
        return ""
    return _("%(share)s right") % {"share": share_words(figures.facility, figures.people)}


def warnings(usage: Usage) -> list[tuple[str, str, bool]]:
    """(flag, name, whether it is grave) of every warning on it."""
    return names_of(usage.figures) if usage.figures else []
