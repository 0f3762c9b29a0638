"""Gathering the links of what is published, and asking them."""

from datetime import date
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from lessons.models import Lesson, Revision, Source
from portal.studio.models import LinkCheck
from portal.studio.upkeep.links import check_links, gather, links_in
from tests.factories import RevisionFactory, published_lesson
from tests.portal.studio.upkeep.web import Site

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


def lesson_with(*urls: str, slug: str = "bleeding", **fields: Any) -> Lesson:
    """A published lesson that leads to these addresses in English."""
    links = "".join(f'<a href="{url}" rel="external noopener noreferrer">Here</a>' for url in urls)
    return published_lesson(slug, html={"en": f"<p>{links}</p>"}, **fields)


def source(key: str, url: str = "", **fields: Any) -> Source:
    return Source.objects.create(key=key, title=f"Guideline {key}", publisher="WHO", year=2025, url=url, **fields)


def urls() -> set[str]:
    return set(LinkCheck.objects.values_list("url", flat=True))


def test_links_of_a_text_are_those_that_leave_the_portal() -> None:
    html = '<a href="https://who.int/?a=1&amp;b=2">x</a><a href="{lesson:LS-1}">y</a><a href="#word-aed">z</a>'
    assert links_in(html) == {"https://who.int/?a=1&b=2"}


@given(st.text())
def test_any_text_has_links_that_can_be_kept_or_none(text: str) -> None:
    assert all(len(url.encode()) <= 1000 for url in links_in(f'<a href="https://{text}">{text}</a>{text}'))


@pytest.mark.django_db
def test_published_lessons_and_sources_are_gathered() -> None:
    lesson, cited = lesson_with("https://a.example/"), source("A", "https://a.example/")
    source("B")
    gather()
    link = LinkCheck.objects.get()
    assert (list(link.lessons.all()), list(link.sources.all())) == ([lesson], [cited])


@pytest.mark.django_db
def test_drafts_and_archived_lessons_are_left_alone() -> None:
    RevisionFactory(html='<a href="https://draft.example/">x</a>')
    lesson_with("https://old.example/", archived_at=timezone.now())
    gather()
    assert urls() == set()


@pytest.mark.django_db
def test_a_link_that_nothing_names_any_more_goes_and_others_keep_their_answer() -> None:
    gone, stays = source("A", "https://a.example/"), source("B", "https://b.example/")
    gather()
    LinkCheck.objects.update(result="missing", checked_on=MONDAY)
    gone.delete()
    gather()
    link = LinkCheck.objects.get()
    assert (link.url, link.result, list(link.sources.all())) == ("https://b.example/", "missing", [stays])


@pytest.mark.django_db
def test_gathering_again_changes_nothing(django_assert_num_queries: Any) -> None:
    for number in range(3):
        lesson_with(f"https://a.example/{number}", slug=f"lesson-{number}")
    gather()
    before = list(LinkCheck.objects.values_list("pk", "url", "lessons"))
    with django_assert_num_queries(8):
        gather()
    assert list(LinkCheck.objects.values_list("pk", "url", "lessons")) == before


@pytest.mark.django_db
def test_answers_are_kept_with_status_and_day(site: Site) -> None:
    lesson_with(f"{site.url}/200", f"{site.url}/404")
    assert check_links(site.asker(), MONDAY, pause=0) == {"answers": 1, "missing": 1}
    fields = ("result", "status", "checked_on", "failing_since")
    kept = dict(zip(("well", "gone"), LinkCheck.objects.order_by("url").values_list(*fields), strict=True))
    assert kept == {"well": ("answers", 200, MONDAY, None), "gone": ("missing", 404, MONDAY, MONDAY)}


@pytest.mark.django_db
def test_since_when_it_fails_is_remembered_until_it_answers(site: Site) -> None:
    source("A", f"{site.url}/404")
    check_links(site.asker(), MONDAY, pause=0)
    check_links(site.asker(), TUESDAY, pause=0)
    assert LinkCheck.objects.get().failing_since == MONDAY
    LinkCheck.objects.update(url=f"{site.url}/200")
    Source.objects.update(url=f"{site.url}/200")
    check_links(site.asker(), TUESDAY, pause=0)
    assert LinkCheck.objects.get().failing_since is None


@pytest.mark.django_db
def test_a_run_asks_no_more_than_it_may_and_first_who_waited_longest(site: Site) -> None:
    for number in range(3):
        source(str(number), f"{site.url}/200?{number}")
    for day in (MONDAY, TUESDAY):
        check_links(site.asker(), day, most=2, pause=0)
    assert LinkCheck.objects.filter(checked_on=None).count() == 0
    assert len(site.asked) == 4


@pytest.mark.django_db
def test_one_host_is_asked_one_link_at_a_time(site: Site) -> None:
    for number in range(8):
        source(str(number), f"{site.url}/200?{number}")
    check_links(site.asker(), MONDAY, pause=0)
    assert (len(site.asked), site.most_at_once) == (8, 1)


@pytest.mark.django_db
def test_the_command_says_what_came_of_it_and_does_not_ask_this_machine(site: Site, capsys: Any) -> None:
    source("A", f"{site.url}/200")
    call_command("check_links")
    assert capsys.readouterr().out == "1 links asked\n  1 private\n"
    assert site.asked == []


def test_the_command_asks_at_least_one() -> None:
    with pytest.raises(CommandError, match="--most must be 1 or more"):
        call_command("check_links", "--most", "0")


@pytest.mark.django_db
def test_a_published_text_is_not_touched(site: Site) -> None:
    lesson_with(f"{site.url}/404")
    before = list(Revision.objects.order_by("pk").values())
    check_links(site.asker(), MONDAY, pause=0)
    assert list(Revision.objects.order_by("pk").values()) == before
