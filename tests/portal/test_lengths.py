"""A length of time is said once, in words that agree, as each language joins them."""

import pytest
from django.utils.translation import override

from portal.language.formats import duration


@pytest.mark.parametrize(
    ("language", "seconds", "said"),
    [
        ("en", 0, "0 seconds"),
        ("en", 45, "45 seconds"),
        ("en", 60, "1 minute"),
        ("en", 194, "3 minutes, 14 seconds"),
        ("ar", 45, "45 ثانية"),
        ("ar", 120, "دقيقتان"),
        ("ar", 194, "3 دقائق و14 ثانية"),
    ],
)
def test_a_length_of_time_in_words(language: str, seconds: int, said: str) -> None:
    with override(language):
        assert duration(seconds) == said
