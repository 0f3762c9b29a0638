from itertools import product

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from lessons.admin.careful import AtMost
from quizzes.models import Learner, QuestionText, Response
from tests.factories import LearnerFactory, UserFactory, check_of, published_lesson
from tests.portal.admin_pages import address, page
from tests.portal.furnished import furnish

pytestmark = pytest.mark.django_db

MOST_QUERIES = 12
REGISTERED = sorted(admin.site._registry, key=lambda model: model._meta.label)
STRANGE = ("one", "x" * 300, "00000000-0000-0000-0000-000000000000", "دم", "%_'\"", "root@example.org")


def queries(browser: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        response = browser.get(url)
    assert response.status_code == 200, url
    return len(captured)


def test_every_table_has_rows_to_be_tested_with() -> None:
    furnish("one")
    assert [model._meta.label for model in REGISTERED if not model._default_manager.exists()] == []


def test_letters_on_their_way_are_open_to_nobody() -> None:
    assert DBTaskResult not in admin.site._registry


def test_every_list_opens_with_as_many_queries_for_more_rows(administration: Client) -> None:
    lists = [address(model, "changelist") for model in REGISTERED]
    furnish("one")
    for url in lists:  # the first look of a day at what people did is written down
        administration.get(url)
    few = {url: queries(administration, url) for url in lists}
    furnish("two")
    furnish("three")
    assert {url: queries(administration, url) for url in lists} == few
    assert max(few.values()) <= MOST_QUERIES


def test_every_row_opens_with_few_queries(administration: Client) -> None:
    furnish("one")
    rows = [(model, row.pk) for model in REGISTERED for row in model._default_manager.all()[:4]]
    asked = {url: queries(administration, url) for url in (address(model, "change", pk) for model, pk in rows)}
    assert {url: count for url, count in asked.items() if count > MOST_QUERIES} == {}


def test_a_new_row_can_be_begun_where_rows_are_made_by_hand(administration: Client) -> None:
    request = administration.get("/en/admin/").wsgi_request
    for model in REGISTERED:
        allowed = admin.site._registry[model].has_add_permission(request)
        assert administration.get(address(model, "add")).status_code == (200 if allowed else 403), model


def test_every_list_can_be_searched_for_anything(administration: Client) -> None:
    furnish("one")
    for model, words in product(REGISTERED, STRANGE):
        assert administration.get(address(model, "changelist"), {"q": words}).status_code == 200, model


def test_a_learner_is_found_by_the_persons_address_and_by_key(administration: Client) -> None:
    learner = LearnerFactory(user=UserFactory(email="salma@example.org"))
    LearnerFactory()
    url = page(Learner, "changelist")
    for words in ("Salma@example.org ", str(learner.pk), learner.pk.hex):
        assert list(administration.get(url, {"q": words}).context["cl"].result_list) == [learner]


def test_an_answer_is_found_by_its_attempt(administration: Client) -> None:
    furnish("one")
    furnish("two")
    response = Response.objects.select_related("item")[0]
    found = administration.get(page(Response, "changelist"), {"q": str(response.item.attempt_id)})
    assert {row.item.attempt_id for row in found.context["cl"].result_list} == {response.item.attempt_id}


def test_a_question_is_found_by_its_arabic_words(administration: Client) -> None:
    check_of(published_lesson())
    found = administration.get(page(QuestionText, "changelist"), {"q": "دم يندفع"})
    assert [text.language for text in found.context["cl"].result_list] == ["ar"]


def test_a_large_table_is_counted_no_further_than_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    for _number in range(5):
        LearnerFactory()
    monkeypatch.setattr(AtMost, "MOST", 3)
    assert AtMost(Learner.objects.order_by("pk"), 2).num_pages == 2
