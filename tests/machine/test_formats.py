"""Numbers, percentages, dates and minutes, in both languages and both kinds of digits; the literals are CLDR's."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.conf import LazySettings
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

from portal.language.templatetags.language import with_country

LRI, PDI = "\u2066", "\u2069"


def written(template: str, language: str, **context: object) -> str:
    """What a template says in a language."""
    with override(language):
        return Template(template).render(Context(context))


@pytest.mark.parametrize(
    ("language", "digits", "expected"),
    [("en", "latn", "1,234.5"), ("ar", "latn", "1,234.5"), ("ar", "arab", "١٬٢٣٤٫٥"), ("en", "arab", "1,234.5")],
)
def test_a_number_has_its_languages_digits(settings: LazySettings, language: str, digits: str, expected: str) -> None:
    settings.ARABIC_DIGITS = digits
    assert written("{{ n|number }}", language, n=1234.5) == expected


@pytest.mark.parametrize(
    ("language", "digits", "expected"),
    [("en", "latn", "65%"), ("ar", "latn", f"{LRI}65%{PDI}"), ("ar", "arab", "٦٥٪")],
)
def test_a_percentage_keeps_its_sign_beside_its_number(
    settings: LazySettings, language: str, digits: str, expected: str
) -> None:
    settings.ARABIC_DIGITS = digits
    assert written("{{ x|percent }}", language, x=0.65) == expected


@pytest.mark.parametrize(("fraction", "expected"), [(0, "0%"), (0.005, "1%"), (0.999, "99%"), (1, "100%")])
def test_only_the_whole_is_a_hundred_percent(fraction: float, expected: str) -> None:
    assert written("{{ x|percent }}", "en", x=fraction) == expected


@pytest.mark.parametrize(
    ("language", "value", "expected"),
    [
        ("en", 0.3, "0.30"),
        ("en", -0.104, "\u22120.10"),
        ("en", -0.001, "0.00"),
        ("ar", -0.1, "\u2066\u22120.10\u2069"),
    ],
)
def test_a_coefficient_has_two_decimals_and_keeps_its_sign(language: str, value: float, expected: str) -> None:
    assert written("{{ x|coefficient }}", language, x=value) == expected


@pytest.mark.parametrize(
    ("count", "english", "arabic"),
    [
        (0, "0 minutes", "0 دقيقة"),
        (1, "1 minute", "دقيقة"),
        (2, "2 minutes", "دقيقتان"),
        (3, "3 minutes", "3 دقائق"),
        (10, "10 minutes", "10 دقائق"),
        (11, "11 minutes", "11 دقيقة"),
        (100, "100 minutes", "100 دقيقة"),
    ],
)
def test_minutes_agree_with_their_number(count: int, english: str, arabic: str) -> None:
    assert written("{{ m|minutes }}", "en", m=count) == english
    assert written("{{ m|minutes }}", "ar", m=count) == arabic


def test_minutes_in_eastern_digits(settings: LazySettings) -> None:
    settings.ARABIC_DIGITS = "arab"
    assert written("{{ m|minutes }}", "ar", m=5) == "٥ دقائق"


def test_a_day_is_written_out(settings: LazySettings) -> None:
    assert written("{{ d|day }}", "en", d=date(2026, 3, 9)) == "9 March 2026"
    assert written("{{ d|day }}", "ar", d=date(2026, 3, 9)) == "9 مارس 2026"
    settings.ARABIC_DIGITS = "arab"
    assert written("{{ d|day }}", "ar", d=date(2026, 3, 9)) == "٩ مارس ٢٠٢٦"


def test_a_moment_is_told_in_the_sites_time_zone(settings: LazySettings) -> None:
    settings.TIME_ZONE = "Asia/Baghdad"
    late = datetime(2026, 3, 9, 22, 5, tzinfo=UTC)
    assert written("{{ d|day }}", "en", d=late) == "10 March 2026"
    assert written("{{ d|moment }}", "en", d=late).replace("\u202f", " ") == "10 March 2026, 1:05 AM"
    assert written("{{ d|moment }}", "ar", d=late).replace("\u202f", " ") == "10 مارس 2026، 1:05 ص"


def test_nothing_is_written_as_nothing() -> None:
    assert written("[{{ a|number }}{{ a|percent }}{{ a|minutes }}{{ a|day }}{{ a|moment }}]", "en", a=None) == "[]"


def test_a_range_is_kept_together() -> None:
    assert written("{{ 100|number_range:120 }}", "ar") == "<bdi>100–120</bdi>"


@pytest.mark.parametrize(("language", "other"), [("ar", "en"), ("en", "ar")])
def test_the_other_language_of_a_page_is_the_same_page(language: str, other: str) -> None:
    request = RequestFactory().get(f"/{language}/account/login/?next=/x")
    assert (
        written(
            "{% other_languages as others %}{% for code in others %}{% url_in code %}{% endfor %}",
            language,
            request=request,
        )
        == f"/{other}/account/login/?next=/x"
    )


def test_a_page_without_an_address_leads_to_the_other_languages_home() -> None:
    request = RequestFactory().get("/nowhere/")
    assert (
        written(
            "{% other_languages as others %}{% for code in others %}{% url_in code %}{% endfor %}",
            "ar",
            request=request,
        )
        == "/en/"
    )
    assert (
        written("{% other_languages as others %}{% for code in others %}{% url_in code %}{% endfor %}", "en") == "/ar/"
    )


def test_every_other_language_is_named_in_order(settings: Any) -> None:
    settings.LANGUAGES = [("ar", "Arabic"), ("en", "English"), ("fr", "French"), ("ur", "Urdu")]
    assert written("{% other_languages as all %}{{ all|join:' ' }}", "en") == "ar fr ur"
    assert written("{% other_languages some as all %}{{ all|join:' ' }}", "en", some=["ur", "en", "xx"]) == "ur"


def test_the_first_language_is_named_where_the_page_can_be_read_in_it() -> None:
    assert written("[{% first_language %}][{% first_language some %}]", "en", some=["en"]) == "[ar][]"


@pytest.mark.parametrize(("code", "written_as"), [("ar", "ar_AR"), ("en", "en_GB"), ("fr", "fr_FR"), ("ur", "ur_PK")])
def test_a_language_has_a_country_where_links_are_shown(code: str, written_as: str) -> None:
    assert with_country(code) == written_as


def test_days_and_numbers_are_written_as_french_and_urdu_write_them() -> None:
    filters = "{{ day|day }} · {{ 1234.5|number }}"
    assert written(filters, "fr", day=date(2026, 11, 24)) == "24 novembre 2026 · 1\u202f234,5"
    assert written(filters, "ur", day=date(2026, 11, 24)) == "24 نومبر 2026 · 1,234.5"
