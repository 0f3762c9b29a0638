"""What needs looking at: what each list names, and what it leaves out."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lessons.models import Lesson, Revision, RevisionSource, Source, State, TopicSource
from portal.accounts.models import RoleGrant, User
from portal.studio.models import LinkCheck
from portal.studio.standing import is_stale, stale_published, standings_of
from tests.factories import (
    LONG_AGO,
    LessonTextFactory,
    OrganisationFactory,
    RevisionFactory,
    RoleGrantFactory,
    UserFactory,
    published_lesson,
    topic_with_card,
)
from tests.portal.studio.people import HOME, LESSON, draft_of, staff, text_of
from tests.portal.studio.upkeep.test_links import source

pytestmark = pytest.mark.django_db
PAGE = "/en/studio/upkeep/"
TODAY = timezone.localdate()


def reviewed(slug: str, **fields: Any) -> Lesson:
    """A lesson published in English only, with these fields in its revision."""
    text = LessonTextFactory(lesson__slug=slug, lesson__key=slug)
    values = {"number": 1, "title": f"About {slug}", "state": State.PUBLISHED, "published_at": LONG_AGO}
    RevisionFactory(text=text, **values | fields)
    lesson: Lesson = text.lesson
    return lesson


def citing(slug: str, *cited: Source) -> Lesson:
    """A published lesson that cites these sources."""
    text = LessonTextFactory(lesson__slug=slug, lesson__key=slug)
    draft = RevisionFactory(text=text, number=1, title=f"About {slug}")
    for each in cited:
        RevisionSource.objects.create(revision=draft, source=each)
    Revision.objects.filter(pk=draft.pk).update(state=State.PUBLISHED, published_at=LONG_AGO)
    lesson: Lesson = text.lesson
    return lesson


def lines(client: Client, slug: str) -> list[tuple[str, str]]:
    """(title, what is said) of the lines of one list."""
    section = client.get(f"{PAGE}{slug}/").context["section"]
    return [(line.title, " ".join(line.said)) for line in section.lines]


def titles(client: Client, slug: str) -> list[str]:
    return [title for title, _said in lines(client, slug)]


def in_days(days: int) -> Any:
    return TODAY + timedelta(days=days)


def test_lessons_whose_review_has_come_or_comes_soon_are_named_the_oldest_first(writing: Client) -> None:
    for slug, days in (("soon", 60), ("later", 61), ("today", 0), ("overdue", -400)):
        reviewed(slug, review_due=in_days(days))
    assert titles(writing, "reviews") == ["About overdue", "About today", "About soon"]
    said = dict(lines(writing, "reviews"))
    assert said["About today"].startswith("Review due since")
    assert said["About soon"].startswith("Review due on")


def test_how_soon_is_a_setting(writing: Client, settings: Any) -> None:
    settings.REVIEW_DAYS = 5
    reviewed("soon", review_due=in_days(6))
    assert titles(writing, "reviews") == []


def test_drafts_and_archived_lessons_are_not_to_be_reviewed(writing: Client) -> None:
    reviewed("draft", review_due=TODAY, state=State.DRAFT, published_at=None)
    Lesson.objects.filter(pk=reviewed("archived", review_due=TODAY).pk).update(archived_at=timezone.now())
    assert titles(writing, "reviews") == []


def test_cards_whose_review_comes_are_named_and_topics_without_a_card_are_not(writing: Client) -> None:
    topic_with_card("bleeding", review_due=TODAY)
    topic_with_card("burns", review_due=in_days(61))
    bare = topic_with_card("bare", name="Bare", review_due=TODAY)
    bare.texts.update(first_minute="")
    assert titles(writing, "cards") == ["Severe bleeding"]


def test_lessons_that_cite_a_superseded_source_say_by_what(writing: Client) -> None:
    new = source("NEW")
    old = source("OLD", superseded_by=new)
    citing("burns", old)
    citing("fire", new)
    [(title, said)] = lines(writing, "sources")
    assert title == "About burns"
    assert said == ("The source <bdi>Guideline OLD (2025)</bdi> was superseded by <bdi>Guideline NEW (2025)</bdi>.")


def test_a_source_that_only_a_former_text_cited_is_no_matter(writing: Client) -> None:
    citing("burns", source("OLD", superseded_by=source("NEW")))
    Revision.objects.update(state=State.SUPERSEDED)
    assert titles(writing, "sources") == []


def test_the_page_of_the_lesson_says_it_too(writing: Client, lesson: Lesson) -> None:
    words = "was superseded by"
    assert words not in text_of(writing.get(LESSON))
    RevisionFactory(text=lesson.texts.get(language="en"), number=2)
    draft = draft_of(lesson)
    RevisionSource.objects.create(revision=draft, source=source("OLD", superseded_by=source("NEW")))
    Revision.objects.filter(text=draft.text, state=State.PUBLISHED).update(state=State.SUPERSEDED)
    Revision.objects.filter(pk=draft.pk).update(state=State.PUBLISHED, published_at=LONG_AGO)
    assert words in text_of(writing.get(LESSON))


def test_readers_see_nothing_of_it(client: Client) -> None:
    old = source("OLD")
    topic = topic_with_card()
    TopicSource.objects.create(topic=topic, source=old)
    before = text_of(client.get("/en/topics/bleeding/"))
    Source.objects.filter(pk=old.pk).update(superseded_by=source("NEW"))
    assert text_of(Client().get("/en/topics/bleeding/")) == before


def test_cards_that_rest_on_a_superseded_source_are_named(writing: Client) -> None:
    old = source("OLD", superseded_by=source("NEW"))
    TopicSource.objects.create(topic=topic_with_card(), source=old)
    topic_with_card("burns")
    assert titles(writing, "card-sources") == ["Severe bleeding"]


def _made_from_former(lesson: Lesson) -> None:
    english = RevisionFactory(text=lesson.texts.get(language="en"), number=2)
    Revision.objects.filter(text__lesson=lesson, text__language="en").exclude(pk=english.pk).update(
        state=State.SUPERSEDED
    )
    Revision.objects.filter(pk=english.pk).update(state=State.PUBLISHED, published_at=LONG_AGO)


def _not_linked_and_newer(lesson: Lesson) -> None:
    return


def _source_only_drafted(lesson: Lesson) -> None:
    RevisionFactory(text=lesson.texts.get(language="en"), number=2, state=State.IN_REVIEW)


@pytest.mark.parametrize(
    ("happened", "older"), [(_made_from_former, True), (_not_linked_and_newer, False), (_source_only_drafted, False)]
)
def test_translations_older_than_what_is_published_are_named(
    writing: Client, happened: Callable[[Lesson], None], older: bool
) -> None:
    lesson = published_lesson()
    happened(lesson)
    assert titles(writing, "translations") == ["Stop the bleeding"] * older


def test_the_list_says_of_published_texts_what_the_studio_says_of_them(lesson: Lesson) -> None:
    _made_from_former(lesson)
    now = standings_of(lesson, ["ar", "en"])
    assert is_stale(now["ar"], now["en"])
    assert [row.text.language for row in stale_published()] == ["ar"]


def link(url: str, result: str, **fields: Any) -> LinkCheck:
    return LinkCheck.objects.create(url=url, result=result, checked_on=TODAY, **fields)


def test_links_that_did_not_answer_are_named_with_where_they_stand(writing: Client, lesson: Lesson) -> None:
    failed = link("https://a.example/", "missing", status=404, failing_since=TODAY)
    failed.lessons.add(lesson)
    failed.sources.add(source("WHO1"))
    for number, result in enumerate(["answers", "turned_away", ""]):
        link(f"https://b.example/{number}", result)
    [(title, said)] = lines(writing, "links")
    assert title == "https://a.example/"
    assert said.startswith("There is no such page any more. (404) Since")
    assert f'<a href="{LESSON}"><bdi>Severe bleeding</bdi></a>' in said
    assert "Guideline WHO1" in said


def test_a_link_of_many_lessons_names_five(writing: Client) -> None:
    failed = link("https://a.example/", "timeout")
    failed.lessons.set([published_lesson(f"lesson-{number}") for number in range(7)])
    [(_title, said)] = lines(writing, "links")
    assert said.count("<a ") == 5
    assert "2 more" in said


def test_lessons_that_lead_to_an_archived_one_are_named(writing: Client) -> None:
    published_lesson("old", "An old lesson", archived_at=timezone.now())
    published_lesson("older", "Older")
    published_lesson("burns", html={"en": '<a href="{lesson:old}">x</a>', "ar": '<a href="{lesson:older}">x</a>'})
    [(title, said)] = lines(writing, "archived")
    assert (title, said) == (
        "Severe bleeding",
        "In English it leads to <bdi>An old lesson</bdi>, which is archived.",
    )


def test_names_are_only_text(writing: Client) -> None:
    script = "<script>alert(1)</script>"
    new = source("NEW")
    Source.objects.filter(pk=new.pk).update(title=script)
    citing("burns", source("OLD", superseded_by=new))
    reviewed("fire", title=script, review_due=TODAY)
    html = text_of(writing.get(PAGE))
    assert script not in html
    assert html.count("&lt;script&gt;") == 2


def test_the_page_names_five_of_each_and_counts_all(writing: Client) -> None:
    for number in range(7):
        reviewed(f"lesson-{number}", review_due=TODAY)
    response = writing.get(PAGE)
    section = response.context["sections"][0]
    assert (len(section.lines), section.page.paginator.count) == (5, 7)
    assert 'href="/en/studio/upkeep/reviews/"' in text_of(response)
    assert len(titles(writing, "reviews")) == 7


def test_a_list_goes_on_over_pages(writing: Client) -> None:
    LinkCheck.objects.bulk_create(LinkCheck(url=f"https://a.example/{n}", result="timeout") for n in range(60))
    pages = [writing.get(f"{PAGE}links/", {"page": page}).context["section"] for page in ("1", "2", "99", "x")]
    assert [len(section.lines) for section in pages] == [50, 10, 10, 50]


def test_a_list_that_does_not_exist_is_not_found(writing: Client) -> None:
    assert writing.get(f"{PAGE}nothing/").status_code == 404


def test_a_longer_list_takes_no_more_queries(writing: Client) -> None:
    def furnish(name: str) -> None:
        old = source(f"OLD-{name}", superseded_by=source(f"NEW-{name}"))
        citing(f"cites-{name}", old)
        reviewed(f"due-{name}", review_due=TODAY)
        TopicSource.objects.create(topic=topic_with_card(f"card-{name}", review_due=TODAY), source=old)
        lesson = published_lesson(f"stale-{name}", html={"ar": f'<a href="{{lesson:gone-{name}}}">x</a>'})
        published_lesson(f"gone-{name}", archived_at=timezone.now())
        _made_from_former(lesson)
        failed = link(f"https://{name}.example/", "timeout")
        failed.lessons.add(lesson)
        failed.sources.add(old)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            response = writing.get(PAGE)
        assert response.status_code == 200
        return len(captured)

    furnish("one")
    few = queries()
    furnish("two")
    furnish("three")
    assert [len(section.lines) for section in writing.get(PAGE).context["sections"]] == [3] * 7
    assert queries() == few
    assert few <= 27


def manager() -> User:
    user = staff("Mona")
    RoleGrantFactory(user=user, role=RoleGrant.Role.MANAGER, organisation=OrganisationFactory())
    return user


@pytest.mark.parametrize("url", [PAGE, f"{PAGE}links/"])
def test_who_writes_reviews_or_administers_may_look_and_nobody_else(url: str) -> None:
    statuses = {}
    for role in RoleGrant.Role.values:
        browser = Client()
        browser.force_login(manager() if role == "manager" else staff(role, RoleGrant.Role(role)))
        statuses[role] = browser.get(url).status_code
    citizen = Client()
    citizen.force_login(UserFactory())
    assert statuses == {"instructor": 200, "reviewer": 200, "manager": 403, "administrator": 200}
    assert citizen.get(url).status_code == 403
    assert Client().get(url).status_code == 302


@pytest.mark.parametrize(
    ("role", "way"),
    [
        ("instructor", "/en/studio/lessons/burns/"),
        ("reviewer", "/en/studio/lessons/burns/preview/"),
        ("administrator", "/en/lessons/burns/"),
    ],
)
def test_a_lesson_opens_where_the_person_may_go(role: str, way: str) -> None:
    reviewed("burns", review_due=TODAY)
    browser = Client()
    browser.force_login(staff(role, RoleGrant.Role(role)))
    assert browser.get(f"{PAGE}reviews/").context["section"].lines[0].url == way


def test_it_is_reached_from_the_studio_and_by_administrators_from_their_menu(writing: Client) -> None:
    assert f'href="{PAGE}"' in text_of(writing.get(HOME))
    browser = Client()
    browser.force_login(staff("Adam", RoleGrant.Role.ADMINISTRATOR))
    assert f'href="{PAGE}"' in text_of(browser.get("/en/"))


def test_in_arabic_the_page_is_arabic(writing: Client) -> None:
    reviewed("burns", review_due=TODAY)
    html = text_of(writing.get("/ar/studio/upkeep/"))
    assert "ما يحتاج إلى نظر" in html
    assert "Review due" not in html
