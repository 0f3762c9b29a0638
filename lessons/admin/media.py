from pathlib import PurePosixPath
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from lessons.admin.careful import LookedAt, RowsLookedAt
from lessons.models import Media, Recording, Rendition
from lessons.narrations import sound_url


class RenditionInline(RowsLookedAt):
    model = Rendition
    fields = ("mime", "width", "height", "size")


@admin.register(Media)
class MediaAdmin(LookedAt):
    """Pictures; they are uploaded in the studio."""

    list_display = ("__str__", "mime", "width", "height", "size", "uploaded_at")
    list_filter = ("mime",)
    search_fields = ("original_name", "sha256", "uses__alt")
    fields = ("picture", "original_name", "mime", "size", "width", "height", "sha256", "file", "uploaded_at")
    inlines = (RenditionInline,)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("picture",)

    @admin.display(description=_("picture"))
    def picture(self, media: Media) -> SafeString:
        """The picture itself, no wider than a phone."""
        extension = PurePosixPath(media.file).suffix.removeprefix(".")
        address = reverse("media", kwargs={"sha256": media.sha256, "ext": extension})
        return format_html('<img src="{}" alt="" width="{}">', address, min(media.width, 360))


@admin.register(Recording)
class RecordingAdmin(LookedAt):
    """Recorded voices; they are uploaded in the studio."""

    list_display = ("__str__", "mime", "seconds", "size", "uploaded_at")
    list_filter = ("mime",)
    search_fields = ("original_name", "sha256", "narrations__narrator")
    fields = ("sound", "original_name", "mime", "seconds", "size", "sha256", "file", "uploaded_at")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("sound",)

    @admin.display(description=_("recording"))
    def sound(self, recording: Recording) -> SafeString:
        """The recording itself, which nothing is loaded of before it is pressed."""
        address = sound_url(recording.sha256, recording.file)
        return format_html('<audio controls preload="none" src="{}"></audio>', address)
