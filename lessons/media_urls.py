"""Pictures and recordings have one address in every language."""

from django.urls import re_path

from lessons import views

urlpatterns = [
    re_path(r"^(?P<sha256>[0-9a-f]{64})\.(?P<ext>webp|svg|avif)$", views.media, name="media"),
    re_path(r"^(?P<sha256>[0-9a-f]{64})\.(?P<ext>mp3|m4a|ogg)$", views.sound, name="sound"),
]
