from portal.studio.models.releases import Comment, Release
from portal.studio.models.upkeep import LinkCheck, ReviewLetter

__all__ = ["Comment", "LinkCheck", "Release", "ReviewLetter"]
