"""The words that Arabic readers meet for what the portal does: one word for one thing."""

import re

import pytest

from portal.language import catalogues


@pytest.mark.parametrize(
    ("said", "never"),
    [
        (r"\b(?:retire|withdr[ae]w)", r"سحب|سُحب|سحوب"),  # what is drawn is سحب
        (r"\bversions?\b", r"نسخ"),  # a copy, and the revision of a lesson, is نسخة
        (r"\bsittings?\b", r"جلس"),  # what a browser has is جلسة
        (r"\breleases?\b", r"إصدار|الحزمة"),  # a version is إصدار, a course package حزمة
    ],
)
def test_two_things_do_not_share_a_word(said: str, never: str) -> None:
    spoken = re.compile(said, re.IGNORECASE)
    messages = [one for one in catalogues.read("ar") if spoken.search(str(one.id))]
    assert len(messages) > 5
    assert [one.id for one in messages if re.search(never, str(one.string))] == []
