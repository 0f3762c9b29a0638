from portal.accounts.admin import belonging, grants, looking, people, places

__all__ = ["belonging", "grants", "looking", "people", "places"]
