"""An answer that could not be saved where it was sent: the session keeps it until it is sent again or is of no use."""

import json
import uuid

from django.http import HttpRequest, QueryDict

KEY = "unsent_answers"
MOST = 5
LONGEST = 8000  # characters; no page of ours sends as many
BESIDE = {"csrfmiddlewaretoken", "submission_id", "started"}


def keep(request: HttpRequest, attempt: uuid.UUID, step: int) -> bool:
    """Keeps what was entered, the newest few; whether it was small enough to be."""
    fields = {name: values for name, values in request.POST.lists() if name not in BESIDE}
    if len(json.dumps(fields)) > LONGEST:
        return False
    others = {place: kept for place, kept in _all(request).items() if place != _place(attempt, step)}
    newest = dict(list(others.items())[1 - MOST :])
    request.session[KEY] = newest | {_place(attempt, step): fields}
    return True


def kept(request: HttpRequest, attempt: uuid.UUID, step: int) -> QueryDict | None:
    """What was entered there and not saved, as the form would send it."""
    fields = _all(request).get(_place(attempt, step))
    if fields is None:
        return None
    data = QueryDict(mutable=True)
    for name, values in fields.items():
        data.setlist(name, values)
    return data


def drop(request: HttpRequest, attempt: uuid.UUID, step: int) -> bool:
    """Forgets it; whether there was any."""
    place, entries = _place(attempt, step), _all(request)
    if place not in entries:
        return False
    request.session[KEY] = {other: fields for other, fields in entries.items() if other != place}
    return True


def _all(request: HttpRequest) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = request.session.get(KEY, {})
    return found


def _place(attempt: uuid.UUID, step: int) -> str:
    return f"{attempt}/{step}"
