"""What of a release is checked by counting, and what only a person can tick."""

from typing import Any

import pytest
from django.test import Client

from lessons.models import CourseEdition, Lesson, Revision, RevisionSource, Source
from portal.accounts.models import AuditEntry, RoleGrant, User
from portal.studio.models import LinkCheck, Release, Tick
from tests.factories import published_question
from tests.portal.studio.people import compose, publish, release_url, send_to_review, staff, text_of, write

pytestmark = pytest.mark.django_db

SOURCES, NUMBERS, SHARED = "Sources", "Numbers that have changed", "Numbers that the languages do not share"
STEP, LINKS, KEYS = "Languages in step", "Links", "Right answers and critical questions"


def point(client: Client, release: Release, label: str) -> Any:
    found = {each.label: each for each in client.get(release_url(release)).context["points"]}
    return found[label]


def places(client: Client, release: Release, label: str) -> list[str]:
    return [place.what for place in point(client, release, label).places]


def cite(revision: Revision, **fields: Any) -> Source:
    source = Source.objects.create(key="RCUK25", title="Guidelines 2025", publisher="RCUK", year=2025, **fields)
    RevisionSource.objects.create(revision=revision, source=source)
    return source


def test_a_text_without_a_source_is_named(reviewing: Client, release: Release) -> None:
    assert places(reviewing, release, SOURCES) == ["No source is named."]


def test_a_source_that_is_superseded_is_named(reviewing: Client, release: Release, revision: Revision) -> None:
    newer = Source.objects.create(key="RCUK30", title="Guidelines 2030", publisher="RCUK", year=2030)
    cite(revision, superseded_by=newer)
    assert places(reviewing, release, SOURCES) == ["A newer work has taken the place of “Guidelines 2025”."]


def test_sources_that_stand_are_good(reviewing: Client, release: Release, revision: Revision) -> None:
    cite(revision)
    assert point(reviewing, release, SOURCES).good


def test_numbers_that_have_changed_are_named_one_by_one(
    writing: Client, reviewing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    write(writing, en_markdown="::: first\nPress 30 times.\n:::\n")
    publish(reviewing, send_to_review(writing))
    write(writing, en_markdown="::: first\nPress 15 times, 2 breaths.\n:::\n")
    release = send_to_review(writing)
    found = point(reviewing, release, NUMBERS)
    assert [place.what for place in found.places] == ["30 → 15, – → 2"]
    assert found.loud
    assert "30 → 15" in text_of(reviewing.get(release_url(release)))


def test_numbers_that_one_language_lacks_are_named(
    writing: Client, reviewing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    write(writing, en_markdown="::: first\nPress 30 times.\n:::\n", ar_markdown="::: first\nاضغطوا ١٥ مرة.\n:::\n")
    assert places(reviewing, send_to_review(writing), SHARED) == ["15, 30"]


def test_a_translation_that_was_left_behind_is_named(reviewing: Client, release: Release) -> None:
    assert places(reviewing, release, STEP) == ["It was made from an older text than the one in the source language."]


def test_languages_that_were_written_together_are_in_step(
    writing: Client, reviewing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    write(writing, en_title="Both", ar_title="كلاهما")
    assert point(reviewing, send_to_review(writing), STEP).good


def test_a_link_that_does_not_answer_is_named(
    writing: Client, reviewing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    write(writing, en_markdown="::: first\nSee [there](https://example.org/gone).\n:::\n")
    release = send_to_review(writing)
    assert point(reviewing, release, LINKS).good
    LinkCheck.objects.create(url="https://example.org/gone", result=LinkCheck.Result.MISSING)
    assert places(reviewing, release, LINKS) == ["https://example.org/gone: There is no such page any more."]


def test_another_key_and_another_weight_are_told_loudly(
    writing: Client, reviewing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    whys = {"option_0_why_en": "No.", "option_0_why_ar": "لا.", "option_1_why_en": "", "option_1_why_ar": ""}
    compose(writing, published_question(lesson, key="Q-new").question, right="1", critical="on", **whys)
    release = send_to_review(writing)
    assert places(reviewing, release, KEYS) == [
        "The right answer is another than until now.",
        "It is critical now: who answers it wrongly cannot pass.",
    ]
    assert point(reviewing, release, KEYS).loud


def test_other_words_alone_change_no_key(reviewing: Client, release: Release) -> None:
    assert point(reviewing, release, KEYS).good


# Ticks


def tick(client: Client, release: Release, *points: str) -> Any:
    return client.post(release_url(release, "ticks/"), {"ticks": points})


def test_a_tick_is_kept_with_who_and_when(reviewing: Client, reviewer: User, release: Release) -> None:
    assert tick(reviewing, release, "facts").status_code == 302
    kept = Tick.objects.get(release=release)
    assert (kept.point, kept.person) == ("facts", reviewer)
    assert AuditEntry.objects.get(deed="release.ticked").detail["points"] == ["facts"]
    assert "Rana" in text_of(reviewing.get(release_url(release)))


def test_the_rest_may_be_ticked_by_another_reviewer(reviewing: Client, release: Release) -> None:
    tick(reviewing, release, "facts", "safe")
    other = Client()
    other.force_login(staff("Omar", RoleGrant.Role.REVIEWER))
    assert publish(other, release, ticks=["languages"]).status_code == 302
    assert set(Tick.objects.values_list("point", "person__display_name")) == {
        ("facts", "Rana"),
        ("safe", "Rana"),
        ("languages", "Omar"),
    }


def test_a_point_that_is_missing_stops_it_and_the_others_are_kept(reviewing: Client, release: Release) -> None:
    response = publish(reviewing, release, ticks=["facts", "safe"])
    assert response.status_code == 422
    assert "One point is not ticked yet" in text_of(response)
    release.refresh_from_db()
    assert release.state == Release.State.IN_REVIEW
    assert Tick.objects.filter(release=release).count() == 2


def test_who_wrote_it_ticks_nothing(client: Client, lesson: Lesson, course: CourseEdition) -> None:
    client.force_login(staff("Both", RoleGrant.Role.INSTRUCTOR, RoleGrant.Role.REVIEWER))
    write(client, en_title="Mine")
    release = send_to_review(client)
    assert tick(client, release, "facts").status_code == 409
    assert not Tick.objects.exists()


def test_what_is_sent_back_is_looked_at_anew(reviewing: Client, release: Release) -> None:
    tick(reviewing, release, *Tick.Point.values)
    reviewing.post(release_url(release, "send-back/"), {"text": "Once more"})
    assert not Tick.objects.exists()


# The time


def test_the_time_of_an_approved_release_can_be_changed(reviewing: Client, release: Release) -> None:
    publish(reviewing, release, publish_at="2030-01-01T08:00")
    page = text_of(reviewing.get(release_url(release)))
    assert "Change the time, or publish now" in page
    assert 'value="2030-01-01T08:00"' in page
    assert publish(reviewing, release, publish_at="2030-02-01T08:00").status_code == 302
    release.refresh_from_db()
    assert release.publish_at is not None
    assert (release.state, release.publish_at.month) == (Release.State.APPROVED, 2)


# Three ways of showing


@pytest.mark.parametrize(
    ("show", "told", "hidden"),
    [("", "Taken out", "review-when"), ("whole", "Call for help", "Taken out"), ("beside", "Until now", "nothing")],
)
def test_it_is_shown_in_the_way_that_is_chosen(
    reviewing: Client, release: Release, show: str, told: str, hidden: str
) -> None:
    page = text_of(reviewing.get(f"{release_url(release)}?show={show}"))
    assert told in page
    assert f">{hidden}<" not in page
    assert reviewing.get(f"{release_url(release)}?show={show}").context["show"] == (show or "changes")
