"""Reading a page's form and answering it, without a browser."""

import re
from urllib.parse import urlencode

import brotli

from tests.bench.wire import Connection, Reply

FINAL = "/en/courses/life-saving/final/"


def text_of(page: Reply) -> str:
    body = page.body
    if page.headers.get("content-encoding") == "br":
        body = brotli.decompress(body)
    return body.decode()


def fields_of(page: Reply) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', text_of(page)))


def form_of(page: Reply) -> str:
    return urlencode(fields_of(page))


TYPED = ["3", "4", "5", "6"]


def options_of(page: Reply) -> list[str]:
    """The answers that one field takes: its options, or some numbers where one types; none where there are more."""
    text = text_of(page)
    if re.search(r'<input[^>]*id="answer"\s+name="answer"', text):
        return TYPED
    return list(re.findall(r'<input type="radio" name="answer" value="([^"]+)"', text))


def an_answer(page: Reply) -> str:
    """Any answer that the form takes, where it has one field or boxes to tick."""
    return (options_of(page) or re.findall(r'<input type="checkbox" name="answer" value="([^"]+)"', text_of(page)))[0]


def begin_final(browser: Connection) -> str:
    """Begins a final; the address of its first question."""
    return browser.ask(FINAL, form_of(browser.ask(FINAL))).headers["location"]


def first_with_options(browser: Connection, question: str) -> str:
    """The address of the first question, from that one on, that is answered in one field."""
    while not options_of(page := browser.ask(question)):
        assert page.status == 200, question
        before, step = question.rstrip("/").rsplit("/", 1)
        question = f"{before}/{int(step) + 1}/"
    return question
