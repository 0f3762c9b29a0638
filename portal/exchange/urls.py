from django.urls import path

from portal.exchange import views

app_name = "exchange"

urlpatterns = [
    path("", views.packages, name="packages"),
    path("all.zip", views.download_all, name="download_all"),
    path("waiting/<uuid:package>/", views.waiting, name="waiting"),
    path("waiting/<uuid:package>/again/", views.look_again, name="look_again"),
    path("waiting/<uuid:package>/read/", views.read, name="read"),
    path("waiting/<uuid:package>/discard/", views.discard, name="discard"),
    path("<slug:course>.zip", views.download, name="download"),
]
