from portal.reports.models.counts import MEASURES, DayCount, MonthCount
from portal.reports.models.keeping import CountState, PlaceChange, Tally
from portal.reports.models.saved import SavedView
from portal.reports.models.segments import Segment, SegmentOrganisation, SegmentPart

__all__ = [
    "MEASURES",
    "CountState",
    "DayCount",
    "MonthCount",
    "PlaceChange",
    "SavedView",
    "Segment",
    "SegmentOrganisation",
    "SegmentPart",
    "Tally",
]
