"""First minute cards in packages: refused with file and line, stored once, dated when they change."""

import re
from pathlib import Path

import pytest
import yaml

from lessons.models import Topic, TopicText
from portal.accounts.models import AuditEntry
from portal.exchange.faults import PackageFaults
from portal.exchange.reading import read_package
from tests.portal.exchange.package import change, write

pytestmark = pytest.mark.django_db

TOPICS = "shared/topics.yaml"
CARD = """\
topics:
  - key: burns
    slug: burns
    icon: fire
    urgent: true
    related: [scalds]
    sources: [{key: BURN25, note: "Cooling"}]
    review: {by: null, at: null, due: 2027-11-01}
    texts:
      en:
        name: "Burns"
        first_minute:
          - "Cool the burn with water."
          - "Call {fact:emergency-number}."
          - "Cover it loosely."
      ar:
        name: "حروق"
        first_minute:
          - "برّدوا الحرق بالماء."
          - "اطلبوا {fact:emergency-number}."
          - "غطّوه من غير شدّ."
  - key: scalds
    slug: scalds
    icon: burn
    texts: {en: {name: "Scalds"}, ar: {name: "حروق السوائل"}}
"""
CURRICULUM = Path("lessons/curriculum/shared")


@pytest.fixture
def with_card(package: Path) -> Path:
    write(package, TOPICS, CARD)
    return package


def test_a_card_is_read_with_its_sources_and_related_topics(with_card: Path) -> None:
    read_package(with_card)
    topic = Topic.objects.get(key="burns")
    english = topic.texts.get(language="en")
    assert english.first_minute == "Cool the burn with water.\nCall {fact:emergency-number}.\nCover it loosely."
    assert [(row.source.key, row.note) for row in topic.citations.select_related("source")] == [("BURN25", "Cooling")]
    assert [other.key for other in topic.related.all()] == ["scalds"]
    assert (topic.expert, topic.expert_on, str(topic.review_due)) == ("", None, "2027-11-01")
    assert topic.changed_on is not None


def test_reading_a_card_twice_changes_nothing(with_card: Path) -> None:
    read_package(with_card)
    entries = AuditEntry.objects.count()
    assert read_package(with_card).is_quiet
    assert AuditEntry.objects.count() == entries


def test_other_words_change_the_card_and_are_in_the_audit_log(with_card: Path) -> None:
    read_package(with_card)
    Topic.objects.update(changed_on=None)
    change(with_card, TOPICS, "Cool the burn with water.", "Cool the burn for 20 minutes.")
    assert read_package(with_card).changed == ["shared/topics.yaml: burns"]
    assert TopicText.objects.get(language="en", topic__key="burns").first_minute.startswith("Cool the burn for 20")
    entry = AuditEntry.objects.filter(deed="topic.card_changed").first()
    assert entry is not None
    assert entry.subject == "burns"
    assert "with water" in entry.detail["before"]["en"]
    assert "for 20 minutes" in entry.detail["after"]["en"]
    assert dict(Topic.objects.values_list("key", "changed_on"))["burns"] is not None


def test_another_time_to_call_changes_the_card_and_is_in_the_audit_log(with_card: Path) -> None:
    read_package(with_card)
    assert Topic.objects.get(key="burns").call_when == "at_once"
    change(with_card, TOPICS, "    urgent: true\n", "    urgent: true\n    call_when: outside\n")
    assert read_package(with_card).changed == ["shared/topics.yaml: burns"]
    assert Topic.objects.get(key="burns").call_when == "outside"
    entry = AuditEntry.objects.filter(deed="topic.card_changed").first()
    assert entry is not None
    assert (entry.detail["before"]["call_when"], entry.detail["after"]["call_when"]) == ("at_once", "outside")


def test_another_source_changes_the_card_alone(with_card: Path) -> None:
    read_package(with_card)
    change(with_card, TOPICS, "Cooling", "Cooling and covering")
    assert read_package(with_card).changed == ["shared/topics.yaml: burns"]


FAULTS = [
    ("Cover it loosely.", "**Cover** it.", "shared/topics.yaml:15: topics.1.texts.en.first_minute.3 is wrong"),
    ("Cover it loosely.", "x" * 91, "shared/topics.yaml:15: topics.1.texts.en.first_minute.3 is wrong"),
    ('          - "Cover it loosely."\n', "", "shared/topics.yaml:12: topics.1.texts.en.first_minute is wrong"),
    (
        '          - "غطّوه من غير شدّ."\n',
        '          - "غطّوه."\n          - "لا تفركوه."\n',
        "shared/topics.yaml:9: topics.1.texts is wrong",
    ),
    ("{fact:emergency-number}", "{fact:emergency}", "shared/topics.yaml:14: There is no local fact “emergency”"),
    ("key: BURN25", "key: BURN52", "shared/topics.yaml:7: There is no “BURN52” in sources.yaml."),
    ("related: [scalds]", "related: [skalds]", "shared/topics.yaml:6: There is no “skalds” in topics.yaml."),
    (
        '    sources: [{key: BURN25, note: "Cooling"}]\n',
        "",
        "shared/topics.yaml:2: A first minute card names its sources. Add `sources`.",
    ),
    ("urgent: true", "call_when: later", "shared/topics.yaml:5: topics.1.call_when cannot be 'later'"),
    ("first_minute:", "first_minutes:", "shared/topics.yaml:12: topics.1.texts.en.first_minutes is not a field"),
]


@pytest.mark.parametrize(("old", "new", "fault"), FAULTS, ids=lambda part: part[:30])
def test_a_faulty_card_is_refused_where_it_is_faulty(with_card: Path, old: str, new: str, fault: str) -> None:
    change(with_card, TOPICS, old, new)
    with pytest.raises(PackageFaults) as refused:
        read_package(with_card)
    told = [str(found) for found in refused.value.faults]
    assert [found for found in told if found.startswith(fault)], "\n".join(told)
    assert not Topic.objects.exists()


def starter_topics() -> list[dict]:
    topics: list[dict] = yaml.safe_load((CURRICULUM / "topics.yaml").read_text())["topics"]
    return topics


def test_every_topic_of_the_starter_curriculum_has_a_card_in_both_languages() -> None:
    without = [t["key"] for t in starter_topics() for code in ("ar", "en") if not t["texts"][code].get("first_minute")]
    assert without == []


SPOTS_NOT_TO_CALL_FROM = {"gas-leak", "carbon-monoxide", "fire", "unexploded-ordnance", "flood", "chemical-release"}


def test_no_card_of_the_starter_curriculum_invites_to_call_from_where_the_danger_is() -> None:
    called = {topic["key"]: topic.get("call_when", "at_once") for topic in starter_topics()}
    assert [key for key in sorted(SPOTS_NOT_TO_CALL_FROM) if called[key] == "at_once"] == []


def test_no_card_of_the_starter_curriculum_names_an_emergency_number() -> None:
    lines = [line for t in starter_topics() for words in t["texts"].values() for line in words["first_minute"]]
    assert [line for line in lines if re.search(r"\b[019][0-9]{2}\b", line)] == []


def test_every_icon_of_the_starter_curriculum_is_in_the_sprite() -> None:
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', Path("static/icons/sprite.svg").read_text()))
    assert {topic["icon"] for topic in starter_topics()} <= drawn
