"""Values of local facts go out through a review by somebody else."""

import pytest
from django.test import Client

from lessons.models import LocalFact, LocalFactValue, State
from portal.accounts.models import RoleGrant
from portal.studio.models import Release
from tests.portal.studio.facts.conftest import FACTS, SEND, fact_named, published_value, write_facts
from tests.portal.studio.people import publish, release_url, staff, text_of

pytestmark = pytest.mark.django_db


def send(client: Client, *values: LocalFactValue) -> Release:
    picks = [f"fact-{value.pk}" for value in values]
    response = client.post(SEND, {"title": "Our numbers", "note": "Decree 12", "picks": picks})
    assert response.status_code == 302, text_of(response)
    return Release.objects.get()


def test_values_go_from_the_page_through_review_to_readers(
    writing: Client, reviewing: Client, number: LocalFact
) -> None:
    write_facts(writing, emergency_number_all="112")
    value = LocalFactValue.objects.get()
    release = send(writing, value)
    assert publish(reviewing, release).status_code == 302
    value.refresh_from_db()
    assert value.state == State.PUBLISHED
    assert "1 of 1 are set" in text_of(writing.get(FACTS))


def test_only_what_is_ticked_is_sent(writing: Client, draft: LocalFactValue, table: LocalFact) -> None:
    left = LocalFactValue.objects.create(fact=table, value="one; two", language="en")
    release = send(writing, draft)
    left.refresh_from_db()
    assert list(release.facts.all()) == [draft]
    assert left.state == State.DRAFT


def test_the_reviewer_sees_each_value_beside_what_readers_have(
    writing: Client, reviewing: Client, draft: LocalFactValue
) -> None:
    published_value(draft.fact, "999")
    page = text_of(reviewing.get(release_url(send(writing, draft))))
    assert "999</del>" in page
    assert "112</ins>" in page
    assert "emergency-number (en)" in page


def test_where_nothing_was_published_the_default_phrase_stands_beside_it(
    writing: Client, reviewing: Client, table: LocalFact
) -> None:
    value = LocalFactValue.objects.create(fact=table, value="one; two", language="en")
    page = text_of(reviewing.get(release_url(send(writing, value))))
    assert "ask your civil defence" in page


def test_who_wrote_a_value_does_not_publish_it(writing: Client, draft: LocalFactValue) -> None:
    author = draft.author
    assert author
    client = Client()
    both = staff("Huda", RoleGrant.Role.INSTRUCTOR, RoleGrant.Role.REVIEWER)
    client.force_login(both)
    write_facts(client, emergency_number_all="911")
    release = send(writing, draft)
    publish(client, release)
    draft.refresh_from_db()
    assert draft.state == State.IN_REVIEW


def test_a_value_that_is_no_number_is_not_sent(writing: Client) -> None:
    fact = fact_named("water-per-day", "number", en="4")
    value = LocalFactValue.objects.create(fact=fact, value="much")  # as the command line would write it
    response = writing.post(SEND, {"title": "Water", "note": "", "picks": [f"fact-{value.pk}"]})
    assert response.status_code == 422
    assert "Write a number alone" in text_of(response)
    assert f"{FACTS}#water-per-day" in text_of(response)
    assert not Release.objects.exists()


def test_nothing_ticked_is_nothing_sent(writing: Client, draft: LocalFactValue) -> None:
    response = writing.post(SEND, {"title": "Our numbers", "note": ""})
    assert response.status_code == 422
    assert "Choose at least one draft" in text_of(response)


def test_what_was_sent_back_can_be_sent_again_without_a_value(
    writing: Client, reviewing: Client, draft: LocalFactValue, table: LocalFact
) -> None:
    other = LocalFactValue.objects.create(fact=table, value="one; two", language="en")
    release = send(writing, draft, other)
    reviewing.post(release_url(release, "send-back/"), {"text": "The table is wrong."})
    again = {"title": "Our numbers", "note": "", "picks": [f"fact-{draft.pk}"]}
    assert writing.post(release_url(release, "edit/"), again).status_code == 302
    assert list(release.facts.all()) == [draft]


def test_an_administrator_sends_values_without_entering_the_studio(number: LocalFact) -> None:
    client = Client()
    client.force_login(staff("Amal", RoleGrant.Role.ADMINISTRATOR))
    write_facts(client, emergency_number_all="112")
    send(client, LocalFactValue.objects.get())
    assert client.get(FACTS).status_code == 200


@pytest.mark.parametrize("deed", ["get", "post"])
def test_a_reviewer_sends_nothing(reviewing: Client, deed: str) -> None:
    assert getattr(reviewing, deed)(SEND).status_code == 403
