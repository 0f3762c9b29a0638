"""Every way of marking a text for translation is found, in Python and in templates."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from portal.language.extraction import gather

TEMPLATE = """
{% load i18n %}
  <p title="{% translate 'A title' %}">{% translate "100% sure" %}</p>
      {% blocktranslate trimmed count number=n %}
        {{ number }} lesson
      {% plural %}
        {{ number }} lessons
      {% endblocktranslate %}
 {% blocktranslate context "a month" %}May{% endblocktranslate %}
   {% translate "Close" context "a button" as close %}
{% include "x.html" with label=_("A label") %} {{ name|default:_("nobody") }}
It's "not" (text to translate
{# Translators: shown beside the clock #}
{% translate "left" %}
"""
CODE = """
from django.utils.translation import *
_("plain")
gettext_lazy("lazy")
ngettext("%(n)s skill", "%(n)s skills", 2)
ngettext_lazy("%(n)s topic", "%(n)s topics", "n")
pgettext("a place", "home")
pgettext_lazy("a start", "home")
npgettext("a child", "%(n)s kid", "%(n)s kids", 3)
print("not for people")
"""


@pytest.fixture
def gathered(tmp_path: Path) -> Catalog:
    """The catalogue of a checkout with one template and one module."""
    for room in ("portal", "lessons", "quizzes", "templates"):
        (tmp_path / room).mkdir()
    (tmp_path / "templates" / "page.html").write_text(TEMPLATE)
    (tmp_path / "lessons" / "words.py").write_text(CODE)
    return gather(tmp_path)


def test_a_translate_tag_is_found_and_its_percent_sign_is_doubled(gathered: Catalog) -> None:
    assert gathered.get("A title")
    assert gathered.get("100%% sure")


def test_a_block_with_a_plural_is_found_trimmed(gathered: Catalog) -> None:
    message = gathered.get("%(number)s lesson")
    assert message
    assert message.id == ("%(number)s lesson", "%(number)s lessons")


def test_contexts_in_templates_are_kept(gathered: Catalog) -> None:
    assert gathered.get("May", context="a month")
    assert gathered.get("Close", context="a button")


def test_texts_inside_other_tags_and_filters_are_found(gathered: Catalog) -> None:
    assert gathered.get("A label")
    assert gathered.get("nobody")


def test_a_note_to_translators_comes_along(gathered: Catalog) -> None:
    message = gathered.get("left")
    assert message
    assert message.auto_comments == ["shown beside the clock"]


def test_every_gettext_of_django_is_found_in_python(gathered: Catalog) -> None:
    plurals = {("%(n)s skill", "%(n)s skills"), ("%(n)s topic", "%(n)s topics"), ("%(n)s kid", "%(n)s kids")}
    found = {message.id for message in gathered if message.id}
    assert plurals | {"plain", "lazy"} <= found
    assert gathered.get("home", context="a place")
    assert gathered.get("home", context="a start")
    assert "not for people" not in found


def test_a_place_is_a_file_without_a_line(gathered: Catalog) -> None:
    message = gathered.get("plain")
    assert message
    assert message.locations == [("lessons/words.py", 0)]
