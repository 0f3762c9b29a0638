from django.conf import settings
from django.http import HttpRequest, HttpResponse

from portal.accounts.models import User

YEAR = 60 * 60 * 24 * 365


def remember_language(response: HttpResponse, user: User) -> None:
    """Lets the bare address of the portal lead to this person's language in this browser, also when logged out."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        user.language,
        max_age=YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def knows_language(request: HttpRequest) -> bool:
    """Whether somebody's language is remembered in this browser."""
    return settings.LANGUAGE_COOKIE_NAME in request.COOKIES
