"""Figures as an instructor may read them: the fewer people, the coarser, so that nobody shows in them."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.language.formats import coefficient, number, percent
from quizzes.analysis.flags import FEW, MANY
from quizzes.analysis.formulas import correlation_error, standard_error

COARSE = 0.05  # shares of fewer than a hundred people are told in steps of five percent
BANDS = ((10, 29), (30, 99))


def people_words(people: int) -> str:
    """How many people, in a band where they are fewer than a hundred."""
    for low, high in BANDS:
        if low <= people <= high:
            return _("%(low)s to %(high)s") % {"low": number(low), "high": number(high)}
    if people >= MANY:
        return number(people)
    return _("fewer than %(number)s") % {"number": number(BANDS[0][0])} if people else number(0)


def too_few(people: int, wanted: int = FEW) -> str:
    """Why a figure is not told."""
    return _("too few answers yet: %(number)s of %(wanted)s") % {"number": number(people), "wanted": number(wanted)}


def share_words(share: float | None, people: int) -> str:
    """A share in whole percent, of fewer than a hundred people in steps of five; never nobody or everybody."""
    if share is None or people < FEW:
        return too_few(people)
    step = COARSE if people < MANY else 0.01
    if share < step:
        return _("under %(share)s") % {"share": percent(step)}
    if share > 1 - step:
        return _("over %(share)s") % {"share": percent(1 - step)}
    return percent(rounded(share, people))


def rounded(share: float, people: int) -> float:
    """The share as it is told, for a drawing and for a file."""
    step = COARSE if people < MANY else 0.01
    return round(min(max(round(share / step) * step, step), 1 - step), 2)


def _with_error(figure: str, error: str) -> str:
    """A figure with its error, from left to right in either language."""
    return f"\u2066{figure} ± {error}\u2069"


def share_with_error(share: float | None, people: int) -> str:
    """The share, and how far it may lie from that of everybody like these people (one standard error)."""
    if share is None or people < FEW:
        return too_few(people)
    points = max(round(standard_error(share, people) * 100), 1)
    return _with_error(share_words(share, people), number(points))


def correlation_words(r: float | None, people: int) -> str:
    """A correlation of so many people, with its standard error."""
    if people < MANY:
        return too_few(people, MANY)
    if r is None:
        return _("cannot be told: everybody answered alike")
    return _with_error(coefficient(r), coefficient(correlation_error(r, people)))


def score_words(score: float, band: float) -> str:
    """A score in percent of all points with its band, as `74 ± 9`."""
    return _with_error(number(round(score * 100)), number(round(band * 100)))


def difference_words(d: float | None, people: int, wanted: int) -> str:
    """D, where enough people stand behind it."""
    return too_few(people, wanted) if d is None else coefficient(d)


def seconds_words(seconds: float | None) -> str:
    """A length of time in whole seconds."""
    if seconds is None:
        return _("not known yet")
    whole = round(seconds)
    return ngettext("%(number)s second", "%(number)s seconds", whole) % {"number": number(whole)}
