"""Why something cannot be done with a release; the text of each says it to the person who tried."""


class ReleaseError(Exception):
    """What all of these are."""


class WrongState(ReleaseError):
    """Somebody else was quicker, or the page was old."""


class OwnWork(ReleaseError):
    """Nobody reviews what they wrote themselves."""


class NothingInIt(ReleaseError):
    """A release without a draft."""


class TakenAlready(ReleaseError):
    """A draft that another release under review holds, or that is published."""


class CommentMissing(ReleaseError):
    """Sent back without a word of why."""


class TimePast(ReleaseError):
    """A time of publishing that is over already."""


class NotTicked(ReleaseError):
    """Published or approved before a person has looked at every point."""
