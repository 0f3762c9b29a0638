from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from lessons.models import Media
from lessons.renditions import WEBP, make_renditions


class Command(BaseCommand):
    help = "Make the narrower and smaller renditions that stored photographs lack. Doing it again changes nothing."

    def handle(self, **options: Any) -> None:
        made = 0
        for media in Media.objects.filter(mime=WEBP).order_by("pk").iterator(chunk_size=100):
            try:
                made += make_renditions(media)
            except FileNotFoundError:
                message = _("The file of the picture “%(name)s” is missing: %(file)s")
                self.stderr.write(message % {"name": media, "file": media.file})
        self.stdout.write(_("Made: %(count)s") % {"count": made})
