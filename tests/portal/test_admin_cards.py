"""Words that save lives, written in the administration: checked, dated, in the audit log, at once on every page."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override
from pytest_django import DjangoCaptureOnCommitCallbacks

from lessons import stamp
from lessons.models import LocalFact, Source, Topic, TopicSource
from portal.accounts.models import AuditEntry
from tests.factories import topic_with_card
from tests.portal.accounts.guests import text_of
from tests.portal.admin_pages import page, send

pytestmark = pytest.mark.django_db

OTHER = "Press hard.\nCall {fact:emergency-number}.\nKeep pressing."


@pytest.fixture
def topic() -> Topic:
    LocalFact.objects.create(key="emergency-number", kind="phone")
    topic = topic_with_card(expert="Dr Salma", expert_on=date(2026, 5, 4))
    TopicSource.objects.create(
        topic=topic, source=Source.objects.create(key="ERC21", title="First aid", publisher="ERC", year=2021)
    )
    return topic


def save(administration: Client, topic: Topic, **changed: Any) -> Any:
    """English words stand in the first line, Arabic in the second."""
    with override("en"):
        return send(administration, page(Topic, "change", topic.pk), changed)


def card(topic: Topic, language: str = "en") -> str:
    return topic.texts.get(language=language).first_minute.replace("\r\n", "\n")


def test_a_card_is_changed_dated_and_no_longer_signed(administration: Client, topic: Topic) -> None:
    response = save(administration, topic, **{"texts-0-first_minute": OTHER})
    topic.refresh_from_db()
    assert card(topic) == OTHER
    assert topic.changed_on is not None
    assert (topic.expert, topic.expert_on) == ("", None)
    assert "“Dr Salma” has not signed it" in text_of(response)


def test_who_changed_a_card_is_in_the_audit_log_with_the_words(administration: Client, topic: Topic) -> None:
    save(administration, topic, **{"texts-0-first_minute": OTHER})
    entry = AuditEntry.objects.get(deed="topic.card_changed")
    assert (str(entry.actor), entry.subject) == ("root@example.org", "bleeding")
    assert entry.detail["before"]["words"]["en"][0] == "Press hard on the wound."
    assert entry.detail["after"]["words"]["en"] == OTHER.split("\n")
    assert entry.detail["after"]["sources"] == ["ERC21"]


def test_another_time_to_call_changes_the_card_too(administration: Client, topic: Topic) -> None:
    save(administration, topic, call_when="far_away")
    topic.refresh_from_db()
    assert (topic.call_when, topic.expert) == ("far_away", "")
    entry = AuditEntry.objects.get(deed="topic.card_changed")
    assert (entry.detail["before"]["call_when"], entry.detail["after"]["call_when"]) == ("at_once", "far_away")


def test_a_signature_given_with_the_words_stands(administration: Client, topic: Topic) -> None:
    signed = {"expert": "Dr Omar", "expert_on": "2026-06-01"}
    save(administration, topic, **signed, **{"texts-0-first_minute": OTHER})
    topic.refresh_from_db()
    assert (topic.expert, topic.expert_on) == ("Dr Omar", date(2026, 6, 1))
    assert AuditEntry.objects.get(deed="topic.card_signed").detail == {"expert": "Dr Omar", "on": "2026-06-01"}


def test_the_same_expert_signs_other_words_with_another_day(administration: Client, topic: Topic) -> None:
    save(administration, topic, expert_on="2026-06-01", **{"texts-0-first_minute": OTHER})
    topic.refresh_from_db()
    assert (topic.expert, topic.expert_on) == ("Dr Salma", date(2026, 6, 1))


def test_what_is_not_the_card_leaves_the_signature(administration: Client, topic: Topic) -> None:
    save(administration, topic, position="7")
    topic.refresh_from_db()
    assert (topic.position, topic.expert, topic.changed_on) == (7, "Dr Salma", None)
    assert not AuditEntry.objects.filter(deed__startswith="topic.").exists()


def test_a_signature_has_a_name_and_a_day(administration: Client, topic: Topic) -> None:
    response = save(administration, topic, expert_on="")
    assert "who signed the card and on which day" in text_of(response)
    topic.refresh_from_db()
    assert topic.expert_on == date(2026, 5, 4)


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("Press.\nCall.", "has 3 to 5 lines, and this has 2"),
        ("Press **hard**.\nCall.\nPress.", "more than plain words"),
        ("x" * 91 + "\nCall.\nPress.", "has 91 characters"),
        ("Press.\nCall {fact:no-such}.\nPress.", "no local fact “no-such”"),
        ("Press.\nCall.\nPress.\nWait.", "same number of lines in every language"),
        ("", "same number of lines in every language"),
    ],
)
def test_a_faulty_card_is_refused_beside_the_field(
    administration: Client, topic: Topic, words: str, fault: str
) -> None:
    before = card(topic)
    response = save(administration, topic, **{"texts-0-first_minute": words})
    assert fault in text_of(response)
    assert words.splitlines()[:1] == [] or words.splitlines()[0] in response.content.decode()
    assert card(topic) == before
    assert not AuditEntry.objects.filter(deed__startswith="topic.").exists()


def test_a_changed_card_makes_every_page_anew(
    administration: Client, topic: Topic, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    before = stamp.current()
    with django_capture_on_commit_callbacks(execute=True):
        save(administration, topic, **{"texts-0-first_minute": OTHER})
    assert stamp.current() != before


def test_a_topic_that_is_removed_leaves_its_words_in_the_audit_log(administration: Client, topic: Topic) -> None:
    administration.post(page(Topic, "delete", topic.pk), {"post": "yes"})
    assert not Topic.objects.exists()
    entry = AuditEntry.objects.get(deed="topic.removed")
    assert entry.detail["before"]["words"]["en"][0] == "Press hard on the wound."
