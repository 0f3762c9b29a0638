"""How many people, as staff may read it: the fewer, the coarser, so that nobody shows in it."""

from django.utils.translation import gettext as _

from portal.language.formats import number

BANDS = ((10, 29), (30, 99))


def people_words(people: int) -> str:
    """How many people, in a band where they are fewer than a hundred."""
    for low, high in BANDS:
        if low <= people <= high:
            return _("%(low)s to %(high)s") % {"low": number(low), "high": number(high)}
    if people >= BANDS[-1][1]:
        return number(people)
    return _("fewer than %(number)s") % {"number": number(BANDS[0][0])} if people else number(0)
