from quizzes.models.accommodations import Accommodation
from quizzes.models.attempts import Attempt, AttemptItem, Response
from quizzes.models.draws import DrawRow
from quizzes.models.learners import Learner
from quizzes.models.progress import Completion, CompletionWithdrawal, CourseProgress, LessonProgress, ProgressEvent
from quizzes.models.questions import Question, QuestionSkill, QuestionText, QuestionVersion
from quizzes.models.quizzes import Quiz, QuizQuestion, as_one_quiz
from quizzes.models.regrades import Regrade, RegradedAttempt, RegradedItem
from quizzes.models.statistics import ItemStatistic, QuizStatistic

__all__ = [
    "Accommodation",
    "Attempt",
    "AttemptItem",
    "Completion",
    "CompletionWithdrawal",
    "CourseProgress",
    "DrawRow",
    "ItemStatistic",
    "Learner",
    "LessonProgress",
    "ProgressEvent",
    "Question",
    "QuestionSkill",
    "QuestionText",
    "QuestionVersion",
    "Quiz",
    "QuizQuestion",
    "QuizStatistic",
    "Regrade",
    "RegradedAttempt",
    "RegradedItem",
    "Response",
    "as_one_quiz",
]
