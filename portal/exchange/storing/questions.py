"""Questions, their versions and words, and the checks that ask them."""

from collections import defaultdict
from itertools import count
from typing import Any

from django.db.models import Max

from lessons.models import RELEASED, Lesson, Skill, Source
from lessons.profiles import DEFAULT
from portal.exchange.content import LessonContent, QuestionContent
from portal.exchange.storing.drafts import LIVE_OR_OURS, Drafts, same_as
from portal.exchange.storing.draws import DrawStore, put_rows
from portal.exchange.storing.lessons import Placed
from portal.exchange.storing.report import Outcome, Report
from portal.exchange.storing.rows import References, Shelf, decimal, write
from quizzes.models import Question, QuestionSkill, QuestionText, QuestionVersion, Quiz, QuizQuestion

STRUCTURE = ("kind", "structure", "answer_key", "critical", "seconds")


class QuestionStore:
    """Writes the questions of a package's lessons; `lessons` are their rows by place."""

    def __init__(self, placed: Placed, lessons: dict[str, Lesson], drafts: Drafts, report: Report) -> None:
        self.placed, self.lessons, self.drafts, self.report = placed, lessons, drafts, report
        self.shelf = Shelf(Question, [part.part.key for _course, content in placed for part in content.questions])
        self.skills, self.sources = References(Skill), References(Source)
        self.draws = DrawStore()
        self.counted: dict[int, int] = defaultdict(int)
        questions = [row.pk for row in self.shelf.rows.values()]
        self.weights: dict[int, dict[int, QuestionSkill]] = defaultdict(dict)
        for row in QuestionSkill.objects.filter(question__in=questions):
            self.weights[row.question_id][row.skill_id] = row
        self._load_versions(questions)
        self.checks = {quiz.lesson_id: quiz for quiz in Quiz.objects.filter(lesson__in=list(lessons.values()))}
        self.entries: dict[int, dict[int, QuizQuestion]] = defaultdict(dict)
        for entry in QuizQuestion.objects.filter(quiz__in=list(self.checks.values())):
            self.entries[entry.quiz_id][entry.question_id] = entry

    def _load_versions(self, questions: list[int]) -> None:
        versions = QuestionVersion.objects.filter(question__in=questions)
        self.newest = dict(versions.order_by().values_list("question").annotate(Max("number")))
        self.versions: dict[int, list[QuestionVersion]] = defaultdict(list)
        for version in versions.filter(LIVE_OR_OURS).prefetch_related("sources"):
            self.versions[version.question_id].append(version)
        texts = QuestionText.objects.filter(version__question__in=questions).order_by("number")
        self.newest_text = {(text.version_id, text.language): text.number for text in texts}
        self.texts: dict[tuple[int, str], list[QuestionText]] = defaultdict(list)
        for text in texts.filter(LIVE_OR_OURS):
            self.texts[text.version_id, text.language].append(text)

    def store(self) -> None:
        for course, content in self.placed:
            quiz = content.folder.quiz
            if quiz is None:
                continue
            lesson, authority = self.lessons[content.folder.place], course.course.content.authority
            first = self.counted[lesson.pk]
            self.counted[lesson.pk] += len(content.questions)
            questions = [
                self._question(part, at, lesson, (authority, content.folder.profile), quiz.file)
                for at, part in enumerate(content.questions, first)
            ]
            outcome = self._check(lesson, content, authority)
            entries = self._list(self.checks[lesson.pk], content, questions, first)
            self.report.note(quiz.file, max(outcome, *entries))

    def _question(
        self, content: QuestionContent, at: int, lesson: Lesson, whose: tuple[str, str], file: str
    ) -> Question:
        """`whose` are its authority and the profile of the text that it stands beside."""
        authority, beside = whose
        profile = (content.part.profile or "") if beside == DEFAULT else beside
        place = f"{file}: {content.part.key}"
        identity = (authority, content.part.key)
        self._leave_former_check(self.shelf.rows.get(identity), lesson)
        question, outcome = self.shelf.put(
            identity, lesson_id=lesson.pk, position=at, profile=profile, **content.part.expected
        )
        outcome = max(outcome, self._weigh(question, content, authority))
        version, of_version = self._version(question, content, authority, place)
        of_words = [self._words(version, language, words, place) for language, words in content.words.items()]
        self.report.note(place, max(outcome, of_version, *of_words))
        return question

    def _leave_former_check(self, question: Question | None, lesson: Lesson) -> None:
        """A question that has moved to another lesson is no longer asked where it was."""
        former = self.checks.get(question.lesson_id) if question and question.lesson_id != lesson.pk else None
        entry = self.entries[former.pk].pop(question.pk, None) if former and question else None
        if entry:
            entry.delete()

    def _weigh(self, question: Question, content: QuestionContent, authority: str) -> Outcome:
        """The skills that the question tests, and no others."""
        wanted = {
            self.skills.id(key, authority): decimal(weight, "0.01") for key, weight in content.part.skills.items()
        }
        standing = self.weights[question.pk]
        if {skill: row.weight for skill, row in standing.items()} == wanted:
            return Outcome.UNCHANGED
        QuestionSkill.objects.filter(question=question).delete()
        QuestionSkill.objects.bulk_create(
            QuestionSkill(question=question, skill_id=skill, weight=weight) for skill, weight in wanted.items()
        )
        return Outcome.CHANGED

    def _version(
        self, question: Question, content: QuestionContent, authority: str, place: str
    ) -> tuple[QuestionVersion, Outcome]:
        part = content.part
        sources = set(self.sources.all(part.sources, authority))
        fields = dict(
            zip(
                STRUCTURE,
                (part.kind, content.structure, content.answer_key, part.critical, part.seconds),
                strict=True,
            )
        )

        def matches(row: QuestionVersion) -> bool:
            cited = {source.pk for source in row.sources.all()}
            return cited == sources and all(getattr(row, name) == value for name, value in fields.items())

        version: QuestionVersion | None = same_as(self.versions[question.pk], matches)
        outcome = Outcome.UNCHANGED
        if version is None:
            number = self.newest.get(question.pk, 0) + 1
            version = QuestionVersion.objects.create(question=question, number=number, **fields)
            version.sources.set(sources)
            outcome = Outcome.CHANGED
        if version.state not in RELEASED:
            self.drafts.add(version, place)
        return version, outcome

    def _words(self, version: QuestionVersion, language: str, words: dict[str, Any], place: str) -> Outcome:
        owner = (version.pk, language)
        text: QuestionText | None = same_as(self.texts[owner], lambda row: row.words == words)
        outcome = Outcome.UNCHANGED
        if text is None:
            number = self.newest_text.get(owner, 0) + 1
            text = QuestionText.objects.create(version=version, language=language, number=number, words=words)
            outcome = Outcome.CHANGED
        if text.state not in RELEASED:
            self.drafts.add(text, place)
        return outcome

    def _check(self, lesson: Lesson, content: LessonContent, authority: str) -> Outcome:
        """The lesson's check has the rules of the lesson; a variant has none of its own."""
        quiz = content.folder.quiz
        assert quiz is not None  # noqa: S101 - for mypy; store() sees to it
        if content.folder.base:
            return Outcome.UNCHANGED
        rules = quiz.content.stored()
        check = self.checks.get(lesson.pk)
        if check is None:
            check = self.checks[lesson.pk] = Quiz.objects.create(purpose=Quiz.Purpose.CHECK, lesson=lesson, **rules)
            outcome = Outcome.CREATED
        else:
            outcome = write(check, rules)
        rows = self.draws.rows(quiz.content.draw_rows, authority)
        return max(outcome, put_rows(check, rows, {}))

    def _list(self, check: Quiz, content: LessonContent, questions: list[Question], first: int) -> list[Outcome]:
        """The check lists the questions, from that place on; what others have put into it stays."""
        pools = [asked.part.pool or "" for asked in content.questions]
        return [self._entry(check, *entry) for entry in zip(questions, count(first), pools, strict=False)]

    def _entry(self, check: Quiz, question: Question, at: int, pool: str) -> Outcome:
        if entry := self.entries[check.pk].get(question.pk):
            return write(entry, {"position": at, "pool": pool})
        QuizQuestion.objects.create(quiz=check, question=question, position=at, pool=pool)
        return Outcome.CHANGED
