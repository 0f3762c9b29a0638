"""Every route has an example page; each, in both languages and themes, is without fault."""

from collections.abc import Callable, Iterator
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, ViewportSize

from tests.browser.conftest import Browse
from tests.browser.driver import Visitor, axe
from tests.browser.examples import NO_PAGE, PAGES, routes
from tests.browser.walks import (
    answer_question,
    ask_for_code,
    earn_certificate,
    follow,
    log_in,
    path_of,
    take_check,
    type_code,
)
from tests.server import PortalServer

CHECK = "/en/courses/alerts-warnings/first-five-minutes/"
PHONE: ViewportSize = {"width": 360, "height": 740}
TABLET: ViewportSize = {"width": 768, "height": 1024}
DESK: ViewportSize = {"width": 1280, "height": 800}
STAFF = ("citizen", "instructor", "reviewer", "manager", "admin")


def test_every_route_has_an_example_page_or_a_reason() -> None:
    left = sorted(set(routes()) - set(PAGES) - set(NO_PAGE))
    assert not left, f"no example page for {left}: add one to tests/browser/examples.py"


def test_every_example_belongs_to_a_route() -> None:
    assert not (set(PAGES) | set(NO_PAGE)) - set(routes())


@pytest.fixture(scope="module")
def people(chromium: Browser, portal_server: PortalServer) -> dict[str, Any]:
    """Each kind of person's cookies, and the addresses of a learner's attempts."""
    known: dict[str, Any] = {"guest": None, "places": {}}
    for who in STAFF:
        visitor = Visitor(chromium, portal_server.url)
        log_in(visitor, who)
        known[who] = visitor.context.storage_state()
        visitor.context.close()
    learner = Visitor(chromium, portal_server.url)
    known["places"] = attempts_of(learner)
    known["learner"] = learner.context.storage_state()
    learner.context.close()
    for who, page in (("waiting", "login"), ("newcomer", "signup")):
        visitor = Visitor(chromium, portal_server.url)
        visitor.letters = portal_server.var / "mail"
        ask_for_code(visitor, page, f"{who}@example.org")
        if who == "newcomer":
            type_code(visitor, f"{who}@example.org")
        known[who] = visitor.context.storage_state()
        visitor.context.close()
    graduate = Visitor(chromium, portal_server.url)
    graduate.letters = portal_server.var / "mail"
    known["places"]["certificate"] = earn_certificate(graduate, "/en/courses/alerts-warnings/", "Salma Haddad")
    known["graduate"] = graduate.context.storage_state()
    graduate.context.close()
    return known


def attempts_of(learner: Visitor) -> dict[str, str]:
    """A check answered to its end, a final under way."""
    page = learner.page
    take_check(learner, CHECK, right=False)
    places = {"result": path_of(page)}
    learner.visit(CHECK.replace("first-five-minutes", "how-alerts-reach-you") + "quiz/")
    answer_question(page, right=False)
    places["feedback"] = path_of(page)
    learner.visit("/en/courses/alerts-warnings/final/")
    follow(page, "button[form=begin-form]")
    places["asking"] = path_of(page)
    places["overview"] = path_of(page).replace("/1/", "/overview/")
    return places


EXTRA = {
    "the report by organisation": ("admin", "/{lang}/reports/completion/?by=organisation"),
    "the report by region": ("admin", "/{lang}/reports/completion/?by=region&region=demo-north"),
    "the report month by month": ("manager", "/{lang}/reports/completion/?by=month&course=LS"),
    "a report that cannot be told": (
        "manager",
        "/{lang}/reports/completion/?course=none&since=2026-02-30&until=2026-01-01",
    ),
    "questions nobody has answered yet": ("instructor", "/{lang}/studio/analysis/alerts-warnings/"),
    "a question nobody has answered yet": ("instructor", "/{lang}/studio/analysis/life-saving/questions/LS-1-Q1/"),
    "figures that cannot be asked for": ("instructor", "/{lang}/studio/analysis/life-saving/?sort=sideways"),
    "a bank with filters that find nothing": ("reviewer", "/{lang}/studio/bank/?q=zzzz&critical=on&kind=matching"),
    "a bank that cannot be asked for": ("instructor", "/{lang}/studio/bank/?kind=none"),
    "a question of the bank after an answer": ("reviewer", "/{lang}/studio/bank/starter/LS-2-Q7/preview/wrong/"),
    "a question of a final": ("learner", "{asking}"),
    "steps to put in order": ("instructor", "/{lang}/studio/lessons/building-fire/questions/ES-2-Q7/try/"),
    "pairs to match": ("instructor", "/{lang}/studio/lessons/adult-cpr/questions/LS-2-Q7/try/"),
    "steps being written": ("instructor", "/{lang}/studio/lessons/building-fire/questions/ES-2-Q7/"),
    "pairs being written": ("instructor", "/{lang}/studio/lessons/adult-cpr/questions/LS-2-Q7/"),
    "nothing learned yet": ("guest", "/{lang}/my-learning/"),
    "no skill begun yet": ("guest", "/{lang}/my-learning/skills/"),
    "no certificate yet": ("guest", "/{lang}/my-learning/certificates/"),
    "a course completed": ("graduate", "/{lang}/my-learning/"),
    "a course begun": ("learner", "/{lang}/courses/alerts-warnings/"),
    "a topic without a lesson": ("guest", "/{lang}/topics/stroke/"),
    "a topic with a session": ("learner", "/{lang}/topics/siren/"),
    "home with something begun": ("learner", "/{lang}/"),
    "a lesson with a session": ("learner", "/{lang}/courses/alerts-warnings/first-five-minutes/"),
}


# Axe judges every page in both languages, at both widths and in both themes, though not each with each.
JUDGED: dict[str, tuple[ViewportSize, Literal["light", "dark"]]] = {"ar": (PHONE, "light"), "en": (DESK, "dark")}
Readers = Callable[[str, str], Visitor]


@pytest.fixture(scope="module")
def readers(chromium: Browser, portal_server: PortalServer, people: dict[str, Any]) -> Iterator[Readers]:
    """Each kind of person once in each language, who leafs through the portal as people do: what lasts is kept."""
    known: dict[tuple[str, str], Visitor] = {}

    def reader(who: str, language: str) -> Visitor:
        if (who, language) not in known:
            scheme = JUDGED[language][1]
            settled: dict[str, Any] = {"color_scheme": scheme, "storage_state": people[who], "locale": language}
            known[who, language] = Visitor(chromium, portal_server.url, **settled)
        return known[who, language]

    yield reader
    for visitor in known.values():
        visitor.context.close()


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("name", [*PAGES, *EXTRA])
def test_a_page_is_without_fault(readers: Readers, people: dict[str, Any], name: str, language: str) -> None:
    who, template = (PAGES | EXTRA)[name]
    visitor, size = readers(who, language), JUDGED[language][0]
    page = visitor.page
    page.set_viewport_size(size)
    place = template.format(lang=language, **people["places"]).replace("/en/", f"/{language}/")
    assert visitor.visit(place).status == 200
    assert page.evaluate("document.documentElement.lang") == language
    assert page.evaluate("document.documentElement.dir") == ("rtl" if language == "ar" else "ltr")
    assert page.locator("h1").count() == 1
    for width in (PHONE, TABLET, DESK):
        page.set_viewport_size(width)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"scrolls sideways at {width}"
    page.set_viewport_size(size)
    axe(page)
    faults, visitor.faults = visitor.faults, []  # one that comes late is told of the next page, with its own address
    assert not faults


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("place", ["/{}/no-such-page/", "/{}/courses/none/", "/{}/attempts/none/"])
def test_a_page_that_does_not_exist_says_where_to_go(browse: Browse, language: str, place: str) -> None:
    visitor = browse(locale=language)
    visitor.expect_console("404")
    assert visitor.visit(place.format(language)).status == 404
    assert visitor.page.locator(f"a[href='/{language}/']").count()
    axe(visitor.page)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_citizen_may_not_see_the_report(browse: Browse, people: dict[str, Any], language: str) -> None:
    visitor = browse(storage_state=people["citizen"])
    visitor.expect_console("403")
    assert visitor.visit(f"/{language}/reports/").status == 403
    axe(visitor.page)


def test_a_guest_is_sent_to_log_in_for_the_report(browse: Browse) -> None:
    visitor = browse()
    visitor.visit("/en/reports/")
    assert path_of(visitor.page) == "/en/account/login/?next=/en/reports/"
