"""The question bank: every question that is asked, being written or retired, and ways to narrow it down.

Each way is a condition on `Question`, so any of them go together in one query. A question's current version is the one
being written, or else the published one.
"""

from datetime import timedelta

from django.db.models import DateTimeField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast

from lessons.models import RELEASED, Lesson, Placement, State
from lessons.search.normalising import words
from lessons.words import preferring
from quizzes.models import AttemptItem, Question, QuestionSkill, QuestionText, QuestionVersion
from quizzes.usage import figures_of_now

STANDING = (State.DRAFT, State.IN_REVIEW, *RELEASED)
PUBLISHED, DRAFT, IN_REVIEW, RETIRED = "published", "draft", "in_review", "retired"
MOST_TERMS = 12
ONE_SAVE = timedelta(minutes=1)  # one save writes its languages a moment apart


def bank() -> QuerySet[Question]:
    """Every question that has something to show."""
    return Question.objects.filter(Exists(_versions()))


def _versions() -> QuerySet[QuestionVersion]:
    return QuestionVersion.objects.filter(question=OuterRef("pk"), state__in=STANDING)


def _texts() -> QuerySet[QuestionText]:
    return QuestionText.objects.filter(version__question=OuterRef("pk"), state__in=STANDING)


def saying(typed: str) -> Q:
    """Questions whose key holds what was typed, or with words in one language that hold every part of it."""
    terms = [word.form for word in words(typed)][:MOST_TERMS]
    found = Q(key__icontains=typed.strip())
    if not terms:
        return found
    texts = QuestionText.objects.filter(state__in=STANDING)
    for term in terms:
        texts = texts.filter(plain__contains=term)
    return found | Q(pk__in=texts.values("version__question"))


def standing_at(state: str) -> Q:
    """By `state`, one of those above; "" is everything that is not retired."""
    if state == RETIRED:
        return Q(archived_at__isnull=False)
    live = Q(archived_at=None)
    if state == PUBLISHED:
        return live & Q(Exists(_versions().filter(state=State.PUBLISHED)))
    return (
        live & (Q(Exists(_versions().filter(state=state))) | Q(Exists(_texts().filter(state=state)))) if state else live
    )


def of_kind(kind: str) -> Q:
    return Q(Exists(_versions().filter(kind=kind)))


def is_critical() -> Q:
    return Q(Exists(_versions().filter(critical=True)))


def of_course(slug: str) -> Q:
    """Questions of the lessons that an edition of the course has now, or will have."""
    placed = Placement.objects.filter(edition__course__slug=slug).exclude(edition__state=State.SUPERSEDED)
    return Q(lesson__in=placed.values("lesson"))


def of_lesson(slug: str) -> Q:
    return Q(lesson__slug=slug)


def about(topic: str) -> Q:
    """Questions of the lessons about the topic of that slug."""
    return Q(lesson__in=Lesson.objects.filter(topics__slug=topic))


def testing(skill: int | str) -> Q:
    """Questions that test the skill, or one that is a part of it."""
    weights = QuestionSkill.objects.filter(Q(skill=skill) | Q(skill__parent=skill))
    return Q(pk__in=weights.values("question"))


def warned_of(flag: str = "") -> Q:
    """Questions with that warning of item analysis; any warning where none is named."""
    figures = figures_of_now().filter(version__question=OuterRef("pk"), version__state=State.PUBLISHED, language="")
    return Q(Exists(figures.filter(flags__contains=flag) if flag else figures.exclude(flags="")))


def never_asked() -> Q:
    return ~Q(Exists(AttemptItem.objects.filter(version__question=OuterRef("pk"))))


def lacking(questions: QuerySet[Question], language: str) -> QuerySet[Question]:
    """Those without words in the language."""
    return _with_current(questions).filter(~Exists(_current_texts().filter(language=language)))


def stale_in(questions: QuerySet[Question], language: str) -> QuerySet[Question]:
    """Those whose words in the language are older than those in the language that the lesson is written in."""
    theirs = _begun(_current_texts().filter(language=OuterRef("lesson__source_language")))
    ours = _begun(_current_texts().filter(language=language))
    late = ExpressionWrapper(F("ours") + ONE_SAVE, DateTimeField())
    return _with_current(questions).annotate(theirs=theirs, ours=ours).filter(theirs__gt=late)


def _with_current(questions: QuerySet[Question]) -> QuerySet[Question]:
    newest = _versions().order_by(preferring(State.PUBLISHED, "state").desc(), "-number")
    return questions.annotate(current=Subquery(newest.values("pk")[:1]))


def _current_texts() -> QuerySet[QuestionText]:
    return QuestionText.objects.filter(version=OuterRef("current"), state__in=STANDING)


def _begun(texts: QuerySet[QuestionText]) -> Cast:
    return Cast(Subquery(texts.order_by("-number").values("created_at")[:1]), DateTimeField())
