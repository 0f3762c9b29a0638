from portal.reports.models.saved import SavedView

__all__ = ["SavedView"]
