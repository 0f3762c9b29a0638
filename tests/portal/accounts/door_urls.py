"""The portal with two rooms for staff that do nothing, to try the doors."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from portal.accounts.rights import permission_required, role_required
from portal.urls import handler403, handler404, handler500
from portal.urls import urlpatterns as portal_urls

__all__ = ["handler403", "handler404", "handler500", "urlpatterns"]


@permission_required("studio.write")
def write(request: HttpRequest) -> HttpResponse:
    return HttpResponse("written")


@role_required("manager")
def manage(request: HttpRequest) -> HttpResponse:
    return HttpResponse("managed")


urlpatterns = [path("en/write/", write), path("en/manage/", manage), *portal_urls]
