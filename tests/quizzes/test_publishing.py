"""Questions go out with their words, and never without."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from lessons.models import State
from lessons.readiness import NotReady
from quizzes.models import QuestionText, QuestionVersion, Quiz
from quizzes.publishing import (
    publish_text,
    publish_texts,
    publish_version,
    publish_versions,
    reasons_against_final,
    reasons_against_texts,
    reasons_against_versions,
)
from tests.factories import (
    MULTIPLE,
    NUMERICAL,
    SINGLE,
    TRUE_FALSE,
    LocalFactFactory,
    check_of,
    draft_question,
    published_course,
    published_lesson,
    published_question,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 1, 8, tzinfo=UTC)


def go_out(version: QuestionVersion) -> None:
    publish_texts(list(version.texts.filter(state=State.DRAFT)), NOW)
    publish_version(version, NOW)


def refusal(version: QuestionVersion) -> list[str]:
    with override("en"):
        return [reason.message for reason in reasons_against_versions([version], list(version.texts.all()))]


@pytest.mark.parametrize("spec", [SINGLE, MULTIPLE, TRUE_FALSE, NUMERICAL], ids=lambda spec: str(spec["kind"]))
def test_each_kind_goes_out_with_its_words(spec: dict[str, Any]) -> None:
    version = draft_question(spec=spec)
    go_out(version)
    assert (version.state, version.published_at) == (State.PUBLISHED, NOW)
    assert set(QuestionText.objects.values_list("language", "state")) == {
        ("en", State.PUBLISHED),
        ("ar", State.PUBLISHED),
    }


def test_a_new_version_replaces_the_former_and_leaves_its_words() -> None:
    former = published_question(published_lesson())
    version = draft_question(former.question, critical=True)
    go_out(version)
    former.refresh_from_db()
    assert (former.state, former.superseded_at) == (State.SUPERSEDED, NOW)
    assert set(former.texts.values_list("state", flat=True)) == {State.PUBLISHED}


def test_new_words_replace_the_former_in_their_language_only() -> None:
    version = published_question(published_lesson())
    words = SINGLE["words"]["en"] | {"stem": "Blood spurts. What now?"}
    publish_text(QuestionText.objects.create(version=version, language="en", number=2, words=words), NOW)
    states = version.texts.order_by("language", "number").values_list("language", "number", "state")
    assert list(states) == [("ar", 1, State.PUBLISHED), ("en", 1, State.SUPERSEDED), ("en", 2, State.PUBLISHED)]


def test_adding_a_language_makes_no_version() -> None:
    version = published_question(published_lesson())
    publish_text(QuestionText.objects.create(version=version, language="fr", words=SINGLE["words"]["en"]), NOW)
    assert QuestionVersion.objects.count() == 1


def test_a_version_without_words_is_not_ready() -> None:
    version = draft_question(spec=SINGLE | {"words": {}})
    assert refusal(version) == ["The question has no words yet. Write them in one language at least."]
    with pytest.raises(NotReady):
        publish_version(version, NOW)


def test_a_language_is_not_lost() -> None:
    former = published_question(published_lesson())
    version = draft_question(former.question, SINGLE | {"words": {"en": SINGLE["words"]["en"]}})
    assert refusal(version) == ["The new question has no words in: ar. Write them, as it has had them so far."]


def test_a_key_that_does_not_fit_is_not_ready() -> None:
    version = draft_question(spec=SINGLE | {"answer_key": {"right": "sleep"}})
    assert refusal(version) == ["right: sleep is not one of the options"]


def test_a_field_that_nobody_knows_is_not_ready() -> None:
    version = draft_question(spec=TRUE_FALSE | {"structure": {"colour": "red"}})
    assert refusal(version) == ["colour: Extra inputs are not permitted"]


def test_a_kind_that_cannot_be_asked_is_not_ready() -> None:
    assert refusal(draft_question(spec=SINGLE | {"kind": "oracle"})) == ["Questions of this kind cannot be asked yet."]


def test_words_that_do_not_fit_are_not_ready() -> None:
    words = {"en": {name: text for name, text in SINGLE["words"]["en"].items() if name != "explanation"}}
    version = draft_question(spec=SINGLE | {"words": words})
    [reason] = reasons_against_texts(list(version.texts.all()))
    assert reason.message == "explanation: Field required"


def test_words_name_known_facts_only() -> None:
    words = {"en": SINGLE["words"]["en"] | {"stem": "You call {fact:number}. What now?"}}
    version = draft_question(spec=SINGLE | {"words": words})
    texts = list(version.texts.all())
    with override("en"):
        assert [reason.message for reason in reasons_against_texts(texts)] == [
            "There is no local fact “number”. Add it, or correct its name."
        ]
    LocalFactFactory(key="number")
    assert reasons_against_texts(texts) == []


def test_words_of_a_superseded_version_are_not_ready() -> None:
    former = published_question(published_lesson())
    go_out(draft_question(former.question))
    late = QuestionText.objects.create(version=former, language="en", number=2, words=SINGLE["words"]["en"])
    with override("en"), pytest.raises(NotReady, match="words of an older version"):
        publish_text(late, NOW)


def test_an_overtaken_version_is_not_ready() -> None:
    first = draft_question()
    go_out(draft_question(first.question))
    assert refusal(first) == ["Something newer was published since. Take your changes over to a new draft of it."]


def test_publishing_twice_is_refused() -> None:
    version = draft_question()
    go_out(version)
    with override("en"), pytest.raises(NotReady, match="published already"):
        publish_version(version, NOW)


def test_a_published_version_refuses_to_be_changed() -> None:
    go_out(draft_question())
    for deed in (
        lambda: QuestionVersion.objects.update(answer_key={"right": "wait"}),
        lambda: QuestionText.objects.update(words={}),
        lambda: QuestionVersion.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            deed()


def test_several_go_out_in_as_many_queries_as_one() -> None:
    def cost(count: int) -> int:
        versions = [draft_question() for _ in range(count)]
        texts = list(QuestionText.objects.filter(version__in=versions).select_related("version"))
        with CaptureQueriesContext(connection) as queries:
            publish_texts(texts, NOW)
            publish_versions(versions, NOW)
        return len(queries)

    assert cost(1) == cost(5)


def test_a_final_without_questions_is_not_ready() -> None:
    lesson = published_lesson()
    edition = published_course(lessons=[lesson], final={})
    with override("en"):
        assert [reason.message for reason in reasons_against_final(edition)] == [
            "The final has no question to ask. Add questions to the lessons of the course."
        ]
    check_of(lesson)
    assert reasons_against_final(edition) == []


def test_a_course_without_a_final_needs_no_questions() -> None:
    edition = published_course(lessons=[published_lesson()])
    assert not Quiz.objects.exists()
    assert reasons_against_final(edition) == []


def test_nothing_to_publish_is_nothing_to_do() -> None:
    publish_texts([], NOW)
    publish_versions([], NOW)
