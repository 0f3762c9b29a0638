from portal.reports.models.counts import MEASURES, DayCount, MonthCount
from portal.reports.models.keeping import CountState, PlaceChange, Tally
from portal.reports.models.published import CellBasis, PublishedCell, PublishedMonth
from portal.reports.models.saved import SavedView
from portal.reports.models.segments import Segment, SegmentOrganisation, SegmentPart

__all__ = [
    "MEASURES",
    "CellBasis",
    "CountState",
    "DayCount",
    "MonthCount",
    "PlaceChange",
    "PublishedCell",
    "PublishedMonth",
    "SavedView",
    "Segment",
    "SegmentOrganisation",
    "SegmentPart",
    "Tally",
]
