"""The audit log in words: what was done to lessons, questions and facts, by whom and when."""
