"""What the audit log's deeds are called for those who read it."""

from django.utils.translation import gettext_lazy as _

DEEDS = {
    "account.deleted": _("Deleted their account"),
    "assignment.added": _("Assigned a course to an organisation"),
    "assignment.changed": _("Changed what is assigned to an organisation"),
    "assignment.withdrawn": _("Ended the assignment of a course"),
    "draft.discarded": _("Discarded a draft"),
    "membership.added": _("Added a member"),
    "membership.ended": _("Ended a membership"),
    "package.discarded": _("Threw a course package away"),
    "package.read": _("Read a course package in"),
    "package.tried": _("Looked at what a course package would change"),
    "package.written": _("Downloaded a course package"),
    "people.viewed": _("Looked at people by name"),
    "person.added": _("Added a person"),
    "person.changed": _("Changed a person"),
    "person.time_changed": _("Changed the time granted to a person"),
    "person.time_granted": _("Granted a person more time"),
    "picture.credited": _("Said who made a picture"),
    "picture.cropped": _("Cropped a picture"),
    "picture.exchanged": _("Showed another picture in its place"),
    "picture.uploaded": _("Uploaded a picture"),
    "picture.used": _("Used a picture in a lesson"),
    "question.created": _("Created a question"),
    "question.discarded": _("Discarded a question"),
    "question.duplicated": _("Made a question from another"),
    "question.moved": _("Moved a question to another lesson"),
    "question.regraded": _("Scored answers again by a corrected question"),
    "question.restored": _("Brought a retired question back"),
    "question.retired": _("Retired a question"),
    "questions.read": _("Read a file of questions"),
    "release.published": _("Published a release"),
    "release.scheduled": _("Set a release for a time"),
    "release.sent_back": _("Sent a release back"),
    "release.submitted": _("Sent a release to review"),
    "release.withdrawn": _("Withdrew a release"),
    "report.exported": _("Downloaded a report"),
    "role.changed": _("Changed a role"),
    "role.granted": _("Granted a role"),
    "role.removed": _("Removed a role"),
    "second_factor.removed": _("Removed a second factor"),
    "topic.card_changed": _("Changed a first minute card"),
    "topic.card_signed": _("Signed a first minute card"),
    "topic.removed": _("Removed a topic"),
}


def named(deed: str) -> str:
    """The deed in the reader's words; as it was written down where it has none."""
    return str(DEEDS.get(deed, deed))
