"""What may stand in a table of members, and how it is refused what may not."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from portal.accounts.member_files.lines import Around, Lines, read_lines

AROUND = Around({"north": 7}, {"oak": 1, "class": 2}, ["ar", "en"], "ar", 1)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with override("en"):
        yield


def read(text: str | bytes) -> Lines:
    return read_lines(text if isinstance(text, bytes) else text.encode(), AROUND)


def test_a_line_with_everything() -> None:
    [entry] = read(
        "email,phone,name,language,region,organisation\nSalma@Example.org,+963 933 123-456,سلمى,en,North,class\n"
    ).entries
    assert (entry.email, entry.phone, entry.name) == ("salma@example.org", "+963933123456", "سلمى")
    assert (entry.language, entry.region, entry.organisation) == ("en", 7, 2)


def test_what_is_left_out_is_as_the_organisation_has_it() -> None:
    [entry] = read("email\nsalma@example.org\n").entries
    assert (entry.phone, entry.name, entry.language, entry.region, entry.organisation) == ("", "", "ar", None, 1)


def test_arabic_headings_and_semicolons_of_a_spreadsheet_are_read() -> None:
    text = "\ufeffالاسم;البريد الإلكتروني;رقم الهاتف;اللغة\r\nسلمى;salma@example.org;٠٩٣٣١٢٣٤٥٦;العربية\r\n"
    [entry] = read(text).entries
    assert (entry.name, entry.email, entry.phone, entry.language) == ("سلمى", "salma@example.org", "0933123456", "ar")


def test_a_telephone_number_alone_is_enough() -> None:
    [entry] = read("phone,name\n00963933123456,Salma\n").entries
    assert (entry.email, entry.phone) == ("", "+963933123456")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (",,Salma,,,", "There is neither an e-mail address nor a telephone number."),
        ("salma@,,Salma,,,", "This is not an e-mail address. Look for a missing @ or a blank."),
        ("=cmd|x@example.org,,,,,", "This is not an e-mail address. Look for a missing @ or a blank."),
        ("a@b.org,12x456,,,,", "This is no mobile number here. Look at the digits and type it again."),
        ('a@b.org,,"=HYPERLINK(""http://x"")",,,', "The name begins like a formula. Write the name itself."),
        ("a@b.org,,@SUM(A1),,,", "The name begins like a formula. Write the name itself."),
        (f"a@b.org,,{'x' * 121},,,", "A name has at most 120 letters."),
        ("a@b.org,,Sal\x07ma,,,", "There are signs in the name that no name has. Type it in again."),
        ("a@b.org,,,fr,,", "The portal does not speak this language. Write ar, en."),
        ("a@b.org,,,,south,", "There is no region “south”."),
        ("a@b.org,,,,,company", "“company” is neither this organisation nor one below it."),
        ("First@example.org,,,,,", "“first@example.org” stands in line 2 already. Take one of the two out."),
    ],
)
def test_a_line_that_cannot_be_taken_says_why(line: str, message: str) -> None:
    lines = read(f"email,phone,name,language,region,organisation\nfirst@example.org,,,,,\n{line}\n")
    assert lines.faults == [(3, message)]
    assert (lines.total, len(lines.entries)) == (2, 1)


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        (b"", 1, "There is no column for the e-mail address or the telephone number."),
        (b"name\nSalma\n", 1, "There is no column for the e-mail address or the telephone number."),
        (
            b"email,colour\n",
            1,
            "“colour” is no column. These are: email, phone, name, language, region, organisation.",
        ),
        (b"email,e-mail\n", 1, "There are two columns “e-mail”. Take one out."),
        (b"email\na\x00@b.org\n", 2, "This is no text. Save the table as “CSV UTF-8”."),
        ("email\nسلمى@b.org\n".encode("cp1256"), 1, "The file is not in UTF-8. Save it as “CSV UTF-8”."),
        (b"email\n" + b"x" * 3_000, 2, "A field is far too long. Look for a quotation mark too many."),
        (
            b'email\n"a@b.org\n',
            2,
            "From this line on it is no table. Look for a quotation mark too many, and save it as CSV again.",
        ),
    ],
)
def test_what_is_no_table_of_people_has_one_fault_and_nobody(data: bytes, line: int, message: str) -> None:
    lines = read(data)
    assert lines.entries == []
    assert lines.faults == [(line, message)]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("+963 (11) 222.33.44", "+963112223344"), ("00963112223344", "+963112223344"), ("٠٩٣٣ ١٢٣ ٤٥٦", "0933123456")],
)
def test_a_number_is_kept_in_one_way_however_it_is_written(typed: str, kept: str) -> None:
    assert read(f"phone\n{typed}\n").entries[0].phone == kept


@pytest.mark.parametrize(("typed", "kept"), [("0933 123 456", "+963933123456"), ("٠٩٣٣١٢٣٤٥٦", "+963933123456")])
def test_where_people_log_in_by_a_number_it_is_kept_as_the_log_in_finds_it(
    settings: Any, typed: str, kept: str
) -> None:
    settings.PHONE_COUNTRY = "SY"
    assert read(f"phone\n{typed}\n").entries[0].phone == kept
    assert read("phone\n+12025550123\n").faults


@given(st.binary(max_size=400))
def test_whatever_is_sent_is_read_or_refused_and_breaks_nothing(data: bytes) -> None:
    lines = read(b"email,name\n" + data)
    assert len(lines.entries) <= lines.total
    assert all(message for _line, message in lines.faults)


@given(st.lists(st.emails(), max_size=20, unique_by=str.lower))
def test_every_line_is_taken_or_has_a_fault(emails: list[str]) -> None:
    quoted = ['"' + email.replace('"', '""') + '"' for email in emails]
    lines = read("\n".join(["email", *quoted]))
    assert len(lines.entries) + len({line for line, _message in lines.faults}) == len(emails)
