"""HTTP for the landing page."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from lessons.catalogue import course_cards
from lessons.pages import public_page, render_page
from lessons.topics import topic_tiles
from lessons.words import reader_language


@require_safe
def to_language(request: HttpRequest) -> HttpResponse:
    """Sends people to their language: the one the browser asks for, or the nation's first."""
    language = translation.get_language_from_request(request)
    with translation.override(language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
        response = redirect(reverse("home:home"))
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


LARGE_TILES = 8


@require_safe
@public_page
def home(request: HttpRequest) -> str:
    language = reader_language()
    topics = topic_tiles(language)
    context = {
        "tiles": topics[:LARGE_TILES],
        "further": topics[LARGE_TILES:],
        "courses": course_cards(language),
    }
    return render_page(request, "home/home.html", context)
