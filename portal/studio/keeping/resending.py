"""A form that was sent after its log-in had ended, or with a token of before: held, or sent once more, never lost.

A form tells with a signature whose page it was: what it brings is given back to nobody else.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render

from portal.accounts.kept import typed_texts
from portal.accounts.models import User
from portal.studio.keeping.copies import Fields
from portal.studio.keeping.sent import TYPIST

SALT = "studio.typist"
HELD = "studio_held"
MOST_FORMS, MOST_CHARACTERS = 5, 400_000
View = Callable[..., HttpResponseBase]


def signed(person: User) -> str:
    return Signer(salt=SALT).sign(str(person.pk))


def typist_of(request: HttpRequest) -> int | None:
    """The id of the person whose page sent the form; None where it does not say so, or not with our signature."""
    try:
        return int(Signer(salt=SALT).unsign(request.POST.get(TYPIST, "")))
    except (BadSignature, ValueError):
        return None


def loses_nothing(view: View) -> View:
    """A decorator, outside of the guard: what is sent by who is logged out, or by another one, is not thrown away."""

    @wraps(view)
    def careful(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and (typist := typist_of(request)) not in (None, request.user.pk):
            return _once_more(request, typist)
        return view(request, *args, **kwargs)

    return careful


def once_more(request: HttpRequest, **kwargs: Any) -> HttpResponse | None:
    """Instead of the page that refuses a form for its token: the same form again; None for one that is not ours."""
    typist = typist_of(request)
    return None if typist is None else _once_more(request, typist)


def _once_more(request: HttpRequest, typist: int | None) -> HttpResponse:
    guest = not request.user.is_authenticated
    held = guest and _hold(request, typist)
    context = {
        "held": held,
        "guest": guest,
        "other": not guest and request.user.pk != typist,
        "login_url": redirect_to_login(request.path).url,
        "fields": list(_to_send(request.POST)),
        "files": bool(request.FILES),
        "typed": typed_texts(request),
    }
    response = render(request, "studio/keeping/once_more.html", context, status=403)
    response["Cache-Control"] = "private, no-store"
    return response


def _to_send(data: QueryDict) -> Any:
    for name, values in data.lists():
        if name != "csrfmiddlewaretoken":
            yield from ((name, value) for value in values)


def _hold(request: HttpRequest, typist: int | None) -> bool:
    """Keep the form in the session of this browser, for the person whose page it was; False where it is too large."""
    fields = dict(_lists(request.POST))
    if sum(len(value) for values in fields.values() for value in values) > MOST_CHARACTERS:
        return False
    form = {"person": typist, "page": _page(request), "fields": fields}
    others = [one for one in request.session.get(HELD, []) if not _is_at(one, typist, _page(request))]
    request.session[HELD] = [*others, form][-MOST_FORMS:]
    return True


def _lists(data: QueryDict) -> Any:
    return ((name, values) for name, values in data.lists() if name != "csrfmiddlewaretoken")


def _page(request: HttpRequest) -> list[Any]:
    match = request.resolver_match
    return [match.url_name, dict(match.kwargs)] if match else []


def _is_at(form: dict[str, Any], person: Any, page: list[Any]) -> bool:
    return bool(form["person"] == person and form["page"] == page)


def held_for(request: HttpRequest) -> QueryDict | None:
    """What this person sent from this page when their log-in had ended."""
    for form in request.session.get(HELD, []):
        if _is_at(form, request.user.pk, _page(request)):
            return _as_sent(form["fields"])
    return None


def _as_sent(fields: Fields) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in fields.items():
        data.setlist(name, values)
    return data


def let_go(request: HttpRequest) -> None:
    """Hold it no longer."""
    if held := request.session.get(HELD):
        request.session[HELD] = [one for one in held if not _is_at(one, request.user.pk, _page(request))]
