"""What a page of the studio sends, as it is kept in a working copy, and a copy as forms are filled with it."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.http import QueryDict
from django.utils.crypto import get_random_string

from portal.studio.drafts import Typed, Written, is_begun_from, tidy
from portal.studio.forms import BASE, base_in
from portal.studio.keeping.copies import Fields, Sheet
from portal.studio.models import WorkingCopy
from portal.studio.standing import Standing

KNOWN, TAB, TYPIST, PLACE, CLEAN = "copy-id", "tab-id", "typist-id", "place-id", "clean-id"
MACHINERY = {KNOWN, TAB, TYPIST, PLACE, CLEAN, "csrfmiddlewaretoken", "deed", "then"}
WORDS = tuple(Written.__dataclass_fields__)
PICTURE, CREDIT = "picture-", "credit-"


@dataclass(frozen=True)
class Unsaved:
    """What there is to keep of a form: empty `typed` where the form holds nothing that is not saved."""

    typed: Fields
    begun_from: dict[str, Any]
    languages: str = ""


def sheet_of(data: Mapping[str, Any]) -> Sheet:
    """Which page sent it; a page without a script is another one each time."""
    sent = re.fullmatch(r"([a-z0-9]{8,32})\.([0-9]{1,9})", str(data.get(TAB, "")))
    known = str(data.get(KNOWN, ""))
    return Sheet(sent[1], int(sent[2]), known) if sent else Sheet(get_random_string(16), 1, known)


def fields_of(data: QueryDict) -> Fields:
    """Everything that was typed or chosen, without what only the page itself needs."""
    said = {name: [_plain(value) for value in values] for name, values in data.lists() if name not in MACHINERY}
    return {name: values for name, values in said.items() if re.fullmatch(r"(?!merge-)[\w.-]{1,100}", name)}


def _plain(value: Any) -> str:
    """As it is stored: one sort of line end, and without the one character that no database holds."""
    return str(value).replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def unsaved_text(data: QueryDict, standings: Mapping[str, Standing]) -> Unsaved:
    """Of a lesson's form the languages in which it is another text than that which is kept, and words of a picture."""
    fields, begun_from, typed, languages = fields_of(data), {}, dict[str, list[str]](), list[str]()
    for language, standing in standings.items():
        own = {name: said for name, said in fields.items() if name.startswith(f"{language}-")}
        mark = data.get(f"{language}-id", "")
        words = words_in(own, language)
        if not own or is_begun_from(words, mark) or words == Written.of(standing.current):
            continue
        own.pop(f"{language}-{BASE}", None)
        typed |= own
        languages.append(language)
        if base := base_in(data.get(f"{language}-{BASE}", ""), mark):
            begun_from[language] = asdict(base)
    said_of_picture = {name: said for name, said in fields.items() if name.startswith((PICTURE, CREDIT)) and any(said)}
    return Unsaved(typed | said_of_picture, begun_from, " ".join(languages))


def words_in(fields: Fields, language: str) -> Written:
    """The words of one language as saving would take them."""
    said = {name: tidy((fields.get(f"{language}-{name}") or [""])[0]) for name in WORDS}
    return Written(**said | {"title": " ".join(said["title"].split())})


def unsaved_question(data: QueryDict) -> Unsaved:
    """Everything in a question's form, unless its page says that it is as it was given out."""
    return Unsaved({}, {}) if data.get(CLEAN) else Unsaved(fields_of(data), {})


def typed_in(copy: WorkingCopy | None) -> dict[str, Typed]:
    """A copy of a lesson's form, by language, as forms show it: just as it was typed."""
    if copy is None:
        return {}
    return {language: _typed(copy, language) for language in copy.languages.split()}


def _typed(copy: WorkingCopy, language: str) -> Typed:
    written = Written(*(copy.first(f"{language}-{name}") for name in WORDS))
    base = copy.begun_from.get(language)
    return Typed(written, copy.first(f"{language}-id", "-"), base=Written(**base) if base else None)


def picture_words_in(copy: WorkingCopy | None, form: str = PICTURE) -> dict[str, Any]:
    """What was typed of a picture that is not uploaded yet, or of its credit, by the names of that form."""
    said = copy.typed.items() if copy else ()
    return {name.removeprefix(form): values[0] for name, values in said if name.startswith(form)}


def data_in(copy: WorkingCopy) -> QueryDict:
    """A copy of a question's form as a browser would send it."""
    data = QueryDict(mutable=True)
    for name, values in copy.typed.items():
        data.setlist(name, values)
    return data


def pairs_in(copy: WorkingCopy) -> list[tuple[str, str]]:
    """A copy as its fields would be sent again, with the words that it began from."""
    began = [(f"{language}-{BASE}", json.dumps(base)) for language, base in copy.begun_from.items()]
    return [(name, value) for name, values in copy.typed.items() for value in values] + began
