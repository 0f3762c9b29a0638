"""A worksheet in the page of a lesson, as the person left it."""

from django.http import HttpRequest
from django.urls import reverse

from lessons import slots, worksheets
from portal.accounts.models import User
from portal.worksheets.filling import values_of


def worksheet(request: HttpRequest, argument: str) -> str:
    """`argument`: the key of the lesson, its title, and the worksheet as it has it, each on a line of its own."""
    lesson_key, title, html = argument.split("\n", 2)
    [sheet] = worksheets.worksheets_in(html).values()
    if not isinstance(request.user, User):
        return worksheets.form(sheet, {}, lesson_key, title=title)
    values = values_of(request.user, lesson_key, sheet.key)
    save_url = reverse("worksheets:save", kwargs={"lesson_key": lesson_key, "key": sheet.key})
    return worksheets.form(
        sheet, values, lesson_key, title=title, save_url=save_url, csrf_token=slots.TOKEN, saved=bool(values)
    )


def register() -> None:
    slots.register(worksheets.SLOT, worksheet)
