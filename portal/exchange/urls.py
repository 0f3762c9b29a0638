from django.urls import path

from portal.exchange import views
from portal.exchange.questions.views import read_questions

app_name = "exchange"

urlpatterns = [
    path("lessons/<slug:lesson>/read-questions/", read_questions, name="read_questions"),
    path("packages/", views.packages, name="packages"),
    path("packages/all.zip", views.download_all, name="download_all"),
    path("packages/waiting/<uuid:package>/", views.waiting, name="waiting"),
    path("packages/waiting/<uuid:package>/again/", views.look_again, name="look_again"),
    path("packages/waiting/<uuid:package>/read/", views.read, name="read"),
    path("packages/waiting/<uuid:package>/discard/", views.discard, name="discard"),
    path("packages/<slug:course>.zip", views.download, name="download"),
]
