"""HTTP for the words of courses, modules, skills, terms and facts in another language; they count at once."""

from collections import defaultdict
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from lessons import stamp
from lessons.words import reader_language
from portal.accounts.audit import record
from portal.accounts.rights import permission_required
from portal.language.formats import number
from portal.studio.languages import direction, language_name, written_languages
from portal.studio.translating.shared_words import WRITTEN_HERE, Sort
from portal.studio.translating.word_forms import OwnWordsForm, form_class

A_PAGE = 20


@permission_required("words.translate")
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest, language: str) -> HttpResponse:
    """One sort of words beside those of another language, page by page; at first what is missing only."""
    if language not in written_languages():
        raise Http404
    sort = WRITTEN_HERE.get(request.GET.get("of", "courses"))
    if sort is None:
        raise Http404
    everything = "all" in request.GET
    with transaction.atomic():
        page = _page(sort, language, request.GET.get("page"), everything=everything)
        forms = _forms(request, sort, language, page)
        if request.method != "POST":
            return _show(request, language, sort, page, forms, everything=everything)
        saved = _save(request, sort, forms)
    if any(form.errors for form in forms):
        return _show(request, language, sort, page, forms, everything=everything, status=422)
    if saved:
        said = ngettext(
            "Saved in %(count)s place. Readers see it now.", "Saved in %(count)s places. Readers see it now.", saved
        )
        messages.success(request, said % {"count": number(saved)})
    else:
        messages.info(request, _("Nothing had changed, so nothing was saved."))
    return redirect(f"{reverse('studio:language_words', args=[language])}?of={sort.slug}{'&all' if everything else ''}")


def _page(sort: Sort, language: str, asked: str | None, *, everything: bool) -> Page[Any]:
    owners = sort.owners()
    if not everything:
        there = sort.rows().filter(**{sort.owner: OuterRef("pk")}, language=language)
        owners = owners.exclude(Exists(there))
    return Paginator(owners, A_PAGE).get_page(asked)


def _forms(request: HttpRequest, sort: Sort, language: str, page: Page[Any]) -> list[OwnWordsForm]:
    """A form for each owner on the page; two queries, and none a row."""
    sent = request.POST if request.method == "POST" else None
    owners = _sent_owners(sort, sent) if sent else list(page)
    texts: dict[int, dict[str, Any]] = defaultdict(dict)
    for text in sort.rows().filter(**{f"{sort.owner}__in": owners}):
        texts[getattr(text, f"{sort.owner}_id")][text.language] = text
    form = form_class(sort)
    return [
        form(
            sent,
            prefix=f"of-{owner.pk}",
            sort=sort,
            owner=owner,
            beside=_beside(texts[owner.pk], language),
            instance=texts[owner.pk].get(language) or sort.texts(**{sort.owner: owner, "language": language}),
        )
        for owner in owners
    ]


def _sent_owners(sort: Sort, sent: Any) -> list[Any]:
    """Those whose fields came back, whatever the list would hold by now."""
    ids = [value for value in sent.getlist("owner")[: 2 * A_PAGE] if value.isdecimal()]
    return list(sort.owners().filter(pk__in=ids).select_for_update(of=("self",)))


def _beside(texts: dict[str, Any], language: str) -> Any:
    """The words to translate from: in the language of the page, or else of the nation, or else any."""
    wanted = (reader_language(), settings.LANGUAGE_CODE, *texts)
    return next((texts[code] for code in wanted if code in texts and code != language), None)


def _save(request: HttpRequest, sort: Sort, forms: list[OwnWordsForm]) -> int:
    """Save every form that is whole; how many had changed."""
    changed = [form for form in forms if not form.frozen and form.is_valid() and form.has_changed()]
    for form in changed:
        form.save()
        language = form.instance.language
        record(request, "words.translated", f"{sort.slug} {form.owner} {language}", words=form.cleaned_data)
    if changed:
        sort.changed([form.owner for form in changed])
        stamp.touch()
    return len(changed)


def _show(
    request: HttpRequest,
    language: str,
    sort: Sort,
    page: Page[Any],
    forms: list[OwnWordsForm],
    *,
    everything: bool,
    status: int = 200,
) -> HttpResponse:
    context = {
        "language": language,
        "name": language_name(language),
        "direction": direction(language),
        "sort": sort,
        "sorts": WRITTEN_HERE.values(),
        "page": page,
        "forms": forms,
        "to_mend": [form for form in forms if form.is_bound and form.errors],
        "everything": everything,
        "query": f"of={sort.slug}{'&all' if everything else ''}",
    }
    return render(request, "studio/translating/words.html", context, status=status)
