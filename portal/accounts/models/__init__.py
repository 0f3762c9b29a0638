from portal.accounts.models.people import User
from portal.accounts.models.places import (
    Assignment,
    Membership,
    Organisation,
    OrganisationText,
    PastPlace,
    Region,
    RegionText,
    Residence,
)
from portal.accounts.models.roles import AuditEntry, RoleGrant

__all__ = [
    "Assignment",
    "AuditEntry",
    "Membership",
    "Organisation",
    "OrganisationText",
    "PastPlace",
    "Region",
    "RegionText",
    "Residence",
    "RoleGrant",
    "User",
]
