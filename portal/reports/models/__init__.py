from portal.reports.models.concerns import Concern, DueDay, ListState
from portal.reports.models.counts import MEASURES, DayCount, MonthCount
from portal.reports.models.keeping import CountState, PlaceChange, Tally
from portal.reports.models.published import CellBasis, PublishedCell, PublishedMonth
from portal.reports.models.saved import SavedView
from portal.reports.models.segments import Segment, SegmentOrganisation, SegmentPart

__all__ = [
    "MEASURES",
    "CellBasis",
    "Concern",
    "CountState",
    "DayCount",
    "DueDay",
    "ListState",
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
