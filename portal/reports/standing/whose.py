"""Whose figures a reader asks for, in the words of the kept counts.

Someone whose roles reach over organisations and over regions sees who belongs to either. The counts know only who
belongs to both, so either is the one and the other, less both: figures of people are added and taken away.
"""

from collections.abc import Iterable
from datetime import date

from portal.accounts.trees import Place
from portal.reports.counts.figures import EVERYWHERE, STOCK, Ids, Stock, Where
from portal.reports.counts.reading import stock
from portal.reports.counts.subjects import Subject
from portal.reports.scope import Scope

Parts = list[tuple[int, Where]]  # 1 to be added, -1 to be taken away


def whose(scope: Scope, organisation: Place | None, region: Place | None) -> Parts:
    """The people of the chosen places, which are in scope; none chosen: everybody in scope."""
    organisations = ids(scope.organisations.tree.below([organisation])) if organisation else None
    regions = ids(scope.regions.tree.below([region])) if region else None
    if organisations is not None or regions is not None:
        return [(1, Where(regions=regions, organisations=organisations))]
    if scope.everyone:
        return [(1, EVERYWHERE)]
    own = ids(scope.organisations.tree.below(scope.organisations.tops))
    home = ids(scope.regions.tree.below(scope.regions.tops))
    parts = [(1, Where(organisations=own))] if own else []
    parts += [(1, Where(regions=home))] if home else []
    return [*parts, (-1, Where(regions=home, organisations=own))] if len(parts) == 2 else parts


def ids(places: Iterable[int]) -> Ids:
    return frozenset(places)


def stood(parts: Parts, subjects: Iterable[Subject], day: date) -> dict[Subject, Stock]:
    """How things stood at the end of the day among these people, of each subject asked for."""
    asked = list(subjects)
    found = {subject: dict.fromkeys(STOCK, 0) for subject in asked}
    for sign, where in parts:
        for subject, figures in stock(where, asked, day).items():
            for name in STOCK:
                found[subject][name] += sign * getattr(figures, name)
    return {subject: Stock(**figures) for subject, figures in found.items()}
