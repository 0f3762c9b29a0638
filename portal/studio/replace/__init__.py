"""Words found in the texts of lessons and questions, and replaced in drafts after a look at what would change."""
