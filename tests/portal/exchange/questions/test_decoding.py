"""The bytes of a question file: which are text, and what is said where they do not say how they are written."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.exchange.questions.decoding import MOST_BYTES, decoded
from portal.exchange.questions.reading import questions_in
from tests.portal.exchange.questions.drafting import faults_of, moodle, read_or_refused

ARABIC = "ما أول ما تفعلون؟ {T}"


@pytest.mark.parametrize("data", [ARABIC.encode(), codecs.BOM_UTF8 + ARABIC.encode()])
def test_utf8_is_read_with_and_without_its_mark(data: bytes) -> None:
    assert (decoded(data).text, decoded(data).assumed) == (ARABIC, "")


@pytest.mark.parametrize(("encoding", "name"), [("windows-1256", "windows-1256"), ("utf-16", "UTF-16")])
def test_what_is_assumed_is_said(encoding: str, name: str) -> None:
    found = questions_in(ARABIC.encode(encoding))
    assert found.questions[0].stem == "ما أول ما تفعلون؟"
    assert [note.message for note in found.notes] == [
        f"The file is not written in UTF-8, so it was read as {name}. Check that its words are right."
    ]


def test_what_xml_declares_is_believed() -> None:
    text = moodle("essay", "", name="سؤال").replace("UTF-8", "ISO-8859-6")
    assert questions_in(text.encode("iso-8859-6")).questions[0].name == "سؤال"


@pytest.mark.parametrize(
    ("data", "begins"),
    [
        (b" \n", "This file is empty."),
        (b"x" * (MOST_BYTES + 1), "The file is larger than 5 MB."),
        (b"PK\x03\x04rest", "This file is a zip archive."),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "This file is not text."),
        (b"a\x00b {T}", "This file is not text."),
        ("a\ufdd0 {T}".encode(), "This file is not text."),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, begins: str) -> None:
    [(line, message)] = faults_of(data)
    assert line == 0
    assert message.startswith(begins)


def test_more_questions_than_can_be_looked_through_are_refused() -> None:
    assert faults_of("Blood is red. {T}\n\n" * 501) == [
        (0, "The file has 501 questions; at most 500 are read at once. Divide it.")
    ]


@given(st.binary(max_size=80))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert all(read_or_refused(data))
