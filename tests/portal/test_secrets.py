"""Every byte that the portal sends around a sitting, before the key may be seen and after.

The questions of every kind carry words that stand nowhere else in their explanations and feedback. What must not be
told yet is looked for in pages, headers and cookies, of the learner and of a guest, in the data that a person may take
away, and in the pages that are cached. Then the key itself is changed behind the pages: not one byte may change.
"""

import io
import re
import zlib
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import time_machine
from django.db import connection
from django.test import Client

from lessons.immutability import triggers_dropped
from lessons.models import Lesson
from lessons.search.indexing import lessons_changed
from portal.accounts.models import User
from quizzes import attempts, draws
from quizzes.kinds import KINDS
from quizzes.models import Attempt, AttemptItem, Learner, QuestionText, QuestionVersion, Quiz
from tests import factories
from tests.factories import UserFactory, published_course, published_lesson, published_question
from tests.portal.accounts.guests import confirmed, log_in
from tests.quizzes.sitting import RIGHT, WRONG, fields_of
from tests.quizzes.test_check_pages import hidden

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cold_pages")]

SECRET = re.compile(r"SECRET-\w+")
SPECS: dict[str, Any] = {
    spec["kind"]: spec for spec in vars(factories).values() if isinstance(spec, dict) and "answer_key" in spec
}
CHECK, FINAL = "/en/courses/secrets/secret-lesson/quiz/", "/en/courses/secrets/final/"
AT = datetime.fromisoformat("2026-06-01T10:00:00+03:00")
DUE = AT + timedelta(days=2)
PUBLIC = (
    "/en/courses/secrets/",
    "/en/courses/secrets/secret-lesson/",
    "/ar/courses/secrets/secret-lesson/",
    "/en/search/?q=SECRET",
    "/en/search/?q=secret",
    "/en/search/suggest/?q=secret",
    "/sitemap.xml",
    "/en/glossary/",
)
OWN = ("/en/my-learning/", "/en/my-learning/skills/", "/en/my-learning/certificates/")


def secret(kind: str) -> dict[str, Any]:
    """The question of that kind, with words in explanation and feedback that stand nowhere else."""
    spec = SPECS[kind]
    words = {language: text | {"explanation": f"SECRET-{kind}-why"} for language, text in spec["words"].items()}
    for text in words.values():
        text["feedback"] = _marked(text["feedback"], kind)
    return spec | {"words": words}


def _marked(feedback: Any, kind: str) -> Any:
    if isinstance(feedback, dict):
        return {name: _marked(value, f"{kind}-{name}") for name, value in feedback.items()}
    return f"SECRET-{kind}-feedback".replace("-", "_").replace("SECRET_", "SECRET-", 1)


@pytest.fixture
def lesson() -> Lesson:
    lesson = published_lesson("secret-lesson", "The secret lesson")
    for position, kind in enumerate(KINDS):
        published_question(lesson, secret(kind), position=position)
    return lesson


def quizzes_of(lesson: Lesson, **rules: Any) -> None:
    """A check and a final with these rules, over a question of every kind."""
    check = Quiz.objects.create(purpose="check", lesson=lesson, pass_mark="0.8", **rules)
    for position, version in enumerate(QuestionVersion.objects.all()):
        check.entries.create(question=version.question, position=position)
    published_course("secrets", [lesson], title="Secrets", final=rules)
    lessons_changed([lesson.pk])


@pytest.fixture
def salma() -> User:
    return confirmed(UserFactory(email="salma@example.org"))


@pytest.fixture
def learner(salma: User) -> Client:
    """A person signed in, who may download their data."""
    client = Client(raise_request_exception=True)
    log_in(client, "salma@example.org")
    client.post("/en/account/reauthenticate/", {"password": "a-long-password"})
    return client


class Reader:
    """Keeps every byte of what it was sent."""

    def __init__(self, client: Client) -> None:
        self.client, self.parts = client, list[str]()

    @property
    def seen(self) -> str:
        return "".join(self.parts)

    def __call__(self, method: str, url: str, *args: Any, **kwargs: Any) -> Any:
        response = getattr(self.client, method)(url, *args, **kwargs)
        chunks = response.streaming_content if response.streaming else [response.content]
        self.parts.append(f"{response.status_code} {url} {response.headers} {response.cookies}\n")
        self.parts.append(b"".join(chunks).decode())
        return response

    def every_way(self, url: str) -> None:
        """GET, HEAD, and GET again for who has it already."""
        found = self("get", url)
        self("head", url)
        self("get", url, headers={"if-none-match": found.headers.get("ETag", '"x"')})

    def export(self) -> None:
        response = self.client.get("/en/account/my-data/")
        assert response.status_code == 200
        with ZipFile(io.BytesIO(b"".join(response.streaming_content))) as archive:  # type: ignore[attr-defined]
            for name in archive.namelist():
                self.parts.append(archive.read(name).decode())


def answered(reader: Reader, items: list[AttemptItem]) -> None:
    """Answers wrongly; looks at each page before and after, and sends nonsense and the same form twice."""
    for item in items:
        url = f"/en/attempts/{item.attempt_id}/{item.step}/"
        fields = hidden(reader("get", url).content.decode())
        reader("post", url, fields | {"answer": "nonsense"})
        given = fields_of(WRONG[item.version.kind], ordered=item.version.kind == "ordering")
        reader("post", url, fields | given)
        other = fields_of(RIGHT[item.version.kind], ordered=item.version.kind == "ordering")
        assert reader("post", url, fields | other).status_code in (409, 302)
        reader("get", url)


def own_pages(reader: Reader, attempt: Attempt) -> None:
    """The pages of the sitting itself, in both languages, and what the learner may take away."""
    own = [f"/en/attempts/{attempt.pk}/{step}/" for step in range(1, len(KINDS) + 2)]
    own += [f"/ar/attempts/{attempt.pk}/1/", f"/en/attempts/{attempt.pk}/", f"/ar/attempts/{attempt.pk}/"]
    own += [f"/en/attempts/{attempt.pk}/overview/", f"/en/my-learning/certificates/{attempt.pk}/", *OWN]
    for url in own:
        reader("get", url)
    reader.export()


def surroundings(reader: Reader, attempt: Attempt) -> None:
    """These and every page around the sitting, as the learner and as somebody else."""
    own_pages(reader, attempt)
    stranger = Reader(Client())
    for url in (*PUBLIC, CHECK, FINAL):
        reader("get", url)
    for url in (f"/en/attempts/{attempt.pk}/1/", f"/en/attempts/{attempt.pk}/", *PUBLIC[1:4]):
        reader.every_way(url)
        stranger.every_way(url)
    reader.parts += stranger.parts


def cached(folder: Path) -> str:
    """Every byte of the pages that are kept for everybody."""
    found = ""
    for file in folder.rglob("*.djcache"):
        raw = file.read_bytes()
        for start in range(64):  # the pickled expiry stands before the compressed value
            try:
                found += zlib.decompress(raw[start:]).decode(errors="replace")
                break
            except zlib.error:
                continue
    assert "The secret lesson" in found
    return found


def begun(reader: Reader, quiz: str) -> Attempt:
    """The final begun by its button; the check with nothing answered yet."""
    if quiz == "final":
        reader("post", FINAL)
        return Attempt.objects.get()
    check = Quiz.objects.get(purpose="check")
    person = Learner.objects.create(user=User.objects.get())
    edition = Quiz.objects.get(purpose="final").edition_id
    assert edition
    return attempts.begin(person, check, edition, draws.draw(check, "seed"), seed="seed")


def items(attempt: Attempt) -> list[AttemptItem]:
    return list(attempt.items.select_related("version"))


def secrets_in(seen: str) -> set[str]:
    return set(SECRET.findall(seen))


@pytest.fixture
def clock() -> Iterator[Callable[[datetime], None]]:
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller.move_to


def test_there_is_a_question_of_every_kind(lesson: Lesson) -> None:
    assert set(SPECS) >= set(KINDS)
    assert set(QuestionVersion.objects.values_list("kind", flat=True)) == set(KINDS)


SITTINGS = [
    ("check", "at_end", None),
    ("check", "after_due", DUE),
    ("check", "never", None),
    ("final", "at_end", None),
    ("final", "after_due", DUE),
    ("final", "never", None),
]


@pytest.mark.parametrize(("quiz", "feedback", "due"), SITTINGS)
def test_nothing_is_told_before_its_time_and_everything_from_then_on(
    lesson: Lesson,
    learner: Client,
    clock: Callable[[datetime], None],
    cold_pages: Path,
    quiz: str,
    feedback: str,
    due: datetime | None,
) -> None:
    quizzes_of(lesson, feedback=feedback, due_at=due, confidence=True)
    reader = Reader(learner)
    for url in (*PUBLIC, *OWN, CHECK, FINAL):
        reader.every_way(url)
    attempt = begun(reader, quiz)
    answered(reader, items(attempt))
    surroundings(reader, attempt)
    assert secrets_in(reader.seen + cached(cold_pages)) == set()
    assert '"fraction": "' not in reader.seen

    after = Reader(learner)
    after("post", f"/en/attempts/{attempt.pk}/overview/", follow=True)
    surroundings(after, attempt)
    if feedback == "at_end":
        assert {f"SECRET-{kind}" for kind in KINDS} <= secrets_in(after.seen)
        return
    assert secrets_in(after.seen + cached(cold_pages)) == set()
    assert '"fraction": "' not in after.seen

    clock(DUE - timedelta(seconds=1))
    own_pages(after, attempt)
    assert secrets_in(after.seen) == set()
    clock(DUE + timedelta(days=100 if feedback == "never" else 0))
    surroundings(after, attempt)
    if feedback == "never":
        assert secrets_in(after.seen + cached(cold_pages)) == set()
    else:
        assert {f"SECRET-{kind}" for kind in KINDS} <= secrets_in(after.seen)
        assert '"fraction": "' in after.seen


def test_at_once_tells_what_was_answered_and_nothing_of_what_is_still_to_come(
    lesson: Lesson, learner: Client, clock: Callable[[datetime], None], cold_pages: Path
) -> None:
    quizzes_of(lesson, feedback="at_once")
    reader = Reader(learner)
    attempt = begun(reader, "check")
    answered_kinds: set[str] = set()
    for at, item in enumerate(items(attempt)):
        # What stands around a sitting is the same after each answer: now and then is enough.
        (own_pages if at % 4 else surroundings)(reader, attempt)
        told = secrets_in(reader.seen)
        assert all(any(one.startswith(f"SECRET-{kind}") for kind in answered_kinds) for one in told)
        answered(reader, [item])
        answered_kinds.add(item.version.kind)
        assert any(one.startswith(f"SECRET-{item.version.kind}") for one in secrets_in(reader.seen))
    assert secrets_in(cached(cold_pages)) == set()


# Another key of each kind, with the feedback that it asks for: whoever adds a kind adds a line.
OTHER_KEYS: dict[str, tuple[dict[str, Any], tuple[str, ...] | None]] = {
    "single_choice": ({"right": "wait"}, ("press", "wash")),
    "true_false": ({"right": False}, None),
    "multiple_choice": ({"right": ["ice", "dirt"]}, ("cloth", "hand", "ice", "dirt")),
    "numerical": ({"right": {"min": 50, "max": 60}}, ("low", "high")),
    "ordering": ({"right": ["press", "call", "check", "look"]}, ("look", "press")),
    "matching": ({"right": {"fire": "down", "flood": "in", "cloud": "out"}}, ("flood",)),
    "short_answer": ({"right": {"cord": ["cord", "حبل"]}, "wrong": {"strap": ["tourniquet", "عاصبة"]}}, ("strap",)),
    "gap_fill": ({"right": {"where": "belly", "deep": ["two"]}}, ("where:chest", "deep:five")),
    "hotspot": ({"right": "belly"}, ("bone", "side")),
}
OFTEN_NEW = re.compile(
    r"""(csrfmiddlewaretoken|submission_id)" value="[^"]+"|nonce="[^"]+"|csrftoken=\S+|nonce-[\w+/=-]+"""
)


def change_every_key() -> None:
    """As if the authors had meant something else; answers keep what they earned."""
    with triggers_dropped(connection):
        for version in QuestionVersion.objects.all():
            key, feedback = OTHER_KEYS[version.kind]
            QuestionVersion.objects.filter(pk=version.pk).update(answer_key=key)
            for text in QuestionText.objects.filter(version=version):
                words = text.words | {"explanation": "SECRET-changed"}
                words["feedback"] = dict.fromkeys(feedback, "SECRET-changed") if feedback else "SECRET-changed"
                QuestionText.objects.filter(pk=text.pk).update(words=words)


def everything(client: Client, attempt: Attempt) -> str:
    reader = Reader(client)
    for item in items(attempt):
        url = f"/en/attempts/{attempt.pk}/{item.step}/"
        fields = hidden(reader("get", url).content.decode())
        # Whatever is typed is a short answer, so that one is left empty.
        reader("post", url, fields | {"answer": "" if item.version.kind == "short_answer" else "nonsense"})
    for url in (f"/en/attempts/{attempt.pk}/overview/", f"/en/attempts/{attempt.pk}/", *OWN):
        reader("get", url)
    reader.export()
    return OFTEN_NEW.sub("", reader.seen)


@pytest.mark.parametrize("quiz", ["check", "final"])
@pytest.mark.usefixtures("clock")
def test_not_one_byte_hangs_on_a_key_that_may_not_be_seen(lesson: Lesson, learner: Client, quiz: str) -> None:
    assert set(OTHER_KEYS) == set(KINDS)
    quizzes_of(lesson, feedback="never", confidence=True)
    attempt = begun(Reader(learner), quiz)
    answered(Reader(learner), items(attempt))
    sent = [everything(learner, attempt)]
    change_every_key()
    sent.append(everything(learner, attempt))
    assert sent[0] == sent[1]
    learner.post(f"/en/attempts/{attempt.pk}/overview/")
    sent.append(everything(learner, attempt))
    with triggers_dropped(connection):
        QuestionVersion.objects.filter(kind="single_choice").update(answer_key={"right": "wash"})
    sent.append(everything(learner, attempt))
    assert sent[2] == sent[3]


def asks(check: Quiz, *versions: QuestionVersion) -> None:
    check.entries.all().delete()
    for position, version in enumerate(versions):
        check.entries.create(question=version.question, position=position)


def told_of(guest: Client, form: dict[str, str], kind: str) -> list[str]:
    """What a second tab with that form is told of its right answer and of its wrong one."""
    told = []
    for answer in (RIGHT[kind], WRONG[kind]):
        response = guest.post(CHECK, form | fields_of(answer, ordered=kind == "ordering"), follow=True)
        told += re.findall("Here you had chosen: ([^<]+)", response.content.decode())
    return told


@pytest.mark.usefixtures("clock")
def test_a_second_tab_is_told_what_it_had_chosen_and_nothing_of_the_key(lesson: Lesson) -> None:
    quizzes_of(lesson, feedback="never")
    check, guest, forms = Quiz.objects.get(purpose="check"), Client(), {}
    versions = {version.kind: version for version in QuestionVersion.objects.select_related("question")}
    first = versions.pop("true_false")
    for kind, version in versions.items():
        asks(check, version)
        forms[kind] = hidden(guest.get(CHECK).content.decode())
    asks(check, first)
    guest.post(CHECK, hidden(guest.get(CHECK).content.decode()) | {"answer": "true"})
    before = {kind: told_of(guest, form, kind) for kind, form in forms.items()}
    assert all(len(set(told)) == 2 for told in before.values())
    assert before["matching"][0].count("; ") == before["ordering"][0].count("; ") - 1 == 2
    change_every_key()
    assert before == {kind: told_of(guest, form, kind) for kind, form in forms.items()}
