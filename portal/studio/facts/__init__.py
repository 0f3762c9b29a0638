"""This country's values of local facts: written as drafts on one page, tried out, and sent to review."""
