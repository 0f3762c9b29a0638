from quizzes.models.accommodations import Accommodation
from quizzes.models.attempts import Attempt, AttemptItem, Response
from quizzes.models.learners import Learner
from quizzes.models.progress import Completion, CourseProgress, LessonProgress, ProgressEvent
from quizzes.models.questions import Kind, Question, QuestionSkill, QuestionText, QuestionVersion
from quizzes.models.quizzes import Quiz, QuizQuestion

__all__ = [
    "Accommodation",
    "Attempt",
    "AttemptItem",
    "Completion",
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
    "Response",
]
