"""Where a lesson's page leads on to once it is saved, so that nothing typed there is lost on the way."""

from django.urls import reverse
from django.utils.http import urlencode

from lessons.models import Lesson, Media


def way_on(then: str, lesson: Lesson) -> str:
    """The address that a button of the lesson's page asked for; empty where it asked for none, or for nonsense.

    `then` is `send`, `library`, `add`, or a deed and a picture's number: `crop-12`, `picture-12`.
    """
    if then == "send":
        return reverse("studio:send_lesson", kwargs={"lesson": lesson.slug})
    query = f"?{urlencode({'lesson': lesson.slug})}"
    if then == "library":
        return reverse("studio:pictures") + query
    if then == "add":
        return reverse("studio:add_pictures") + query
    deed, _dash, number = then.partition("-")
    names = {"crop": "studio:crop_picture", "picture": "studio:picture"}
    if deed in names and number.isascii() and number.isdigit():
        return reverse(names[deed], kwargs={"picture": int(number)}) + query
    return ""


def back_to(lesson: Lesson, media: Media | None = None) -> str:
    """The pictures of the lesson's page, or that one of them."""
    part = f"picture-{media.pk}" if media else "pictures"
    return f"{reverse('studio:lesson', kwargs={'lesson': lesson.slug})}#{part}"
