"""A file of questions becomes drafts of a lesson: all or nothing, and twice the same changes nothing."""

import base64
import io
from typing import Any

import pytest
from PIL import Image

from lessons.models import Lesson, Media, RevisionMedia, State
from portal.accounts.models import AuditEntry, User
from portal.exchange.questions.keeping import ChangedMeanwhile, Report, keep
from portal.exchange.questions.reading import questions_in
from quizzes.models import Question, QuestionText, QuestionVersion
from tests.factories import LONG_AGO, LessonFactory, UserFactory, check_of, published_lesson
from tests.portal.exchange.questions.drafting import answer, moodle

pytestmark = pytest.mark.django_db

PRESS = "::Press:: What first? {=Press ~Wait#Minutes count. ~Wash#Later.}"
RED = "::Red:: Blood is red. {T#Look at it.#It carries iron.}"
BOTH = f"{PRESS}\n\n{RED}\n"


@pytest.fixture
def lesson() -> Lesson:
    return published_lesson()


@pytest.fixture
def writer() -> User:
    made: User = UserFactory()
    return made


def read(text: str, lesson: Lesson, by: User | None = None, *, dry_run: bool = False) -> Report:
    return keep(questions_in(text.encode()), lesson, "en", by, dry_run=dry_run)


def outcomes(report: Report) -> list[str]:
    return [line.outcome for line in report.lines]


def words_of(name: str) -> dict[str, object]:
    """The newest English words of the question that asks this."""
    found = QuestionText.objects.filter(words__stem=name, language="en").latest("pk")
    words: dict[str, object] = found.words
    return words


def test_questions_become_drafts_of_the_lesson_in_one_language(lesson: Lesson, writer: User) -> None:
    assert outcomes(read(BOTH, lesson, writer)) == ["created", "created"]
    versions = QuestionVersion.objects.filter(question__lesson=lesson).order_by("question__position")
    assert [(each.kind, each.state, each.author) for each in versions] == [
        ("single_choice", State.DRAFT, writer),
        ("true_false", State.DRAFT, writer),
    ]
    assert list(QuestionText.objects.order_by().values_list("language", "state").distinct()) == [("en", State.DRAFT)]
    assert words_of("Blood is red.") == {
        "stem": "Blood is red.",
        "explanation": "It carries iron.",
        "feedback": "Look at it.",
    }


def test_the_check_of_the_lesson_asks_them_once_they_are_published(lesson: Lesson) -> None:
    quiz = check_of(lesson)
    read(BOTH, lesson)
    assert quiz.entries.count() == 4


def test_the_same_file_read_twice_changes_nothing(lesson: Lesson, writer: User) -> None:
    read(BOTH, lesson, writer)
    before = list(QuestionText.objects.order_by("pk").values("pk", "words", "author"))
    entries = AuditEntry.objects.count()
    assert outcomes(read(BOTH, lesson, UserFactory())) == ["unchanged", "unchanged"]
    assert list(QuestionText.objects.order_by("pk").values("pk", "words", "author")) == before
    assert AuditEntry.objects.count() == entries


def test_a_dry_run_says_the_same_and_changes_nothing(lesson: Lesson) -> None:
    assert outcomes(read(BOTH, lesson, dry_run=True)) == ["created", "created"]
    assert not Question.objects.exists()
    assert not AuditEntry.objects.filter(deed="questions.read").exists()


def test_reading_is_in_the_audit_log(lesson: Lesson, writer: User) -> None:
    read(f"{BOTH}\n\nTell. {{}}", lesson, writer)
    entry = AuditEntry.objects.get(deed="questions.read")
    assert (entry.actor, entry.subject) == (writer, lesson.key)
    assert entry.detail == {"language": "en", "created": 2, "changed": 0, "unchanged": 0, "not_kept": 1}


def test_a_reworded_question_is_the_same_question(lesson: Lesson) -> None:
    read(BOTH, lesson)
    report = read(BOTH.replace("Blood is red.", "All blood is red."), lesson)
    assert outcomes(report) == ["unchanged", "changed"]
    assert Question.objects.count() == 2


def test_a_reworded_option_keeps_its_id_and_a_new_one_has_a_new_one(lesson: Lesson) -> None:
    read(PRESS, lesson)
    read(PRESS.replace("~Wait#", "~Wait and see#"), lesson)
    assert words_of("What first?")["options"] == {"a": "Press", "b": "Wait and see", "c": "Wash"}
    read("::Press:: What first? {=Press ~Wash#Later. ~Call#Press first. ~Run#No.}", lesson)
    assert words_of("What first?")["options"] == {"a": "Press", "c": "Wash", "d": "Call", "e": "Run"}


def test_what_was_written_since_is_never_taken_away(lesson: Lesson) -> None:
    read(PRESS, lesson)
    text = QuestionText.objects.get()
    text.words = text.words | {"explanation": "Written by hand."}
    text.save()
    assert outcomes(read(PRESS, lesson)) == ["unchanged"]
    assert words_of("What first?")["explanation"] == "Written by hand."


def test_words_in_another_language_stay(lesson: Lesson) -> None:
    read(RED, lesson)
    version = QuestionVersion.objects.get()
    arabic = {"stem": "الدم أحمر.", "explanation": "فيه حديد.", "feedback": "انظروا إليه."}
    QuestionText.objects.create(version=version, language="ar", words=arabic)
    read(RED.replace("Blood", "All blood"), lesson)
    assert QuestionText.objects.get(language="ar").words == arabic


def test_a_published_question_gets_a_new_draft_and_stays_as_it_is(lesson: Lesson) -> None:
    read(RED, lesson)
    QuestionText.objects.update(state=State.PUBLISHED, published_at=LONG_AGO)
    QuestionVersion.objects.update(state=State.PUBLISHED, published_at=LONG_AGO)
    assert outcomes(read(RED, lesson)) == ["unchanged"]
    assert outcomes(read(RED.replace("{T", "{F"), lesson)) == ["changed"]
    states = QuestionVersion.objects.order_by("number").values_list("state", "answer_key")
    assert list(states) == [(State.PUBLISHED, {"right": True}), (State.DRAFT, {"right": False})]


def test_two_questions_of_one_name_are_two(lesson: Lesson) -> None:
    report = read(f"{RED}\n\n{RED.replace('Blood', 'Fire')}", lesson)
    assert outcomes(report) == ["created", "created"]
    assert len({line.key for line in report.lines}) == 2


def test_a_retired_question_is_left_alone(lesson: Lesson) -> None:
    read(RED, lesson)
    Question.objects.update(archived_at=LONG_AGO)
    assert why_left(RED.replace("Blood", "Fire"), lesson).startswith("It was retired in the portal (")


def test_a_question_that_moved_to_another_lesson_is_left_alone(lesson: Lesson) -> None:
    read(RED, lesson)
    Question.objects.update(lesson=LessonFactory())
    assert why_left(RED.replace("Blood", "Fire"), lesson).startswith("It stands in another lesson now (")


def test_a_question_in_review_waits_unchanged(lesson: Lesson) -> None:
    read(RED, lesson)
    QuestionVersion.objects.update(state=State.IN_REVIEW)
    QuestionText.objects.update(state=State.IN_REVIEW)
    assert why_left(RED.replace("Blood", "Fire"), lesson).startswith("It is in review (")


def test_a_question_keeps_its_kind(lesson: Lesson) -> None:
    read(RED, lesson)
    assert why_left(PRESS.replace("Press::", "Red::"), lesson).startswith("It is of another kind in the portal (")


def why_left(text: str, lesson: Lesson) -> str:
    """Why the only question of the file is not read again; nothing of it has changed."""
    [line] = read(text, lesson).lines
    assert line.outcome == "not_kept"
    assert QuestionText.objects.get().words["stem"] == "Blood is red."
    return line.notes[0].message


def test_what_is_still_to_be_written_is_said_until_it_is(lesson: Lesson) -> None:
    [line] = read(PRESS, lesson).lines
    assert [note.message for note in line.notes] == ["Still to be written: why the right answer is right."]
    text = QuestionText.objects.get()
    text.words = text.words | {"explanation": "Written by hand."}
    text.save()
    [line] = read(PRESS, lesson).lines
    assert line.notes == ()


def test_another_outcome_than_was_agreed_to_changes_nothing(lesson: Lesson, writer: User) -> None:
    agreed = read(PRESS, lesson, dry_run=True).digest
    read(PRESS, lesson)
    with pytest.raises(ChangedMeanwhile):
        keep(questions_in(PRESS.replace("first", "now").encode()), lesson, "en", writer, expected=agreed)
    assert words_of("What first?")


def with_picture(data: bytes, name: str = "hands.png") -> str:
    three = answer("Press", "100") + answer("Wait", "0") + answer("Wash", "0")
    stem = f'<img src="@@PLUGINFILE@@/{name}" alt="Two hands">What first?'
    file = f'<file name="{name}" path="/" encoding="base64">{base64.b64encode(data).decode()}</file>'
    return moodle("multichoice", three, stem=stem).replace("</questiontext>", f"{file}</questiontext>")


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "PNG")
    return out.getvalue()


def test_a_picture_goes_among_those_of_the_lesson_once(lesson: Lesson, writer: User) -> None:
    [line] = read(with_picture(png()), lesson, writer).lines
    assert "figures/hands.webp" in line.notes[-1].message
    use = RevisionMedia.objects.get(name="figures/hands.webp")
    assert (use.alt, use.revision.text.language, use.revision.state) == ("Two hands", "en", State.DRAFT)
    [line] = read(with_picture(png()), lesson, writer).lines
    assert "already" in line.notes[-1].message
    assert Media.objects.count() == 1


def test_a_dry_run_keeps_no_picture(lesson: Lesson) -> None:
    read(with_picture(png()), lesson, dry_run=True)
    assert not Media.objects.exists()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"no picture at all", "This file is not a picture that can be shown."),
        (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script>alert(1)</script></svg>', "script"),
    ],
)
def test_a_picture_that_is_refused_is_named_and_the_question_kept(lesson: Lesson, data: bytes, said: str) -> None:
    [line] = read(with_picture(data), lesson).lines
    assert line.outcome == "created"
    assert "“hands.png” is not kept" in line.notes[-1].message
    assert said in line.notes[-1].message
    assert not Media.objects.exists()


def every_kind() -> str:
    """A Moodle file with one question of each kind that is kept."""
    pairs = "".join(
        f"<subquestion><text>{one}</text><answer><text>{two}</text></answer></subquestion>"
        for one, two in [("Fire", "Outside"), ("Flood", "Uphill"), ("", "Indoors")]
    )
    several = answer("Cloth", "50") + answer("Shirt", "50") + answer("Sand", "-50")
    number = answer("5.5", "100", more="<tolerance>0.25</tolerance>") + answer(
        "5.5", "50", more="<tolerance>1</tolerance>"
    )
    parts = [
        moodle("multichoice", f"<single>false</single>{several}", name="several"),
        moodle("truefalse", answer("true", "100") + answer("false", "0", "No."), name="statement"),
        moodle("numerical", number, name="number"),
        moodle("shortanswer", answer("tourniquet", "100") + answer("cord", "0", "It cuts."), name="typed"),
        moodle("matching", pairs, name="pairs"),
        moodle("ordering", answer("Look", "1") + answer("Press", "2") + answer("Wait", "3"), name="steps"),
        moodle("cloze", "", stem="Press {1:MC:=hard~softly} on the {1:MC:=chest~belly#No.}.", name="gaps"),
    ]
    inside = [part.partition("<quiz>")[2].rpartition("</quiz>")[0] for part in parts]
    return f"<quiz>{''.join(inside)}</quiz>"


def test_every_kind_is_read_again_without_a_change(lesson: Lesson) -> None:
    assert outcomes(read(every_kind(), lesson)) == ["created"] * 7
    assert outcomes(read(every_kind(), lesson)) == ["unchanged"] * 7


def test_what_was_added_by_hand_to_any_kind_is_no_change(lesson: Lesson) -> None:
    read(every_kind(), lesson)
    for text in QuestionText.objects.all():
        text.words = filled(text.words) | {"explanation": "Written by hand."}
        text.save()
    short = QuestionVersion.objects.get(kind="short_answer")
    short.structure = short.structure | {"spelling": "lenient"}
    short.answer_key["right"]["a"].append("عاصبة")
    short.save()
    assert outcomes(read(every_kind(), lesson)) == ["unchanged"] * 7


def filled(words: Any) -> Any:
    """The words with something in the place of empty ones."""
    if isinstance(words, dict):
        return {name: filled(said) for name, said in words.items()}
    return words or "Written by hand."
