from portal.studio.models.comments import Comment
from portal.studio.models.invitations import Invitation, SignedText, SignOff
from portal.studio.models.releases import Release
from portal.studio.models.ticks import Tick
from portal.studio.models.upkeep import LinkCheck, ReviewLetter

__all__ = ["Comment", "Invitation", "LinkCheck", "Release", "ReviewLetter", "SignOff", "SignedText", "Tick"]
