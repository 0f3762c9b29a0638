"""A country's values: written on one page as drafts, refused beside their field, never lost to somebody else."""

import re
from typing import Any

import pytest
from django.test import Client

from lessons.models import CourseEdition, LocalFact, LocalFactValue, State, TopicText
from portal.accounts.models import AuditEntry, RoleGrant, User
from tests.factories import OrganisationFactory, RoleGrantFactory, topic_with_card
from tests.portal.studio.facts.conftest import FACTS, fact_fields, fact_named, published_value, write_facts
from tests.portal.studio.people import staff, text_of

pytestmark = pytest.mark.django_db


def values(**fields: Any) -> list[tuple[str, str, str]]:
    rows = LocalFactValue.objects.filter(**fields).order_by("pk")
    return list(rows.values_list("fact__key", "language", "value"))


def test_the_page_says_what_is_set_and_what_is_not(writing: Client, number: LocalFact, table: LocalFact) -> None:
    published_value(number, "112")
    page = text_of(writing.get(FACTS))
    assert "1 of 2 are set" in page
    assert re.search(r'<a href="#siren-table">siren-table \(en\)</a>', page)
    assert "ask your civil defence" in page


def test_a_fact_is_set_once_readers_of_every_language_have_a_value(writing: Client, table: LocalFact) -> None:
    published_value(table, "steady: all clear; wave: go inside", "en")
    assert "0 of 1 are set" in text_of(writing.get(FACTS))
    published_value(table, "نغمة ثابتة: زال الخطر؛ متموجة: ادخلوا", "ar")
    assert "1 of 1 are set" in text_of(writing.get(FACTS))


def test_what_is_written_is_a_draft_and_readers_see_nothing_of_it(writing: Client, number: LocalFact) -> None:
    published_value(number, "999")
    assert write_facts(writing, emergency_number_all=" 112 ").status_code == 302
    assert values(state=State.DRAFT) == [("emergency-number", "", "112")]
    assert values(state=State.PUBLISHED) == [("emergency-number", "", "999")]


def test_a_draft_is_written_on_and_no_second_one_is_begun(writing: Client, draft: LocalFactValue) -> None:
    write_facts(writing, emergency_number_all="911")
    assert values() == [("emergency-number", "", "911")]


def test_words_are_asked_for_in_each_language(writing: Client, table: LocalFact) -> None:
    write_facts(writing, siren_table_en="steady: go in; wave: go up", siren_table_ar="ثابتة: ادخلوا؛ متموجة: اصعدوا")
    assert [language for _key, language, _value in values()] == ["ar", "en"]


def test_nothing_is_saved_where_nothing_was_changed(writing: Client, draft: LocalFactValue) -> None:
    before = AuditEntry.objects.count()
    assert "Nothing had changed" in text_of(writing.post(FACTS, fact_fields(writing), follow=True))
    assert AuditEntry.objects.count() == before


def test_the_same_form_sent_twice_is_saved_once(writing: Client, number: LocalFact) -> None:
    sent = fact_fields(writing) | {"emergency-number-all-value": "112"}
    assert [writing.post(FACTS, sent).status_code for _ in range(2)] == [302, 302]
    assert values() == [("emergency-number", "", "112")]


@pytest.mark.parametrize(("value", "published"), [("", None), ("112", "112")])
def test_an_empty_value_or_the_one_that_is_published_takes_the_draft_back(
    writing: Client, number: LocalFact, value: str, published: str | None
) -> None:
    if published:
        published_value(number, published)
    write_facts(writing, emergency_number_all="911")
    write_facts(writing, emergency_number_all=value)
    assert values(state=State.DRAFT) == []
    assert AuditEntry.objects.filter(deed="draft.discarded", subject="emergency-number-all").exists()


def test_a_published_value_cannot_be_emptied(writing: Client, number: LocalFact) -> None:
    published_value(number, "112")
    response = write_facts(writing, emergency_number_all="")
    assert response.status_code == 422
    assert "cannot be taken away" in text_of(response)


REFUSED = [
    ("text", "a\nb", "on one line"),
    ("text", "call {fact:poison-line}", "braces"),
    ("text", "x" * 1001, "too long"),
    ("number", "four", "number alone"),
    ("number", "4 litres", "number alone"),
]


@pytest.mark.parametrize(("kind", "value", "said"), REFUSED)
def test_what_is_no_value_is_refused_beside_its_field_with_what_was_typed(
    writing: Client, kind: str, value: str, said: str
) -> None:
    fact_named("odd", kind, en="as usual")
    field = "odd_en" if kind == "text" else "odd_all"
    response = write_facts(writing, **{field: value})
    assert response.status_code == 422
    page = text_of(response)
    assert said in page
    assert value[:200] in page
    assert values() == []


def test_one_refusal_keeps_everything_else_from_being_saved_too(writing: Client, number: LocalFact) -> None:
    fact_named("water-per-day", "number", en="4")
    response = write_facts(writing, emergency_number_all="112", water_per_day_all="much")
    assert response.status_code == 422
    assert 'value="112"' in text_of(response)
    assert values() == []


def test_a_profile_is_chosen_from_those_that_there_are(writing: Client) -> None:
    fact_named("resuscitation-profile", "choice", en="erc")
    assert "American Heart Association" in text_of(writing.get(FACTS))
    assert write_facts(writing, resuscitation_profile_all="icrc").status_code == 422
    assert write_facts(writing, resuscitation_profile_all="aha").status_code == 302
    assert values() == [("resuscitation-profile", "", "aha")]


def test_what_no_telephone_can_dial_is_kept_with_a_word_about_it(writing: Client, number: LocalFact) -> None:
    assert write_facts(writing, emergency_number_all="112 or 911").status_code == 302
    assert "No telephone can dial this" in text_of(writing.get(FACTS))


def test_somebody_elses_value_is_not_overwritten_and_what_was_typed_stays(
    writing: Client, number: LocalFact, table: LocalFact
) -> None:
    sent = fact_fields(writing) | {"emergency-number-all-value": "911", "siren-table-en-value": "one; two"}
    other = Client()
    other.force_login(staff("Omar", RoleGrant.Role.INSTRUCTOR))
    write_facts(other, emergency_number_all="112")
    response = writing.post(FACTS, sent)
    page = text_of(response)
    assert response.status_code == 409
    assert "nothing was overwritten" in page
    assert 'value="911"' in page
    assert "one; two" in page
    assert values() == [("emergency-number", "", "112")]


def test_a_clash_can_be_decided_by_sending_what_was_typed_once_more(writing: Client, number: LocalFact) -> None:
    sent = fact_fields(writing) | {"emergency-number-all-value": "911"}
    other = Client()
    other.force_login(staff("Omar", RoleGrant.Role.INSTRUCTOR))
    write_facts(other, emergency_number_all="112")
    page: Any = writing.post(FACTS, sent)
    forms = [form for _slug, _title, lines in page.context["groups"] for line in lines for form in line.forms]
    again = {field.html_name: field.value() or "" for form in forms for field in form}
    assert writing.post(FACTS, again).status_code == 302
    assert values() == [("emergency-number", "", "911")]


def test_a_clash_does_not_bring_back_what_somebody_else_changed_in_fields_that_were_left_alone(
    writing: Client, number: LocalFact, table: LocalFact
) -> None:
    sent = fact_fields(writing) | {"emergency-number-all-value": "911"}
    other = Client()
    other.force_login(staff("Omar", RoleGrant.Role.INSTRUCTOR))
    write_facts(other, emergency_number_all="112", siren_table_en="one; two")
    page: Any = writing.post(FACTS, sent)
    forms = [form for _slug, _title, lines in page.context["groups"] for line in lines for form in line.forms]
    writing.post(FACTS, {field.html_name: field.value() or "" for form in forms for field in form})
    assert sorted(values()) == [("emergency-number", "", "911"), ("siren-table", "en", "one; two")]


def test_other_peoples_changes_elsewhere_are_no_clash(writing: Client, number: LocalFact, table: LocalFact) -> None:
    sent = fact_fields(writing) | {"siren-table-en-value": "one; two"}
    other = Client()
    other.force_login(staff("Omar", RoleGrant.Role.INSTRUCTOR))
    write_facts(other, emergency_number_all="112")
    assert writing.post(FACTS, sent).status_code == 302
    assert len(values()) == 2


def test_what_is_in_review_is_not_changed(writing: Client, draft: LocalFactValue) -> None:
    sent = fact_fields(writing) | {"emergency-number-all-value": "911"}
    LocalFactValue.objects.update(state=State.IN_REVIEW)
    response = writing.post(FACTS, sent)
    assert response.status_code == 409
    assert "went to review while you were writing" in text_of(response)
    assert values() == [("emergency-number", "", "112")]


def test_a_field_that_was_not_on_the_page_is_left_as_it_is(writing: Client, draft: LocalFactValue) -> None:
    assert writing.post(FACTS, {}).status_code == 302
    assert values() == [("emergency-number", "", "112")]


def test_each_change_is_written_down_by_the_name_of_its_fact(writing: Client, number: LocalFact) -> None:
    write_facts(writing, emergency_number_all="112")
    entry = AuditEntry.objects.get(deed="draft.saved")
    assert entry.subject == "emergency-number-all"
    assert entry.detail == {"row": f"localfactvalue-{LocalFactValue.objects.get().pk}"}


def test_where_a_fact_is_named_is_counted_and_linked(writing: Client, number: LocalFact) -> None:
    topic = topic_with_card("bleeding")
    TopicText.objects.filter(topic=topic, language="en").update(first_minute="Call {fact:emergency-number}.\nA.\nB.")
    page = text_of(writing.get(FACTS))
    assert "cards 1" in page
    assert "/en/studio/facts/try/?what=card%3Ableeding" in page


def test_a_country_finds_its_own_facts_last(writing: Client, number: LocalFact) -> None:
    fact_named("sea-rescue", "phone", en="the coastguard")
    page: Any = writing.get(FACTS)
    assert [slug for slug, _title, _lines in page.context["groups"]] == ["calls", "others"]


def test_the_page_asks_as_much_for_many_facts_as_for_one(
    writing: Client, number: LocalFact, course: CourseEdition, django_assert_num_queries: Any
) -> None:
    for at in range(20):
        published_value(fact_named(f"own-{at}", en="as usual", ar="كالعادة"), "here", "en")
    with django_assert_num_queries(10):
        assert writing.get(FACTS).status_code == 200


def test_a_reviewer_reads_and_does_not_write(reviewing: Client, draft: LocalFactValue) -> None:
    page = text_of(reviewing.get(FACTS))
    assert "112" in page
    assert "Save the drafts" not in page
    assert reviewing.post(FACTS, {}).status_code == 403


def test_an_administrator_of_the_nation_writes(number: LocalFact) -> None:
    client = Client()
    client.force_login(staff("Amal", RoleGrant.Role.ADMINISTRATOR))
    assert write_facts(client, emergency_number_all="112").status_code == 302
    assert values() == [("emergency-number", "", "112")]


def test_who_writes_for_one_organisation_does_not_write_for_the_nation(number: LocalFact) -> None:
    user: User = staff("Sara")
    RoleGrantFactory(user=user, role=RoleGrant.Role.INSTRUCTOR, organisation=OrganisationFactory())
    client = Client()
    client.force_login(user)
    assert client.post(FACTS, {}).status_code == 403
