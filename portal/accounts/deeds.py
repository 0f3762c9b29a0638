"""What the audit log's deeds are called for those who read it."""

from django.utils.translation import gettext_lazy as _

DEEDS = {
    "account.closed": _("Closed an account, to be erased"),
    "account.deleted": _("Erased an account"),
    "account.kept": _("Took a closed account back"),
    "assignment.added": _("Assigned a course to an organisation"),
    "assignment.changed": _("Changed what is assigned to an organisation"),
    "assignment.withdrawn": _("Ended the assignment of a course"),
    "check.changed": _("Changed the rules of a check"),
    "course.archived": _("Put a course away"),
    "cover.changed": _("Changed the cover picture of a course"),
    "course.changed": _("Changed the settings of a course"),
    "course.created": _("Created a course"),
    "course.discarded": _("Threw a course away that was never published"),
    "course.duplicated": _("Made a course from another"),
    "course.restored": _("Brought a course back"),
    "courses.ordered": _("Changed the order of the courses"),
    "draft.begun_from": _("Began a draft from a former text"),
    "draft.discarded": _("Discarded a draft"),
    "draft.saved": _("Wrote a draft"),
    "edition.begun": _("Began a new edition of a course"),
    "lesson.archived": _("Put a lesson away"),
    "lesson.changed": _("Changed what a lesson is found by"),
    "lesson.created": _("Created a lesson"),
    "lesson.resumed": _("Brought a lesson back into view"),
    "lesson.suspended": _("Took a lesson out of view"),
    "identity.linked": _("Linked another log-in to an account"),
    "log_in.done": _("Logged in"),
    "log_in.ended": _("Logged out"),
    "log_in.failed": _("Tried to log in and failed"),
    "log.exported": _("Downloaded the log"),
    "membership.added": _("Added a member"),
    "invitation.made": _("Made an invitation to an organisation"),
    "invitation.withdrawn": _("Withdrew an invitation to an organisation"),
    "members.read": _("Read a file of members"),
    "members.reminded": _("Reminded members of a course"),
    "membership.ended": _("Ended a membership"),
    "membership.joined": _("Joined an organisation"),
    "membership.left": _("Left an organisation"),
    "narration.kept": _("Gave a lesson a recorded voice"),
    "narration.removed": _("Took the recorded voice of a lesson away"),
    "organisation.domains": _("Changed the domains of an organisation"),
    "organisation.reminders": _("Changed when members are reminded"),
    "package.discarded": _("Threw a course package away"),
    "package.read": _("Read a course package in"),
    "package.tried": _("Looked at what a course package would change"),
    "package.written": _("Downloaded a course package"),
    "password.changed": _("Changed a password"),
    "people.viewed": _("Looked at people by name"),
    "person.added": _("Added a person"),
    "person.changed": _("Changed a person"),
    "person.time_changed": _("Changed the time granted to a person"),
    "person.time_granted": _("Granted a person more time"),
    "phone.changed": _("Changed a mobile number"),
    "picture.credited": _("Said who made a picture"),
    "picture.cropped": _("Cropped a picture"),
    "picture.exchanged": _("Showed another picture in its place"),
    "picture.uploaded": _("Uploaded a picture"),
    "picture.used": _("Used a picture in a lesson"),
    "place.added": _("Added an organisation or region"),
    "place.moved": _("Moved an organisation or region"),
    "place.removed": _("Removed an organisation or region"),
    "place.renamed": _("Renamed an organisation or region"),
    "places.read": _("Read a file of regions and organisations"),
    "question.created": _("Created a question"),
    "question.discarded": _("Discarded a question"),
    "question.duplicated": _("Made a question from another"),
    "question.moved": _("Moved a question to another lesson"),
    "question.regraded": _("Scored answers again by a corrected question"),
    "question.restored": _("Brought a retired question back"),
    "question.retired": _("Retired a question"),
    "questions.read": _("Read a file of questions"),
    "release.expert_invited": _("Made a link for an expert"),
    "release.expert_revoked": _("Ended the link of an expert"),
    "release.published": _("Published a release"),
    "release.scheduled": _("Set a release for a time"),
    "release.sent_back": _("Sent a release back"),
    "release.signed": _("Signed as an expert"),
    "release.submitted": _("Sent a release to review"),
    "release.ticked": _("Ticked what was looked at in a release"),
    "release.withdrawn": _("Withdrew a release"),
    "report.exported": _("Downloaded a report"),
    "role.changed": _("Changed a role"),
    "role.granted": _("Granted a role"),
    "role.removed": _("Removed a role"),
    "second_factor.added": _("Set up a second factor"),
    "second_factor.given_up": _("Gave up a second factor of their own"),
    "second_factor.removed": _("Removed a second factor"),
    "second_factor.renewed": _("Made new recovery codes"),
    "session.ended": _("Ended log-ins in other browsers"),
    "source.added": _("Added a work to cite"),
    "topic.card_changed": _("Changed a first minute card"),
    "topic.card_signed": _("Signed a first minute card"),
    "topic.removed": _("Removed a topic"),
    "words.replaced": _("Replaced words in drafts"),
    "words.translated": _("Translated words that lessons share"),
}
ABOUT_CONTENT = (
    *("check.", "course.", "courses.", "cover.", "draft.", "edition.", "lesson.", "narration.", "package.", "picture."),
    *("question.", "questions.", "release.", "source.", "topic.", "words."),
)
"""How the deeds begin that are done to lessons, questions, facts and cards, and not to people."""

GROUPS = {
    "signing_in": (_("Logging in"), ("log_in.", "second_factor.", "session.", "password.", "phone.", "identity.")),
    "accounts": (
        _("Accounts and members"),
        (
            *("account.", "person.", "membership.", "members.", "invitation.", "assignment."),
            *("organisation.", "place.", "places."),
        ),
    ),
    "roles": (_("Roles"), ("role.",)),
    "looks": (_("Looking at people"), ("people.viewed",)),
    "downloads": (_("Downloads"), ("report.exported", "log.exported", "package.written")),
    "published": (_("What citizens see"), ("release.published", "lesson.suspended", "lesson.resumed", "course.")),
    "regrades": (_("Answers scored again"), ("question.regraded",)),
    "content": (_("Lessons, questions and facts"), ABOUT_CONTENT),
}
"""Which deeds an administrator asks for together: what the group is called, and how its deeds begin."""


def deeds_of(group: str) -> list[str]:
    """The deeds of a group."""
    return [deed for deed in DEEDS if deed.startswith(GROUPS[group][1])]


def named(deed: str) -> str:
    """The deed in the reader's words; as it was written down where it has none."""
    return str(DEEDS.get(deed, deed))


def is_about_content(deed: str) -> bool:
    return deed.startswith(ABOUT_CONTENT)
