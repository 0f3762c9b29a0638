"""The portal with a page that breaks and one that lets nobody in."""

from typing import NoReturn

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest
from django.urls import path

from portal.accounts.models import User
from portal.urls import handler400, handler403, handler404, handler500
from portal.urls import urlpatterns as portal_urls

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def broken(request: HttpRequest) -> NoReturn:
    raise ZeroDivisionError


def unreadable(request: HttpRequest) -> NoReturn:
    raise BadRequest


def closed(request: HttpRequest) -> NoReturn:
    raise PermissionDenied


def reads(request: HttpRequest) -> NoReturn:
    User.objects.count()
    raise AssertionError("the database should have been away")


urlpatterns = [
    path("en/broken/", broken),
    path("en/unreadable/", unreadable),
    path("ar/unreadable/", unreadable),
    path("en/closed/", closed),
    path("ar/closed/", closed),
    path("en/reads/", reads),
    *portal_urls,
]
