from django.db import models
from django.utils.translation import pgettext_lazy


class SearchDocument(models.Model):
    """Something published as search finds it, in one language: what is shown, and its words as they are compared.

    Only `lessons/search/indexing.py` writes here. On SQLite triggers keep an FTS5 table beside it, on PostgreSQL there
    are generated vectors; the migration lays both. Its number says its order (`lessons/search/order.py`).
    """

    class Kind(models.TextChoices):
        TOPIC = "topic", pgettext_lazy("search result", "Topic")
        LESSON = "lesson", pgettext_lazy("search result", "Lesson")
        COURSE = "course", pgettext_lazy("search result", "Course")
        TERM = "term", pgettext_lazy("search result", "Term")

    id = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    subject = models.PositiveBigIntegerField()
    language = models.CharField(max_length=12)
    key = models.CharField(max_length=100)
    url = models.CharField(max_length=300)
    title = models.CharField(max_length=200)
    within = models.CharField(max_length=200, blank=True)
    icon = models.CharField(max_length=40, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True)
    urgent = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)
    text = models.TextField(blank=True)
    title_terms = models.TextField()
    key_terms = models.TextField(blank=True)
    heading_terms = models.TextField(blank=True)
    body_terms = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject", "language"], name="lessons_searchdocument_subject")
        ]

    def __str__(self) -> str:
        return self.title


class SearchWord(models.Model):
    """A word of the documents in a language, and in how many it stands: what a misspelt word may have been."""

    language = models.CharField(max_length=12)
    word = models.CharField(max_length=80)
    stem = models.CharField(max_length=80)
    documents = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "word"], name="lessons_searchword_once")]
        indexes = [models.Index(fields=["language", "stem"], name="lessons_searchword_stem")]

    def __str__(self) -> str:
        return self.word
