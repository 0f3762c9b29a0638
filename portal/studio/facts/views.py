"""HTTP for this country's values of local facts: writing them, and trying them out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from lessons.words import reader_language
from portal.accounts.rights import may, may_everywhere, permission_required
from portal.studio.comparison import Change, change
from portal.studio.facts.forms import ValueForm, value_forms
from portal.studio.facts.groups import grouped
from portal.studio.facts.standing import FactStanding, ValueStanding, fact_standings
from portal.studio.facts.trial import trial_of
from portal.studio.facts.uses import Uses, uses_by_fact
from portal.studio.facts.writing import NotSaved, UnderReview, save


@dataclass(frozen=True)
class FactLine:
    """A fact as the page shows it; `uses` is None where nothing names it."""

    standing: FactStanding
    forms: Sequence[ValueForm]
    uses: Uses | None

    @property
    def key(self) -> str:
        return self.standing.key


Clash = tuple[str, str, list[Change]]


@permission_required("facts.view")
@require_http_methods(["GET", "HEAD", "POST"])
def facts(request: HttpRequest) -> HttpResponse:
    """Every local fact in one page; what is sent is saved as drafts, all of it or nothing."""
    standings = fact_standings(reader_language())
    if request.method != "POST":
        return _show(request, standings, value_forms(standings))
    if not may_everywhere(request.user, "facts.write"):
        raise PermissionDenied
    return _save(request, standings)


def _show(
    request: HttpRequest,
    standings: list[FactStanding],
    forms: dict[str, list[ValueForm]],
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    uses = uses_by_fact(reader_language())
    lines = [FactLine(each, forms[each.key], uses.get(each.key)) for each in standings]
    asked = [form for line in lines for form in line.forms]
    context = {
        "groups": grouped(lines),
        "unset": grouped([line for line in lines if not line.standing.is_set]),
        "set": sum(each.is_set for each in standings),
        "total": len(standings),
        "drafts": sum(value.is_draft for each in standings for value in each.values),
        "to_mend": [form for form in asked if form.is_bound and form.errors],
        "writes": may_everywhere(request.user, "facts.write"),
        "studio": may(request.user, "studio.open"),
    }
    return render(request, "studio/facts/facts.html", context | more, status=status)


def _save(request: HttpRequest, standings: list[FactStanding]) -> HttpResponse:
    forms = value_forms(standings, request.POST)
    asked = [form for some in forms.values() for form in some]
    # What the browser did not send was not on the page that it shows, so it is left as it is.
    sent = [form for form in asked if form.add_prefix("id") in request.POST]
    if [form for form in sent if not form.is_valid()]:
        return _show(request, standings, forms, 422)
    user: Any = request.user
    try:
        saved = save(user, [form.typed for form in sent])
    except NotSaved as refusal:
        return _show_clash(request, sent, refusal)
    _say_saved(request, saved)
    return redirect("studio:facts")


def _say_saved(request: HttpRequest, saved: list[ValueStanding]) -> None:
    if not saved:
        messages.info(request, _("Nothing had changed, so nothing was saved."))
        return
    said = ngettext("%(count)s value is saved as a draft.", "%(count)s values are saved as drafts.", len(saved))
    messages.success(request, said % {"count": len(saved)})


def _show_clash(request: HttpRequest, sent: list[ValueForm], refusal: NotSaved) -> HttpResponse:
    """409: what was typed stays in its fields, begun from what is kept now; sent once more, it is saved.

    A field that was left as it was shows what is kept now: sent again, it must not take somebody else's value back.
    """
    typed = {form.standing.slug: form.typed.value for form in sent if not form.typed.untouched}
    fresh = fact_standings(reader_language())
    forms = {
        each.key: [ValueForm(standing=value, label=each.label, value=typed.get(value.slug)) for value in each.values]
        for each in fresh
    }
    labels = {each.key: each.label for each in fresh}
    clash: list[Clash] = [
        (
            labels[value.fact.key],
            value.direction,
            [change(value.name or _("In every language"), value.current, typed[value.slug])],
        )
        for value in refusal.values
    ]
    under_review = isinstance(refusal, UnderReview)
    return _show(request, fresh, forms, 409, clash=clash, under_review=under_review)


@permission_required("facts.view")
@require_safe
def try_facts(request: HttpRequest) -> HttpResponse:
    """A lesson, card or question with the values that are being written, beside what it says today."""
    language, what = reader_language(), request.GET.get("what", "")
    asked = request.GET.get("language", "")
    asked = asked if asked in dict(settings.LANGUAGES) else language
    sort, _colon, place = what.partition(":")
    trial = trial_of(sort, place, asked) if what else None
    if what and trial is None:
        raise Http404
    standings, uses = fact_standings(language), uses_by_fact(language)
    touched = {use for each in standings if each.has_open for use in uses.get(each.key, ())}
    everything = {use for some in uses.values() for use in some}
    labels = {each.key: each.label for each in standings}
    context = {
        "trial": trial,
        "changes": [(labels.get(each.key, each.key), each) for each in trial.changes] if trial else [],
        "what": what,
        "asked": asked,
        "languages": settings.LANGUAGES,
        "touched": sorted(touched),
        "others": sorted(everything - touched),
        "studio": may(request.user, "studio.open"),
    }
    return render(request, "studio/facts/try.html", context)
