"""HTTP for the tools above a lesson's text."""

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lessons.words import reader_language
from portal.accounts.rights import permission_required
from portal.studio.languages import written_languages
from portal.studio.writing.finder import find_lessons, lessons_at

MOST_SLUGS = 40
LONGEST = 100


@permission_required("studio.write")
@require_safe
@never_cache
def lessons(request: HttpRequest) -> HttpResponse:
    """JSON: `lessons` whose title has the words in `q`, or whose address is a `slug`, and `says`, how many there are.

    `language` is that of the text that will link to them.
    """
    reader, language = reader_language(), request.GET.get("language", "")
    language = language if language in written_languages() else reader
    if slugs := request.GET.getlist("slug")[:MOST_SLUGS]:
        found = lessons_at(slugs, reader, language)
        count = len(found)
    else:
        found, count = find_lessons(request.GET.get("q", "")[:LONGEST], reader, language)
    return JsonResponse({"lessons": [asdict(line) for line in found], "says": _says(len(found), count)})


def _says(shown: int, count: int) -> str:
    if not count:
        return _("No lesson is called that. Try another word of its title.")
    if shown < count:
        said = _("The first %(shown)s of %(count)s lessons. Type more of the title.")
        return said % {"shown": shown, "count": count}
    return ngettext("%(count)s lesson", "%(count)s lessons", count) % {"count": count}
