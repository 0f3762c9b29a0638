"""How things stood at the end of a day, of many subjects at once."""

from collections.abc import Iterable
from datetime import date

from portal.reports.completion import Whose
from portal.reports.counts.figures import STOCK, Stock
from portal.reports.counts.reading import stock
from portal.reports.counts.subjects import Subject


def stood(whose: Whose, subjects: Iterable[Subject], day: date) -> dict[Subject, Stock]:
    """Of each subject asked for, among these people; the queries are as many for one subject as for a thousand."""
    asked = list(subjects)
    found = {subject: dict.fromkeys(STOCK, 0) for subject in asked}
    for sign, where in whose:
        for subject, figures in stock(where, asked, day).items():
            for name in STOCK:
                found[subject][name] += sign * getattr(figures, name)
    return {subject: Stock(**figures) for subject, figures in found.items()}
