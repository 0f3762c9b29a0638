from portal.accounts.models.joining import (
    Invitation,
    MemberFile,
    MemberFileText,
    OrganisationDomain,
    PlacesFile,
    WelcomeDue,
)
from portal.accounts.models.looks import Look
from portal.accounts.models.people import ExternalIdentity, User
from portal.accounts.models.places import (
    Assignment,
    Membership,
    Organisation,
    OrganisationText,
    PastPlace,
    Region,
    RegionText,
    Residence,
    TreeMark,
)
from portal.accounts.models.reminders import Reminder, ReminderRule, RemindersStopped
from portal.accounts.models.roles import AuditEntry, RoleGrant

__all__ = [
    "Assignment",
    "AuditEntry",
    "ExternalIdentity",
    "Invitation",
    "Look",
    "MemberFile",
    "MemberFileText",
    "Membership",
    "Organisation",
    "OrganisationDomain",
    "OrganisationText",
    "PastPlace",
    "PlacesFile",
    "Region",
    "RegionText",
    "Reminder",
    "ReminderRule",
    "RemindersStopped",
    "Residence",
    "RoleGrant",
    "TreeMark",
    "User",
    "WelcomeDue",
]
