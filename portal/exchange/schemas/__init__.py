"""What each file of a package may hold. Unknown fields are refused: a misspelt name must not be lost in silence."""

from portal.exchange.schemas.course import CourseFile
from portal.exchange.schemas.lesson import LessonFile, LessonHead, VariantFile
from portal.exchange.schemas.quiz import DrawPart, FinalFile, QuestionPart, Questions, QuizFile, QuizRules
from portal.exchange.schemas.shared import SHARED_FILES, SharedFile

__all__ = [
    "SHARED_FILES",
    "CourseFile",
    "DrawPart",
    "FinalFile",
    "LessonFile",
    "LessonHead",
    "QuestionPart",
    "Questions",
    "QuizFile",
    "QuizRules",
    "SharedFile",
    "VariantFile",
]
