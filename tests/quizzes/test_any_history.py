"""Any sequence of what people do to sittings, from two browsers of one person, over HTTP: what must hold afterwards."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.forms.models import model_to_dict
from django.test import Client
from django.utils import timezone
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as play
from zeal import zeal_ignore

from quizzes.asked import Measure
from quizzes.attempts import share
from quizzes.models import (
    Attempt,
    AttemptItem,
    CourseProgress,
    Learner,
    LessonProgress,
    ProgressEvent,
    Question,
    QuestionVersion,
    Quiz,
    Response,
)
from quizzes.progress import project_everything
from quizzes.publishing import publish_texts, publish_versions
from quizzes.regrading import apply, dry_run
from quizzes.rescoring import Selection
from quizzes.rules import GRACE
from quizzes.started import MAX_AGE
from tests.factories import (
    MATCHING,
    MULTIPLE,
    NUMERICAL,
    ORDERING,
    SINGLE,
    TRUE_FALSE,
    UserFactory,
    check_of,
    corrected_question,
    draft_question,
    published_course,
    published_lesson,
)
from tests.quizzes.sitting import RIGHT, WRONG, fields_of
from tests.quizzes.test_check_pages import hidden

pytestmark = pytest.mark.django_db

CHECK = "/en/courses/first-aid/bleeding/quiz/"
FINAL = "/en/courses/first-aid/final/"
SPECS = (SINGLE, MULTIPLE, ORDERING, MATCHING, NUMERICAL, TRUE_FALSE)
MORNING = datetime(2027, 3, 1, 9, tzinfo=UTC)
LIMIT = 600
BROWSERS = st.integers(0, 1)
STEPS = st.integers(1, len(SPECS))


@dataclass
class Sent:
    """An answer as it was sent: where, and what."""

    url: str
    submission: str
    right: bool


@dataclass(frozen=True)
class Page:
    """The first question of a check that was not begun, as one browser was shown it."""

    browser: int
    kind: str
    fields: dict[str, str]
    opened_at: datetime

    def too_old(self) -> bool:
        return timezone.now() - self.opened_at > timedelta(seconds=MAX_AGE)


@dataclass
class Sitting:
    """What is known of an attempt from outside."""

    pk: uuid.UUID
    deadline: datetime | None
    at_once: bool
    kinds: dict[int, str]
    answered: set[int] = field(default_factory=set)
    handed_in: bool = False

    def over(self) -> bool:
        late = self.deadline is not None and timezone.now() > self.deadline + GRACE
        return self.handed_in or late or (self.at_once and len(self.answered) == len(self.kinds))

    def takes(self, step: int) -> bool:
        return not self.over() and not (self.at_once and step in self.answered)


class TwoBrowsers(RuleBasedStateMachine):
    """One person in two browsers; the model beside it knows what was acknowledged and must still be there."""

    pages = Bundle("pages")

    @initialize()
    def furnish(self) -> None:
        self.clock = time_machine.travel(MORNING, tick=False)
        self.traveller = self.clock.start()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        lesson = published_lesson()
        check_of(lesson, SPECS)
        published_course(lessons=[lesson], final={"time_limit": LIMIT})
        user = UserFactory()
        self.browsers = [Client(), Client()]
        for browser in self.browsers:
            browser.force_login(user)
        self.learner, _made = Learner.objects.get_or_create(user=user)
        self.sittings: dict[uuid.UUID, Sitting] = {}
        self.acknowledged: dict[str, Any] = {}
        self.sent: list[Sent] = []
        self.used: set[str] = set()
        self.events: dict[int, dict[str, Any]] = {}

    def teardown(self) -> None:
        if hasattr(self, "undone"):
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)
            self.clock.stop()

    # What people do

    @rule(browser=BROWSERS)
    def begin_the_final(self, browser: int) -> None:
        self.browsers[browser].post(FINAL)
        self._notice()

    @rule(target=pages, browser=BROWSERS)
    def open_the_check(self, browser: int) -> Page | None:
        shown = self.browsers[browser].get(CHECK)
        if shown.status_code != 200:
            return None
        return Page(browser, shown.context["question"].kind, hidden(shown.content.decode()), timezone.now())

    @rule(browser=BROWSERS, page=pages, right=st.booleans())
    def send_the_first_answer(self, browser: int, page: Page | None, right: bool) -> None:
        """Sent late, or twice, or from the other browser, or after that one has begun, a page saves nothing."""
        if page is None:
            return
        begins = self._begins(page, browser)
        before = set(self.sittings)
        reply = self.browsers[browser].post(CHECK, page.fields | _fields(page.kind, right))
        assert reply.status_code == 302 if begins else reply.status_code in {302, 403, 409}
        self._notice()
        begun = set(self.sittings) - before
        assert len(begun) == begins
        for attempt in begun:
            submission = page.fields["submission_id"]
            self.used.add(submission)
            self._acknowledge(self.sittings[attempt], 1, Sent(_url(attempt, 1), submission, right))

    @precondition(lambda self: self.sittings)
    @rule(browser=BROWSERS, which=st.integers(0, 50), step=STEPS, right=st.booleans())
    def answer(self, browser: int, which: int, step: int, right: bool) -> None:
        sitting = self._some(which)
        sent = Sent(_url(sitting.pk, step), str(uuid.uuid4()), right)
        taken = sitting.takes(step)
        reply = self._send(browser, sitting, step, sent)
        assert reply.status_code == 302
        if taken:
            self._acknowledge(sitting, step, sent)

    @precondition(lambda self: self.sent)
    @rule(browser=BROWSERS, which=st.integers(0, 50), other=st.booleans())
    def think_again(self, browser: int, which: int, other: bool) -> None:
        """Another answer to a question that has one: the last counts where feedback was not given yet."""
        former = self.sent[which % len(self.sent)]
        attempt, step = former.url.split("/")[3:5]
        sitting = self.sittings[uuid.UUID(attempt)]
        sent = Sent(former.url, str(uuid.uuid4()), former.right != other)
        taken = sitting.takes(int(step))
        assert self._send(browser, sitting, int(step), sent).status_code == 302
        if taken:
            self._acknowledge(sitting, int(step), sent)

    @precondition(lambda self: any(sitting.deadline for sitting in self.sittings.values()))
    @rule(browser=BROWSERS, which=st.integers(0, 50), step=STEPS, late=st.integers(-1, 1))
    def answer_at_the_last_second(self, browser: int, which: int, step: int, late: int) -> None:
        """A second before the grace ends, as it ends, or a second after."""
        timed = [sitting for sitting in self.sittings.values() if sitting.deadline]
        sitting = timed[which % len(timed)]
        assert sitting.deadline
        if timezone.now() < sitting.deadline:
            self.traveller.move_to(sitting.deadline + GRACE + timedelta(seconds=late))
        sent = Sent(_url(sitting.pk, step), str(uuid.uuid4()), right=True)
        taken = sitting.takes(step)
        assert self._send(browser, sitting, step, sent).status_code == 302
        if taken:
            self._acknowledge(sitting, step, sent)

    @precondition(lambda self: self.sent)
    @rule(browser=BROWSERS, which=st.integers(0, 50), other=st.booleans())
    def send_again(self, browser: int, which: int, other: bool) -> None:
        """The same form again changes nothing; with another answer it is refused, and says so."""
        sent = self.sent[which % len(self.sent)]
        attempt, step = sent.url.split("/")[3:5]
        sitting = self.sittings[uuid.UUID(attempt)]
        again = Sent(sent.url, sent.submission, sent.right != other)
        assert self._send(browser, sitting, int(step), again).status_code == (409 if other else 302)

    @precondition(lambda self: self.sittings)
    @rule(browser=BROWSERS, which=st.integers(0, 50), step=STEPS)
    def send_nothing(self, browser: int, which: int, step: int) -> None:
        """An empty answer is said to be one, or the sitting is over; nothing is saved."""
        sitting = self._some(which)
        form = {"submission_id": str(uuid.uuid4())}
        assert self.browsers[browser].post(_url(sitting.pk, step), form).status_code in {302, 422}

    @precondition(lambda self: self.sittings)
    @rule(browser=BROWSERS, which=st.integers(0, 50), step=STEPS)
    def look(self, browser: int, which: int, step: int) -> None:
        """Skip to a question, or come back to it."""
        assert self.browsers[browser].get(_url(self._some(which).pk, step)).status_code in {200, 302}

    @precondition(lambda self: self.sittings)
    @rule(browser=BROWSERS, which=st.integers(0, 50))
    def resume(self, browser: int, which: int) -> None:
        pk = self._some(which).pk
        assert self.browsers[browser].get(f"/en/attempts/{pk}/", follow=True).status_code == 200

    @precondition(lambda self: self.sittings)
    @rule(browser=BROWSERS, which=st.integers(0, 50))
    def hand_in(self, browser: int, which: int) -> None:
        sitting = self._some(which)
        self.browsers[browser].post(f"/en/attempts/{sitting.pk}/overview/")
        sitting.handed_in = True

    @rule(seconds=st.sampled_from([1, 60, 300, LIMIT, LIMIT + 31, 90_000]))
    def let_time_pass(self, seconds: int) -> None:
        self.traveller.shift(timedelta(seconds=seconds))

    @rule(which=st.integers(0, len(SPECS) - 1))
    def publish_a_new_version(self, which: int) -> None:
        question = Question.objects.order_by("position", "pk")[which]
        version = draft_question(question, SPECS[which])
        publish_texts(list(version.texts.all()), timezone.now())
        publish_versions([version], timezone.now())

    @rule(right=st.sampled_from(["press", "wait", "wash"]), withdraw=st.booleans())
    def score_again_by_another_key(self, right: str, withdraw: bool) -> None:
        """Of the question to choose; whoever is still sitting is left alone."""
        versions = list(QuestionVersion.objects.filter(question__position=0).order_by("number"))
        corrected = corrected_question(versions[-1], {"right": right})
        selection = Selection(corrected.question_id, tuple(version.pk for version in versions), corrected.pk)
        apply(selection, dry_run(selection).digest, "The key was wrong.", withdraw=withdraw)

    # What must hold

    @invariant()
    def no_acknowledged_answer_is_lost_and_nothing_else_is_there(self) -> None:
        if hasattr(self, "acknowledged"):
            saved = {str(one.submission_id): one.answer for one in Response.objects.all()}
            assert saved == self.acknowledged

    @invariant()
    def answers_are_numbered_without_a_hole_and_the_last_one_counts(self) -> None:
        for item in AttemptItem.objects.select_related("regraded_by").prefetch_related("responses"):
            given = list(item.responses.all())
            assert [one.sequence for one in given] == list(range(1, len(given) + 1))
            assert item.fraction == _earned(item, given[-1] if given else None)

    @invariant()
    def a_score_is_the_sum_of_what_was_graded(self) -> None:
        for attempt in Attempt.objects.filter(score__isnull=False).prefetch_related("items"):
            items = list(attempt.items.all())
            earned = sum((item.points * (item.fraction or 0) for item in items), Decimal(0))
            assert attempt.score == (earned / sum(item.points for item in items)).quantize(Decimal("0.00001"))

    @invariant()
    def one_sitting_of_a_quiz_is_open(self) -> None:
        open_ones = list(Attempt.objects.filter(state=Attempt.State.OPEN).values_list("quiz", flat=True))
        assert len(open_ones) == len(set(open_ones))

    @invariant()
    def no_sitting_ends_by_itself(self) -> None:
        closed = Attempt.objects.exclude(state=Attempt.State.OPEN).values_list("pk", flat=True)
        assert all(self.sittings[attempt].over() for attempt in closed)

    @invariant()
    def events_are_only_added(self) -> None:
        if hasattr(self, "events"):
            now = {event.pk: model_to_dict(event) for event in ProgressEvent.objects.all()}
            assert self.events.items() <= now.items()
            self.events = now

    @invariant()
    def projections_rebuilt_from_nothing_equal_the_live_ones(self) -> None:
        if hasattr(self, "learner"):
            live = list(_projections(self.learner))
            project_everything(self.learner)
            assert list(_projections(self.learner)) == live

    # The model

    def _begins(self, page: Page, browser: int) -> bool:
        under_way = any(sitting.at_once and not sitting.over() for sitting in self.sittings.values())
        used = page.fields["submission_id"] in self.used
        return browser == page.browser and not page.too_old() and not used and not under_way

    def _some(self, which: int) -> Sitting:
        return list(self.sittings.values())[which % len(self.sittings)]

    def _send(self, browser: int, sitting: Sitting, step: int, sent: Sent) -> Any:
        form = {"submission_id": sent.submission} | _fields(sitting.kinds[step], sent.right)
        return self.browsers[browser].post(sent.url, form)

    def _acknowledge(self, sitting: Sitting, step: int, sent: Sent) -> None:
        sitting.answered.add(step)
        self.acknowledged[sent.submission] = (RIGHT if sent.right else WRONG)[sitting.kinds[step]]
        self.sent.append(sent)

    def _notice(self) -> None:
        """Attempts that were begun since."""
        for attempt in Attempt.objects.exclude(pk__in=list(self.sittings)).select_related("quiz"):
            kinds = dict(attempt.items.values_list("step", "version__kind"))
            at_once = attempt.quiz.purpose == Quiz.Purpose.CHECK
            self.sittings[attempt.pk] = Sitting(attempt.pk, attempt.deadline, at_once, kinds)


def _earned(item: AttemptItem, last: Response | None) -> Decimal | None:
    """What the last answer earns by the key that counts."""
    if last is None:
        return None
    return share(Measure.of(item.regraded_by).grade(last.answer)) if item.regraded_by else last.fraction


def _url(attempt: uuid.UUID, step: int) -> str:
    return f"/en/attempts/{attempt}/{step}/"


def _fields(kind: str, right: bool) -> dict[str, Any]:
    return fields_of((RIGHT if right else WRONG)[kind], ordered=kind == "ordering")


def _projections(learner: Learner) -> Iterator[dict[str, Any]]:
    for model in (LessonProgress, CourseProgress):
        for row in model.objects.filter(learner=learner).order_by("pk"):
            yield model_to_dict(row, exclude=["id"])


@zeal_ignore()  # many requests are one test here
def test_whatever_two_browsers_do_nothing_is_lost_or_counted_twice() -> None:
    play(TwoBrowsers, settings=settings(max_examples=15, stateful_step_count=25, deadline=None))
