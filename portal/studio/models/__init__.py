from portal.studio.models.releases import Comment, Release
from portal.studio.models.translating import QuestionBasis, TranslationBasis
from portal.studio.models.upkeep import LinkCheck, ReviewLetter
from portal.studio.models.working_copies import WorkingCopy

__all__ = [
    "Comment",
    "LinkCheck",
    "QuestionBasis",
    "Release",
    "ReviewLetter",
    "TranslationBasis",
    "WorkingCopy",
]
