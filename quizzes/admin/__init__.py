"""The administration of quizzes. What learners did is recorded and can only be looked at."""

from quizzes.admin import accommodations, attempts, learners, questions, quizzes

__all__ = ["accommodations", "attempts", "learners", "questions", "quizzes"]
