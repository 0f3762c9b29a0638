"""What can be wrong with a catalogue, each fault a sentence that names the message and the remedy."""

import re
from collections import Counter
from collections.abc import Iterator

from babel.messages.catalog import Catalog, Message

# English words that Arabic pages keep as they are, each for a reason a reader would accept.
SAME_IN_ARABIC = frozenset({"English", "CSV", "XLSX"})

PLACEHOLDER = re.compile(r"%\(\w+\)[sdf]|(?<!%)%[sd]|\{\w*\}")
ARABIC_LETTER = re.compile(r"[\u0621-\u064A]")
FORMS_THAT_COUNT_IN_WORDS = 3  # none, one and two may say the number as a word


def faults(catalog: Catalog, gathered: Catalog, allowed: frozenset[str] = SAME_IN_ARABIC) -> list[str]:
    """Every fault of an Arabic catalogue against the texts gathered from the sources."""
    found = list(_out_of_step(catalog, gathered))
    for message in catalog:
        if message.id:
            found += [f"{_name(message)} {fault}" for fault in _message_faults(message, catalog.num_plurals, allowed)]
    return found


def _out_of_step(catalog: Catalog, gathered: Catalog) -> Iterator[str]:
    kept = {_identity(message): message for message in catalog if message.id}
    wanted = {_identity(message): message for message in gathered if message.id}
    for identity, message in wanted.items():
        if identity not in kept:
            yield f"{_name(message)} is not in the catalogue: run make messages, then translate it"
        elif isinstance(message.id, str) != isinstance(kept[identity].id, str) or message.id != kept[identity].id:
            yield f"{_name(message)} has another plural in the sources: run make messages"
    for identity, message in kept.items():
        if identity not in wanted:
            yield f"{_name(message)} is in no source any more: run make messages"
    for message in catalog.obsolete.values():
        yield f"{_name(message)} is kept as obsolete: run make messages"


def _message_faults(message: Message, plurals: int, allowed: frozenset[str]) -> Iterator[str]:
    forms = [message.string] if isinstance(message.string, str) else list(message.string or [""])
    if message.fuzzy:
        yield "is fuzzy: read it, mend it, remove the flag"
    if not all(forms):
        yield f"lacks {forms.count('')} of {len(forms)} forms" if any(forms) else "is not translated"
        return
    if isinstance(message.id, (list, tuple)) and len(forms) != plurals:
        yield f"has {len(forms)} plural forms and needs {plurals}"
    sources = list(message.id) if isinstance(message.id, (list, tuple)) else [message.id]
    if sources[0] not in allowed:
        for form in forms:
            if form in sources or not ARABIC_LETTER.search(form):
                yield f"is not Arabic: {form!r}"
    yield from _placeholder_faults(sources, forms)


def _placeholder_faults(sources: list[str], forms: list[str]) -> Iterator[str]:
    wanted = Counter(PLACEHOLDER.findall(sources[-1]))
    for index, form in enumerate(forms):
        given = Counter(PLACEHOLDER.findall(form))
        may_drop_one = len(sources) > 1 and index < FORMS_THAT_COUNT_IN_WORDS
        missing, strange = wanted - given, given - wanted
        if strange or sum(missing.values()) > may_drop_one:
            yield f"needs {_list(wanted)} and form {index} has {_list(given)}"


def _list(placeholders: Counter[str]) -> str:
    return ", ".join(sorted(placeholders.elements())) or "no placeholder"


def _identity(message: Message) -> tuple[str | None, str]:
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def _name(message: Message) -> str:
    context, text = _identity(message)
    return f'"{text}"' + (f" ({context})" if context else "")
