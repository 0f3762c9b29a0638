"""Numbers, percentages, days and lengths of time as the reader's language writes them."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Literal, TypeVar

from babel import Locale
from babel.dates import format_date, format_time, get_datetime_format
from babel.lists import format_list
from babel.numbers import format_decimal
from babel.units import format_unit
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, to_locale

Day = TypeVar("Day", date, datetime)

EASTERN = str.maketrans("0123456789,.%", "٠١٢٣٤٥٦٧٨٩٬٫٪")
EASTERN_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
LEFT_TO_RIGHT, END = "\u2066", "\u2069"


def _locale() -> Locale:
    return _locale_of(get_language() or settings.LANGUAGE_CODE)


@cache
def _locale_of(language: str) -> Locale:
    return Locale.parse(to_locale(language))


def _is_arabic() -> bool:
    return _locale().language == "ar"


def _has_eastern_digits() -> bool:
    return _is_arabic() and settings.ARABIC_DIGITS == "arab"


def number(value: float) -> str:
    """A number with its separators: 1,234.5 or, where the site asks for them, Eastern digits."""
    text = _decimal(value, _locale())
    return text.translate(EASTERN) if _has_eastern_digits() else text


def _decimal(value: float, locale: Locale) -> str:
    if type(value) is int and 0 <= value < 1000:  # most of what a table shows: nothing to separate
        return str(value)
    return format_decimal(value, locale=locale, numbering_system="latn")


def coefficient(value: float) -> str:
    """A number with two decimals and its sign kept beside it, as statistics print it: 0.34, −0.10."""
    text = f"{abs(value):.2f}"
    sign = "\u2212" if value < 0 and float(text) else ""
    if _has_eastern_digits():
        text = text.translate(EASTERN)
    return f"{LEFT_TO_RIGHT}{sign}{text}{END}" if _is_arabic() else f"{sign}{text}"


def percent(fraction: float) -> str:
    """A fraction from 0 to 1 in whole percent, rounded half up, but 100% only for the whole: 65%.

    In Arabic text with Latin digits it is isolated, so that the sign stays at the number's right.
    """
    text = f"{100 if fraction >= 1 else min(99, int(fraction * 100 + 0.5))}%"
    if _has_eastern_digits():
        return text.translate(EASTERN)
    return f"{LEFT_TO_RIGHT}{text}{END}" if _is_arabic() else text


def minutes(count: int) -> str:
    """A number of minutes in words that agree with it: 1 minute, 5 minutes; دقيقتان, 5 دقائق."""
    text = format_unit(count, "duration-minute", length="long", locale=_locale(), numbering_system="latn")
    return text.translate(EASTERN) if _has_eastern_digits() else text


def duration(seconds: int) -> str:
    """A length of time in minutes and seconds, in words that agree: 20 seconds, 18 minutes, 45 seconds."""
    whole, rest = divmod(seconds, 60)
    second = format_unit(rest, "duration-second", length="long", locale=_locale(), numbering_system="latn")
    parts = [minutes(whole)] * bool(whole) + [_digits(second)] * bool(rest or not whole)
    style: Literal["standard", "unit"] = "standard" if _is_arabic() else "unit"
    return format_list(parts, style=style, locale=_locale())  # Babel says the second of two units twice in Arabic


def day(value: date) -> str:
    """A date, or a moment's date in the site's time zone, written out: 24 November 2026."""
    return _digits(format_date(_local(value), "d MMMM y", locale=_locale()))


def month(value: date) -> str:
    """The month and year of a date: November 2026."""
    return _digits(format_date(value, "LLLL y", locale=_locale()))


def short_month(value: date) -> str:
    """The month alone, as short as the language writes it: Nov."""
    return _digits(format_date(value, "LLL", locale=_locale()))


def plain_year(value: date) -> str:
    """The year alone: 2026."""
    return _digits(f"{value:%Y}")


def moment(value: datetime) -> str:
    """A date and a time of day in the site's time zone."""
    local = _local(value)
    together = str(get_datetime_format("long", locale=_locale()))
    return _digits(together.format(format_time(local, "short", locale=_locale()), day(value)))


def listing(words: Sequence[str]) -> str:
    """Words one after another as the language joins them: Arabic and English."""
    return format_list(words, locale=_locale())


def clock(value: datetime) -> str:
    """The time of day alone, in the site's time zone: 14:02."""
    return _digits(format_time(_local(value), "short", locale=_locale()))


def _local(value: Day) -> Day:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def _digits(text: str) -> str:
    return text.translate(EASTERN_DIGITS) if _has_eastern_digits() else text
