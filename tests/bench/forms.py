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


def options_of(page: Reply) -> list[str]:
    """The values that the answer may have, where one is chosen among several."""
    found = re.findall(r'name="answer"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="answer"', text_of(page))
    return ["".join(pair) for pair in found]


def an_answer(page: Reply) -> list[str]:
    """Any answer that the form takes."""
    return options_of(page)[:1] or ["5"]


def begin_final(browser: Connection) -> str:
    """Begins a final; the address of its first question."""
    return browser.ask(FINAL, form_of(browser.ask(FINAL))).headers["location"]


def first_with_options(browser: Connection, question: str) -> str:
    """The address of the first question, from that one on, whose answer is one option."""
    while 'type="radio"' not in text_of(page := browser.ask(question)):
        assert page.status == 200, question
        before, step = question.rstrip("/").rsplit("/", 1)
        question = f"{before}/{int(step) + 1}/"
    return question
