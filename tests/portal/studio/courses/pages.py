"""What browsers send to the pages of lessons and courses."""

from typing import Any

from django.test import Client

from lessons.models import CourseEdition
from tests.portal.studio.people import text_of

NEW_LESSON, NEW_COURSE = "/en/studio/lessons/new/", "/en/studio/courses/new/"
EDITION = "/en/studio/courses/first-aid/edition/"
LESSON = {"title": "Burns", "language": "en", "minutes": "5"}
COURSE = {"title": "At home", "summary": "What to do at home.", "language": "en", "valid_months": "12"}


def form_fields(page: Any, name: str = "form") -> dict[str, Any]:
    """Everything that the browser would send back of a form, nothing in it changed."""
    fields: dict[str, Any] = {"mark": page.context.get("mark", "")}
    for field in page.context[name]:
        value = field.value()
        if field.name != "mark" and value not in (None, False, ""):
            fields[field.html_name] = "on" if value is True else value
    return fields


def order_fields(page: Any) -> dict[str, Any]:
    """The order of an edition as its page would send it back."""
    fields: dict[str, Any] = {"mark": page.context["mark"], "line": []}
    for module in page.context["modules"]:
        fields["line"] += [module.line, *(lesson.line for lesson in module.lessons)]
        fields |= {title.name: title.value for title in module.titles}
    return fields


def press(client: Client, deed: str, url: str = EDITION, **changed: Any) -> Any:
    """Open the order and press one of its buttons."""
    return client.post(url, order_fields(client.get(url)) | {"deed": deed} | changed)


def begun(client: Client, url: str = EDITION) -> CourseEdition:
    """Begin a draft of the next edition."""
    response = client.post(f"{url}begin/")
    assert response.status_code == 302, text_of(response)
    return CourseEdition.objects.latest("pk")


def lines_of(edition: CourseEdition) -> list[tuple[str, list[str]]]:
    """(key of the module, addresses of its lessons), in order."""
    modules = edition.modules.prefetch_related("placements__lesson").order_by("position")
    return [(module.key, [place.lesson.slug for place in module.placements.all()]) for module in modules]
