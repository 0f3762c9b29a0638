"""What of the table is asked for, as it stands in the address."""

from typing import Any

from django import forms
from django.db.models import F, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from portal.accounts.forms import plain_helper
from portal.analysis.advice import NAMES
from portal.studio.languages import language_name, written_languages
from quizzes.kinds import KINDS

FLAGGED = "any"
COURSE, HARDEST, EASIEST, TELLING, SLOWEST, OMITTED, MOST = "", "hard", "easy", "telling", "slow", "omitted", "people"
SORTS = (
    (COURSE, _("As in the course")),
    (HARDEST, _("Hardest first")),
    (EASIEST, _("Easiest first")),
    (TELLING, _("Least telling first")),
    (SLOWEST, _("Slowest first")),
    (OMITTED, _("Most often left out first")),
    (MOST, _("Most answers first")),
)
ORDERS: dict[str, tuple[Any, ...]] = {
    HARDEST: (F("facility").asc(nulls_last=True),),
    EASIEST: (F("facility").desc(nulls_last=True),),
    TELLING: (F("discrimination").asc(nulls_last=True), F("upper_lower").asc(nulls_last=True)),
    SLOWEST: (F("median_seconds").desc(nulls_last=True),),
    OMITTED: (F("omitted").desc(nulls_last=True),),
    MOST: (F("people").desc(),),
}


class TableForm(forms.Form):
    """Nothing named is everything, in the order of the course."""

    flag = forms.ChoiceField(label=_("Warning"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    sort = forms.ChoiceField(label=_("Order"), required=False, choices=SORTS)

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query)
        choices: dict[str, list[tuple[str, Any]]] = {
            "flag": [("", _("All questions")), (FLAGGED, _("With a warning")), *NAMES.items()],
            "kind": [("", _("All kinds")), *((kind.name, kind.called) for kind in KINDS.values())],
            "language": [("", _("All languages")), *((c, language_name(c)) for c in written_languages())],
        }
        for name, listed in choices.items():
            self.fields[name].choices = listed  # type: ignore[attr-defined]
        self.helper = plain_helper(*self.fields)

    @property
    def address(self) -> dict[str, str]:
        """What was asked for, to be asked for again; only of a valid form."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Those of `table.rows_of` that are asked for, in that order; only of a valid form."""
        asked = self.cleaned_data
        rows = rows.filter(language=asked["language"])
        if asked["kind"]:
            rows = rows.filter(version__kind=asked["kind"])
        if asked["flag"]:
            rows = rows.exclude(flags="") if asked["flag"] == FLAGGED else rows.filter(flags__contains=asked["flag"])
        return rows.order_by(*ORDERS.get(asked["sort"], ()), "last", "placed", "version__question__position", "pk")
