from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lessons.words import reader_language
from lessons.worksheets import worksheet_of
from portal.accounts.models import User
from portal.worksheets import filling


@require_POST
def save(request: HttpRequest, lesson_key: str, key: str) -> HttpResponse:
    """Keeps the sheet and goes back to it; a script hears 204 once it is kept, 401 where nobody is logged in."""
    by_script = request.headers.get("X-Requested-With") == "fetch"
    lesson_url = reverse("lessons:by_key", kwargs={"key": lesson_key})
    if not isinstance(request.user, User):
        return HttpResponse(status=401) if by_script else redirect_to_login(lesson_url)
    sheet = worksheet_of(lesson_key, key, reader_language())
    if sheet is None:
        raise Http404
    try:
        filling.save(request.user, lesson_key, sheet, request.POST.dict())
    except ValidationError as error:
        raise BadRequest(error.message) from error
    if by_script:
        return HttpResponse(status=204)
    messages.success(request, _("Saved in your account."))
    return redirect(f"{lesson_url}#sheet-{sheet.key}")
