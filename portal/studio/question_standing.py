"""Where a question stands: what is asked now, what is being written, and the words of it in each language."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from lessons.models import RELEASED, State
from portal.studio.standing import OPEN, STANDING
from quizzes.models import Question, QuestionText, QuestionVersion


@dataclass
class QuestionStanding:
    """One question; `versions` and `texts` are its rows that are open or published, the oldest first."""

    question: Question
    versions: list[QuestionVersion] = field(default_factory=list)
    texts: list[QuestionText] = field(default_factory=list)

    @property
    def published(self) -> QuestionVersion | None:
        """The version that is asked, or that would be under the profile that it is written for."""
        return next((version for version in self.versions if version.state in RELEASED), None)

    @property
    def working(self) -> QuestionVersion | None:
        """The newest version that is a draft or in review."""
        return next((version for version in reversed(self.versions) if version.state in OPEN), None)

    @property
    def current(self) -> QuestionVersion | None:
        return self.working or self.published

    @property
    def words(self) -> dict[str, QuestionText]:
        """The words an editor goes on from, by language: those of the current version, drafts before published ones."""
        return self.texts_of(self.current, STANDING)

    @property
    def published_words(self) -> dict[str, QuestionText]:
        return self.texts_of(self.published, (State.PUBLISHED,))

    @property
    def drafts(self) -> list[QuestionVersion | QuestionText]:
        """Everything of it that could be sent to review."""
        rows: list[QuestionVersion | QuestionText] = [*self.versions, *self.texts]
        return [row for row in rows if row.state == State.DRAFT]

    @property
    def in_review(self) -> bool:
        return any(row.state == State.IN_REVIEW for row in (*self.versions, *self.texts))

    @property
    def states(self) -> tuple[str, ...]:
        """Any of published, reserve, draft, in_review."""
        released = {str(self.published.state): True} if self.published else {}
        said = {**released, "draft": self.drafts, "in_review": self.in_review}
        return tuple(state for state, holds in said.items() if holds)

    def texts_of(self, version: QuestionVersion | None, states: Iterable[str]) -> dict[str, QuestionText]:
        """Texts of a version by language; a draft hides what is published."""
        wanted = [text for text in self.texts if version and text.version_id == version.pk and text.state in states]
        return {text.language: text for text in sorted(wanted, key=lambda text: text.state in OPEN)}

    def stem(self, language: str) -> str:
        """What is asked, in that language or else in another."""
        words = self.words
        text = words.get(language) or next(iter(words.values()), None)
        return str(text or self.question.key)


def question_standings(questions: Iterable[Question]) -> list[QuestionStanding]:
    """The standings of these questions in their order. Two queries beside that for the questions."""
    found = {question.pk: QuestionStanding(question) for question in questions}
    versions = QuestionVersion.objects.filter(question__in=list(found), state__in=STANDING)
    for version in versions.select_related("author").order_by("number"):
        found[version.question_id].versions.append(version)
    texts = QuestionText.objects.filter(version__question__in=list(found), state__in=STANDING)
    for text in texts.select_related("version", "author").order_by("number"):
        found[text.version.question_id].texts.append(text)
    return list(found.values())


def standing_of(question: Question) -> QuestionStanding:
    return question_standings(Question.objects.filter(pk=question.pk))[0]


def by_lesson(standings: Iterable[QuestionStanding]) -> dict[int | None, list[QuestionStanding]]:
    grouped: dict[int | None, list[QuestionStanding]] = defaultdict(list)
    for standing in standings:
        grouped[standing.question.lesson_id].append(standing)
    return grouped
