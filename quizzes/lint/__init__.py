"""What may be better about a question, said to those who write and review it; nothing of it ever hinders anything.

The rules are those of T. M. Haladyna, S. M. Downing and M. C. Rodriguez, “A Review of Multiple-Choice Item-Writing
Guidelines for Classroom Assessment”, Applied Measurement in Education 15(3), 2002, as far as words and numbers can be
asked about them, and what the portal's own kinds need besides. They speak where more is wrong than right with a
question: a rule that often speaks in vain is not read.
"""

from quizzes.lint.base import Asked, Finding
from quizzes.lint.checking import lint_check, lint_question

__all__ = ["Asked", "Finding", "lint_check", "lint_question"]
