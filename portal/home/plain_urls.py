"""Addresses without a language."""

from django.urls import path

from portal.home import health, sitemap, views

app_name = "plain"

urlpatterns = [
    path("", views.to_language, name="root"),
    path("healthz", health.healthz, name="health"),
    path("robots.txt", sitemap.robots, name="robots"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("sitemap-<int:part>.xml", sitemap.sitemap_part, name="sitemap_part"),
]
