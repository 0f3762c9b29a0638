"""The administration of what is read. Texts of lessons are written in the studio and can only be looked at here."""

from lessons.admin import courses, facts, lessons, media, topics

__all__ = ["courses", "facts", "lessons", "media", "topics"]
