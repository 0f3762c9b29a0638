from quizzes.models.attempts import Attempt, AttemptItem, Response
from quizzes.models.learners import Learner
from quizzes.models.progress import Completion, CompletionWithdrawal, CourseProgress, LessonProgress, ProgressEvent
from quizzes.models.questions import Kind, Question, QuestionSkill, QuestionText, QuestionVersion
from quizzes.models.quizzes import Quiz, QuizQuestion
from quizzes.models.regrades import Regrade, RegradedAttempt, RegradedItem

__all__ = [
    "Attempt",
    "AttemptItem",
    "Completion",
    "CompletionWithdrawal",
    "CourseProgress",
    "Kind",
    "Learner",
    "LessonProgress",
    "ProgressEvent",
    "Question",
    "QuestionSkill",
    "QuestionText",
    "QuestionVersion",
    "Quiz",
    "QuizQuestion",
    "Regrade",
    "RegradedAttempt",
    "RegradedItem",
    "Response",
]
