from django.urls import path

from portal.urls import handler400, handler403, handler404, handler500
from portal.urls import urlpatterns as portal_urls
from tests.bench import bare

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    path("bare/template/", bare.one_template),
    path("bare/query/", bare.one_query),
    path("bare/write/", bare.one_row),
    *portal_urls,
]
