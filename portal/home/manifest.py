"""How the portal stands on a phone's home screen: its name, icons and shortcuts, in each language."""

import json
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, get_language_bidi, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lessons.pages import public_file

# Name and route of what a long press on the icon offers.
SHORTCUTS: tuple[tuple[Promise, str], ...] = (
    (gettext_lazy("What to do when…"), "lessons:topics"),
    (gettext_lazy("Search"), "home:search"),
    (gettext_lazy("Courses"), "lessons:catalogue"),
    (gettext_lazy("My learning"), "home:my_learning"),
)
# File, sizes, type, purpose.
ICONS = (
    ("icons/icon-192.png", "192x192", "image/png", "any"),
    ("icons/icon-512.png", "512x512", "image/png", "any"),
    ("icons/icon-maskable-512.png", "512x512", "image/png", "maskable"),
    ("icons/favicon.svg", "any", "image/svg+xml", "any"),
)


@require_safe
@public_file("application/manifest+json")
def manifest(request: HttpRequest) -> str:
    """The web app manifest; one installation holds both languages, and opens in the one it was installed from."""
    return json.dumps(_described(), ensure_ascii=False, separators=(",", ":"))


def _described() -> dict[str, Any]:
    home = reverse("home:home")
    return {
        "id": "/",
        "name": _("Civil Defense Portal"),
        "short_name": _("Civil Defense"),
        "description": _("Short lessons on first aid, evacuation and alert response."),
        "lang": get_language(),
        "dir": "rtl" if get_language_bidi() else "ltr",
        "start_url": home,
        "scope": "/",
        "display": "standalone",
        "background_color": "#faf7f2",
        "theme_color": "#0a2a63",
        "categories": ["education", "health"],
        "icons": [
            {"src": static(file), "sizes": sizes, "type": kind, "purpose": purpose}
            for file, sizes, kind, purpose in ICONS
        ],
        "shortcuts": [{"name": str(name), "url": reverse(route)} for name, route in SHORTCUTS],
    }
