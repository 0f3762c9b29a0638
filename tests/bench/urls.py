from django.urls import include, path

from tests.bench import bare

urlpatterns = [
    path("bare/template/", bare.one_template),
    path("bare/query/", bare.one_query),
    path("bare/write/", bare.one_row),
    path("", include("portal.urls")),
]
