"""What the lists of people are called, and how far somebody is, in words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.reports.people.lines import HELD, NOT_BEGUN, RUN_OUT, UNDER_WAY

STATES = {
    NOT_BEGUN: _("not begun"),
    UNDER_WAY: _("in progress"),
    RUN_OUT: _("completion has run out"),
    HELD: pgettext_lazy("completion", "still holds"),
}


def state_words(state: str) -> str:
    return str(STATES[state])
