"""Figures as an instructor may read them: the fewer people, the coarser, so that nobody shows in them."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.language.formats import coefficient, number, percent
from portal.language.people import people_words
from quizzes.analysis.flags import FEW, MANY
from quizzes.analysis.formulas import correlation_error, standard_error

COARSE = 0.05  # the step of figures of fewer than a hundred people, and what is nearly nobody of any number


def too_few(people: int, wanted: int = FEW) -> str:
    """Why a figure is not told."""
    said = {"number": people_words(people), "wanted": number(wanted)}
    return _("too few answers yet: %(number)s; it takes %(wanted)s") % said


def share_words(share: float | None, people: int) -> str:
    """A share in whole percent, of fewer than a hundred people in steps of five; never nearly nobody or everybody."""
    return too_few(people) if share is None or people < FEW else _share(share, people)


def choice_words(choice: dict[str, Any]) -> str:
    """The share of those whose answer is known that chose it; `choice` is one of `ItemStatistic.choices`."""
    return share_words(choice["share"], choice["told"])


def third_words(share: float, told: int) -> str:
    """The share of one third of those whose answer is known."""
    return _share(share, told // 3)


def _share(share: float, people: int) -> str:
    if share < COARSE:
        return _("under %(share)s") % {"share": percent(COARSE)}
    if share > 1 - COARSE:
        return _("over %(share)s") % {"share": percent(1 - COARSE)}
    return percent(rounded(share, people))


def rounded(share: float, people: int) -> float:
    """The share as it is told, for a drawing and for a file."""
    return round(min(max(in_steps(share, people), COARSE), 1 - COARSE), 2)


def in_steps(figure: float, people: int) -> float:
    """In steps of a hundredth, of fewer than a hundred people in steps of five hundredths."""
    step = COARSE if people < MANY else 0.01
    return round(round(figure / step) * step, 2)


def share_error(share: float, people: int) -> float:
    """The standard error of the share as it is told; of fewer than a hundred people that of the fewest it may be."""
    return max(standard_error(rounded(share, people), people if people >= MANY else FEW), 0.01)


def _with_error(figure: str, error: str) -> str:
    """A figure with its error, from left to right in either language."""
    return f"\u2066{figure} ± {error}\u2069"


def share_with_error(share: float | None, people: int) -> str:
    """The share, and how far it may lie from that of everybody like these people (one standard error)."""
    if share is None or people < FEW:
        return too_few(people)
    return _with_error(share_words(share, people), number(round(share_error(share, people) * 100)))


def correlation_words(r: float | None, people: int) -> str:
    """A correlation of so many people, with its standard error."""
    if people < MANY:
        return too_few(people, MANY)
    if r is None:
        return _("cannot be told: everybody answered alike")
    return _with_error(coefficient(r), coefficient(correlation_error(r, people)))


def score_words(score: float, band: float, people: int) -> str:
    """A score in percent of all points with its band, as `74 ± 9`."""
    return _with_error(number(round(rounded(score, people) * 100)), number(round(band * 100)))


def difference_words(d: float | None, people: int, wanted: int) -> str:
    """D, where enough people stand behind it."""
    return too_few(people, wanted) if d is None else coefficient(in_steps(d, people))


def seconds_words(seconds: float | None) -> str:
    """A length of time in whole seconds."""
    if seconds is None:
        return _("not known yet")
    whole = round(seconds)
    return ngettext("%(number)s second", "%(number)s seconds", whole) % {"number": number(whole)}
