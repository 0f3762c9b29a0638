"""All figures of the curriculum on one page, as small as on a phone, on the light and the dark ground of the portal."""

from base64 import b64encode

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from portal.exchange.figures import Figure, figures_of
from portal.exchange.survey import CourseSurvey, LessonSurvey
from quizzes.kinds.shapes import Region

WIDTH = 320
DARK = b"(prefers-color-scheme:dark)"
PORTAL = settings.BASE_DIR / "static" / "css" / "portal.ltr.css"
STYLE = """
body{padding:1.5rem}
section{inline-size:max-content;padding:.5rem;background:var(--paper)}
.contact{display:grid;grid-template-columns:repeat(2,max-content);gap:1.25rem;align-items:start}
.contact-figure{inline-size:41.5rem;padding:.5rem;border:1px solid var(--line)}
.contact-pair{display:grid;grid-template-columns:repeat(2,max-content);gap:.5rem}
.contact-ground{position:relative;background:var(--card)}
.contact-ground img,.contact-ground svg{display:block;inline-size:320px;max-inline-size:none;block-size:auto}
.contact-ground svg{position:absolute;inset:0;fill:none;stroke:var(--orange);stroke-width:4;stroke-dasharray:12 8}
.contact-figure :is(p,details){margin:.5rem 0 0;font-size:.875rem;line-height:1.5}
"""


def sheet(courses: list[CourseSurvey]) -> str:
    """The page as HTML, whole in itself: a section a module, light beside dark, alternative texts folded away."""
    sections = format_html_join("\n", "{}", ((part,) for course in courses for part in _modules(course)))
    page = format_html(
        '<!doctype html>\n<html lang="en" data-theme="light">\n<meta charset="utf-8">\n<title>Figures</title>\n'
        "<style>{}</style>\n{}\n</html>\n",
        mark_safe(PORTAL.read_text(encoding="utf-8") + STYLE),  # noqa: S308 - our own style sheet
        sections,
    )
    return str(page)


def _modules(course: CourseSurvey) -> list[SafeString]:
    modules = dict.fromkeys(lesson.module for lesson in course.lessons)
    return [_module(name, [one for one in course.lessons if one.module == name]) for name in modules]


def _module(name: str, lessons: list[LessonSurvey]) -> SafeString:
    shown = [(_figure(lesson, figure),) for lesson in lessons for figure in figures_of(lesson)]
    return format_html(
        '<section id="{}"><h2>{}</h2><div class="contact">{}</div></section>',
        name,
        name,
        format_html_join("\n", "{}", shown),
    )


def _figure(lesson: LessonSurvey, figure: Figure) -> SafeString:
    """Both pictures, the file's name, where a question asks about it, and what is said of it."""
    asked = f" · {', '.join(figure.asked)}" if figure.asked else ""
    return format_html(
        '<div class="contact-figure"><div class="contact-pair">{}{}</div><p><code>{}/{}</code>{}</p>{}</div>',
        _ground(figure, "light"),
        _ground(figure, "dark"),
        lesson.folder.place,
        figure.name,
        asked,
        _said(figure),
    )


def _ground(figure: Figure, theme: str) -> SafeString:
    picture = figure.picture
    shown = b64encode(in_theme(picture.data, theme)).decode()
    return format_html(
        '<div class="contact-ground" data-theme="{}">'
        '<img src="data:{};base64,{}" width="{}" height="{}" alt="">{}</div>',
        theme,
        picture.mime,
        shown,
        WIDTH,
        round(WIDTH * picture.height / picture.width),
        _marked(figure),
    )


def in_theme(drawing: bytes, theme: str) -> bytes:
    """A drawing as a reader of that theme sees it, whatever the theme of the device; a photograph as it is."""
    return drawing.replace(DARK, b"all" if theme == "dark" else b"not all") if b"<svg" in drawing else drawing


def _marked(figure: Figure) -> SafeString | str:
    """The regions that a question marks, drawn over the picture."""
    if not figure.regions:
        return ""
    shapes = format_html_join("", "{}", ((_outline(region),) for region in figure.regions))
    return format_html('<svg viewBox="0 0 {} {}">{}</svg>', figure.picture.width, figure.picture.height, shapes)


def _outline(region: Region) -> SafeString:
    if region.circle:
        return format_html('<circle cx="{}" cy="{}" r="{}"/>', *region.circle)
    return format_html('<polygon points="{}"/>', " ".join(f"{x},{y}" for x, y in region.corners))


def _said(figure: Figure) -> SafeString:
    """Captions and alternative texts by language, folded away; nothing where nothing shows the figure."""
    texts = [
        (language, text)
        for language, said in sorted(figure.said.items())
        for text in dict.fromkeys([*figure.captions.get(language, ()), *said])
        if text
    ]
    if not texts:
        return format_html("<p>{}</p>", "shown by nothing")
    words = format_html_join("", '<p lang="{}" dir="auto">{}</p>', texts)
    return format_html("<details><summary>alt</summary>{}</details>", words)
