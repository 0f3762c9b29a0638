"""The administration of quizzes. What learners did is recorded and can only be looked at."""

from quizzes.admin import attempts, learners, questions, quizzes

__all__ = ["attempts", "learners", "questions", "quizzes"]
