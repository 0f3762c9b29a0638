"""Addresses without a language."""

from django.urls import path

from portal.home import health, views

app_name = "plain"

urlpatterns = [
    path("", views.to_language, name="root"),
    path("healthz", health.healthz, name="health"),
]
