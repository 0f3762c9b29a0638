from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from lessons.pages import LEARNER_COOKIE


def spent_cookie(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Takes the guest's cookie away once their progress belongs to an account."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if getattr(request, "learner_cookie_spent", False):
            response.delete_cookie(LEARNER_COOKIE, samesite="Lax")
        return response

    return middleware
