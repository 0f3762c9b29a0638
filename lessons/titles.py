"""What courses are called, for lists in which one is chosen."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from lessons.models import PUBLIC, Course, EditionText, State
from lessons.words import preferring


@dataclass(frozen=True)
class TitledCourse:
    """`offered` if it can be taken now; `due_days` within which it is to be done, where the course says so."""

    pk: int
    key: str
    slug: str
    title: str
    offered: bool
    due_days: int | None = None


def titled_courses(language: str) -> list[TitledCourse]:
    """Every course that was ever published, in the order of the catalogue; one query."""
    texts = EditionText.objects.filter(edition__course=OuterRef("pk"), edition__state__in=PUBLIC)
    latest = texts.order_by(preferring(language), "-edition__number", "pk")
    offered = Count("editions", filter=Q(editions__state=State.PUBLISHED, archived_at=None))
    rows = (
        Course.objects.filter(editions__state__in=PUBLIC)
        .annotate(title=Coalesce(Subquery(latest.values("title")[:1]), "key"), offered=offered)
        .order_by("position", "pk")
    )
    return [TitledCourse(row.pk, row.key, row.slug, row.title, bool(row.offered), row.due_days) for row in rows]
