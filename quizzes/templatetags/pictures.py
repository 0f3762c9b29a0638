from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from lessons.credits import CreditLine, line_of
from lessons.markdown.figures import Shown, picture_html
from lessons.models import Media
from quizzes.kinds.base import Drawing

register = template.Library()
HASH = 64
EMPTY = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {} {}'/%3E"


@register.simple_tag
def kept_picture(drawing: Drawing) -> SafeString:
    """The picture with its renditions, two queries at most; its words alone where it is not kept here."""
    media = Media.objects.filter(sha256=drawing.file[:HASH]).prefetch_related("renditions").first()
    if media:
        return picture_html(Shown(media), drawing.alt, leading=True, whole=True)
    size = (drawing.width, drawing.height)
    return format_html('<img src="{}" width="{}" height="{}" alt="{}">', EMPTY.format(*size), *size, drawing.alt)


@register.simple_tag
def picture_credit(drawing: Drawing) -> CreditLine | None:
    """What readers are told of who made the picture; None where nothing is to be told. One query."""
    media = Media.objects.filter(sha256=drawing.file[:HASH]).select_related("credit", "cropped_from__credit").first()
    return line_of(media, drawing.alt) if media else None
