"""What is published of courses, loaded at once: the number of queries does not grow with lessons or questions."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from lessons.covers import CREDITS
from lessons.models import RELEASED, Course, CourseEdition, Lesson, Media, Placement, Revision, State
from lessons.profiles import DEFAULT
from quizzes.models import Question, QuestionText, QuestionVersion, Quiz

HOLDS_FILE = "picture"
WITH_CREDITS = ("pictures__media__credit", "pictures__media__cropped_from__credit")


@dataclass
class StandingQuestion:
    """A question with the version and the words that went out last, by language."""

    question: Question
    version: QuestionVersion
    words: dict[str, dict[str, Any]]
    pool: str = ""

    @property
    def is_of_variant(self) -> bool:
        """Whether it stands beside a variant and not beside the lesson's own text."""
        return self.question.profile not in ("", DEFAULT)


@dataclass
class StandingLesson:
    """`texts` hold the revisions that went out by profile (empty: right in all) and language."""

    lesson: Lesson
    texts: dict[str, dict[str, Revision]] = field(default_factory=lambda: defaultdict(dict))
    questions: list[StandingQuestion] = field(default_factory=list)
    check: Quiz | None = None

    @property
    def own(self) -> dict[str, Revision]:
        """The revisions of its own folder, by language: those for the default profile, or else those for all."""
        return {**self.texts.get("", {}), **self.texts.get(DEFAULT, {})}

    @property
    def variants(self) -> dict[str, dict[str, Revision]]:
        """By profile, each with its revisions by language; a question may stand there where no text does."""
        asked = {one.question.profile for one in self.questions if one.is_of_variant}
        profiles = sorted((set(self.texts) | asked) - {"", DEFAULT})
        return {profile: self.texts.get(profile, {}) for profile in profiles}


@dataclass
class StandingCourse:
    """`languages` are those of the published edition, the source language first."""

    course: Course
    edition: CourseEdition
    final: Quiz | None
    places: list[Placement]

    @property
    def languages(self) -> list[str]:
        source = self.edition.source_language
        return sorted({text.language for text in self.edition.texts.all()}, key=lambda name: (name != source, name))


@dataclass
class Standing:
    """Courses in their order, lessons by id, and the pictures of questions by the name of their file."""

    courses: list[StandingCourse]
    lessons: dict[int, StandingLesson]
    pictures: dict[str, Media]


def standing(courses: Iterable[Course]) -> Standing:
    """What is published of these courses; one without a published edition is left out."""
    editions = (
        CourseEdition.objects.filter(course__in=list(courses), state=State.PUBLISHED)
        .select_related("course", "cover__media", *CREDITS)
        .prefetch_related("texts", "citations__source", "modules__texts", "course__topics", "course__take_first")
        .order_by("course__position", "course__authority", "course__key")
    )
    found = list(editions)
    finals = {quiz.edition_id: quiz for quiz in _quizzes().filter(edition__in=found)}
    places: dict[int, list[Placement]] = defaultdict(list)
    for place in Placement.objects.filter(edition__in=found).select_related("lesson", "module").order_by("position"):
        places[place.edition_id].append(place)
    rows = [StandingCourse(one.course, one, finals.get(one.pk), places[one.pk]) for one in found]
    lessons = _lessons({place.lesson_id for row in rows for place in row.places})
    return Standing(rows, lessons, _pictures(lessons.values()))


def _quizzes() -> Any:
    named = ("topic", "skill", "lesson", "module")
    return Quiz.objects.prefetch_related("entries", *(f"draw_rows__{name}" for name in named))


def _lessons(ids: set[int]) -> dict[int, StandingLesson]:
    lessons = Lesson.objects.filter(pk__in=ids).prefetch_related("topics", "skills").order_by("pk")
    found = {lesson.pk: StandingLesson(lesson) for lesson in lessons}
    revisions = Revision.objects.filter(text__lesson__in=ids, state__in=RELEASED).select_related(
        "text", "narration__recording"
    )
    for revision in revisions.prefetch_related("citations__source", *WITH_CREDITS).order_by("pk"):
        found[revision.text.lesson_id].texts[revision.profile][revision.text.language] = revision
    for quiz in _quizzes().filter(lesson__in=ids):
        found[quiz.lesson_id].check = quiz
    _add_questions(found)
    return found


def _add_questions(lessons: dict[int, StandingLesson]) -> None:
    """Those that are asked: not the retired ones."""
    versions: dict[int, QuestionVersion] = {}
    released = QuestionVersion.objects.filter(question__lesson__in=list(lessons), state__in=RELEASED)
    # What is in reserve comes later in the alphabet, so that what is published has the last word.
    for version in released.prefetch_related("sources").order_by("-state", "pk"):
        versions[version.question_id] = version
    words: dict[int, dict[str, dict[str, Any]]] = defaultdict(dict)
    texts = QuestionText.objects.filter(version__in=list(versions.values()), state__in=RELEASED)
    for text in texts.order_by("number"):
        words[text.version_id][text.language] = text.words
    questions = Question.objects.filter(lesson__in=list(lessons), archived_at=None)
    for question in questions.prefetch_related("weights__skill").order_by("position", "pk"):
        lesson = lessons[question.lesson_id or 0]
        if asked := versions.get(question.pk):
            pools = {entry.question_id: entry.pool for entry in lesson.check.entries.all()} if lesson.check else {}
            one = StandingQuestion(question, asked, words[asked.pk], pools.get(question.pk, ""))
            lesson.questions.append(one)


def _pictures(lessons: Iterable[StandingLesson]) -> dict[str, Media]:
    files = {
        str(one.version.structure[HOLDS_FILE]["file"])
        for lesson in lessons
        for one in lesson.questions
        if isinstance(one.version.structure.get(HOLDS_FILE), dict)
    }
    hashes = [file.partition(".")[0] for file in files]
    found = Media.objects.select_related("credit", "cropped_from__credit")
    rows = {media.sha256: media for media in found.filter(sha256__in=hashes)}
    return {file: rows[file.partition(".")[0]] for file in files if file.partition(".")[0] in rows}
