from portal.studio.models.comments import Comment
from portal.studio.models.invitations import Invitation, SignedText, SignOff
from portal.studio.models.releases import Release
from portal.studio.models.ticks import Tick
from portal.studio.models.translating import QuestionBasis, TranslationBasis
from portal.studio.models.upkeep import LinkCheck, ReviewLetter
from portal.studio.models.working_copies import WorkingCopy

__all__ = [
    "Comment",
    "Invitation",
    "LinkCheck",
    "QuestionBasis",
    "Release",
    "ReviewLetter",
    "SignOff",
    "SignedText",
    "Tick",
    "TranslationBasis",
    "WorkingCopy",
]
