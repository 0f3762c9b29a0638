from portal.accounts.models.looks import Look
from portal.accounts.models.people import User
from portal.accounts.models.places import (
    Assignment,
    Membership,
    Organisation,
    OrganisationText,
    Region,
    RegionText,
    Residence,
)
from portal.accounts.models.roles import AuditEntry, RoleGrant

__all__ = [
    "Assignment",
    "AuditEntry",
    "Look",
    "Membership",
    "Organisation",
    "OrganisationText",
    "Region",
    "RegionText",
    "Residence",
    "RoleGrant",
    "User",
]
