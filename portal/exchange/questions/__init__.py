"""Question files of other programmes, GIFT and Moodle XML, read into drafts of a lesson (docs/question-files.md)."""
