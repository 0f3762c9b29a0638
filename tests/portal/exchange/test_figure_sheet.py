"""The page of all figures: each in both themes, with what is said of it folded away."""

from base64 import b64decode
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring
from django.core.management import call_command

from portal.exchange.figure_sheet import in_theme, sheet
from portal.exchange.figures import figures_of
from portal.exchange.management.commands import figure_sheet
from portal.exchange.survey import opened, survey
from tests.portal.exchange.package import SVG, change, write

DRAWING = b"<svg><style>.a{fill:red}@media (prefers-color-scheme:dark){.a{fill:blue}}</style></svg>"
HOTSPOT = """
  - key: BU-2-Q3
    kind: hotspot
    skills: {cool-a-burn: 1}
    picture: figures/hand.svg
    regions: [{id: palm, circle: [100, 100, 50]}, {id: wrist, rect: [300, 100, 90, 80]}]
    right: palm
    texts:
      en:
        {stem: "Where?", alt: "A hand.", regions: {palm: "1", wrist: "2"}, explanation: ".", feedback: {wrist: "."}}
      ar:
        {stem: "أين؟", alt: "يد.", regions: {palm: "1", wrist: "2"}, explanation: "!", feedback: {wrist: "!"}}
"""


@pytest.fixture
def asking(package: Path) -> Path:
    """The small package, a question in it about a picture, and a picture that nothing shows."""
    write(package, "burns/cover-it/figures/hand.svg", SVG.format("hand"))
    write(package, "burns/cover-it/figures/lost.svg", SVG.format("lost"))
    quiz = package / "burns/cover-it/quiz.yaml"
    quiz.write_text(quiz.read_text() + HOTSPOT.lstrip("\n"))
    return package


def test_figures_come_as_they_are_shown_and_those_that_nothing_shows_at_the_end(asking: Path) -> None:
    figures = figures_of(survey(opened(asking))[0].lessons[1])
    assert [figure.name for figure in figures] == ["figures/water.svg", "figures/hand.svg", "figures/lost.svg"]
    water, hand, lost = figures
    assert (water.said["en"], water.captions["en"]) == (["Water runs over a hand."], ["Cool for 20 minutes."])
    assert (hand.said, hand.asked) == ({"en": ["A hand."], "ar": ["يد."]}, ["BU-2-Q3"])
    assert [region.id for region in hand.regions] == ["palm", "wrist"]
    assert not lost.said


def test_a_figure_is_shown_in_both_themes_whatever_the_device(asking: Path) -> None:
    page = sheet(survey(opened(asking)))
    for theme in ("light", "dark"):
        assert page.count(f'<div class="contact-ground" data-theme="{theme}">') == 4
    assert in_theme(DRAWING, "light").count(b"@media not all{") == in_theme(DRAWING, "dark").count(b"@media all{") == 1
    assert in_theme(b"RIFF (prefers-color-scheme:dark)", "dark") == b"RIFF (prefers-color-scheme:dark)"


def test_the_page_names_files_and_keeps_what_is_said_for_who_asks(asking: Path) -> None:
    page = sheet(survey(opened(asking)))
    assert "<code>burns/cover-it/figures/hand.svg</code> · BU-2-Q3</p>" in page
    assert '<details><summary>alt</summary><p lang="ar" dir="auto">برّدوه 20 دقيقة.</p>' in page
    assert page.count("shown by nothing") == 1
    assert '<circle cx="100" cy="100" r="50"/><polygon points="300,100 390,100 390,180 300,180"/>' in page


def test_words_of_a_package_are_no_markup(package: Path) -> None:
    change(package, "burns/cool-it/lesson.en.md", "Water runs", "Water < 20 & runs")
    page = sheet(survey(opened(package)))
    assert "Water &lt; 20 &amp; runs" in page


def test_the_command_writes_a_page_with_every_figure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figure_sheet, "PAGE", tmp_path / "figures" / "index.html")
    call_command("figure_sheet")
    page = (tmp_path / "figures" / "index.html").read_text(encoding="utf-8")
    assert page.count('class="contact-figure"') == len(list(Path("lessons/curriculum").glob("*/*/figures/*")))
    drawing = page.split("data:image/svg+xml;base64,", 1)[1].split('"', 1)[0]
    assert fromstring(b64decode(drawing)).tag == "{http://www.w3.org/2000/svg}svg"
