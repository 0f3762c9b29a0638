"""The portal with a page that breaks and one that lets nobody in."""

from typing import NoReturn

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import path

from portal.accounts.models import User
from portal.urls import handler403, handler404, handler500
from portal.urls import urlpatterns as portal_urls

__all__ = ["handler403", "handler404", "handler500", "urlpatterns"]


def broken(request: HttpRequest) -> NoReturn:
    raise ZeroDivisionError


def closed(request: HttpRequest) -> NoReturn:
    raise PermissionDenied


def reads(request: HttpRequest) -> NoReturn:
    User.objects.count()
    raise AssertionError("the database should have been away")


urlpatterns = [
    path("en/broken/", broken),
    path("en/closed/", closed),
    path("ar/closed/", closed),
    path("en/reads/", reads),
    *portal_urls,
]
