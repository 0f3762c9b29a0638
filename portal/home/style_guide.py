"""The style guide, for staff: every component once, from the pages' own templates, in both directions and themes.

A panel is a page of its own in one language and theme; the guide shows four of them in frames.
"""

from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from lessons import slots
from lessons.markdown import render as render_markdown
from lessons.pages import render_page
from lessons.words import reader_language
from portal.accounts.doors import guard
from portal.accounts.rights import may
from portal.home.style_samples import ICONS, TOKENS, Said, SampleForm, samples

THEMES = ("light", "dark")
in_our_frames: Any = csp_replace({"frame-ancestors": [SELF]})


def is_staff(user: Any) -> bool:
    """Whoever may enter one of the staff's rooms."""
    return any(may(user, room) for room in ("studio.open", "reports.view", "admin.open"))


@guard(is_staff)
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """The four panels side by side."""
    panels = [(language, theme, _address(language, theme)) for language in ("ar", "en") for theme in THEMES]
    return render(request, "style_guide/guide.html", {"panels": panels})


def _address(language: str, theme: str) -> str:
    with override(language):
        return reverse("home:style_guide_panel", kwargs={"theme": theme})


@guard(is_staff)
@xframe_options_sameorigin
@in_our_frames
@require_safe
def panel(request: HttpRequest, theme: str) -> HttpResponse:
    """Every component in the language of the address and one theme; as a guest sees it, and nothing can be sent."""
    if theme not in THEMES:
        raise Http404
    language = reader_language()
    known = samples(language)
    context = known | {
        "theme": theme,
        "icons": ICONS,
        "tokens": TOKENS,
        "form": SampleForm({"name": "", "day": "x"}),
        "text": render_markdown(known["markdown"], {}, language=language).html,
        "messages": [Said(level, known["sentence"]) for level in ("success", "warning", "error")],
    }
    html = render_page(request, "style_guide/panel.html", context)
    return HttpResponse(slots.for_everybody(slots.split(html)))
