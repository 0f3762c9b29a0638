"""A file of a package, read against its schema, with the line of each of its values."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any, Generic, TypeVar

from django.utils.translation import gettext as _
from pydantic import BaseModel, ValidationError

from portal.exchange.faults import FaultList
from portal.exchange.yaml_text import Path, Yaml, YamlFault, read_yaml

M = TypeVar("M", bound=BaseModel)
MOST_BYTES = 4_000_000


@dataclass(frozen=True)
class Document(Generic[M]):
    """What a file says; `file` is its path in the package."""

    file: str
    content: M
    lines: dict[Path, int]

    def line(self, path: Path = ()) -> int:
        return line_of(self.lines, path)


def line_of(lines: dict[Path, int], path: Sequence[str | int]) -> int:
    """The line of a value, or of the nearest thing around it that has one."""
    for end in range(len(path), -1, -1):
        if found := lines.get(tuple(path[:end])):
            return found
    return 1


def text_of(root: FilePath, path: FilePath, faults: FaultList) -> str | None:
    """The file's text, its line ends as `\\n`; None, with a fault, where it is missing or no UTF-8."""
    name = path.relative_to(root).as_posix()
    if not path.is_file():
        faults.add(name, 1, _("This file is missing. Write it; the format is in docs/course-packages.md."))
        return None
    if path.stat().st_size > MOST_BYTES:
        faults.add(name, 1, _("This file is too long. Split it."))
        return None
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        faults.add(name, line, _("This is not UTF-8. Save the file as UTF-8 text."))
        return None


def read_document(root: FilePath, path: FilePath, schema: type[M], faults: FaultList) -> Document[M] | None:
    """The file against its schema; None, with faults, where it does not fit."""
    text = text_of(root, path, faults)
    return None if text is None else parse_document(path.relative_to(root).as_posix(), text, schema, faults)


def parse_document(name: str, text: str, schema: type[M], faults: FaultList, first_line: int = 1) -> Document[M] | None:
    """The same for text that is in hand; `first_line` is where it begins in its file."""
    try:
        yaml = read_yaml(text, first_line)
    except YamlFault as fault:
        faults.add(name, fault.line, fault.message)
        return None
    try:
        return Document(name, schema.model_validate(yaml.data if yaml.data is not None else {}), yaml.lines)
    except ValidationError as error:
        report(name, yaml, error, faults)
        return None


def report(name: str, yaml: Yaml, error: ValidationError, faults: FaultList, at: Path = ()) -> None:
    """Each fault that the schema found, with its line; `at` is where the part checked stands in the file."""
    for fault in error.errors():
        path = (*at, *fault["loc"])
        faults.add(name, line_of(yaml.lines, path), explained(path, fault))


def explained(path: Path, fault: Any) -> str:
    """A fault of the schema as its author should read it: what, and what to do."""
    where = ".".join(str(step + 1 if isinstance(step, int) else step) for step in path if step != "[key]")
    given = repr(fault["input"])[:60]
    limits = fault.get("ctx", {})
    remedies = {
        "missing": _("is missing. Write it."),
        "extra_forbidden": _("is not a field that is known here. Correct its name, or take it away."),
        "string_type": _("must be a text, not %(given)s. Put it in quotes."),
        "string_pattern_mismatch": _("cannot be %(given)s. Use Latin letters, digits and “-” only; no spaces."),
        "string_too_short": _("is empty. Write it."),
        "string_too_long": _("is longer than %(max_length)s characters. Shorten it."),
        "too_short": _("holds too few. Add at least %(min_length)s.")
        if fault["input"]
        else _("is empty. Add at least %(min_length)s."),
        "literal_error": _("cannot be %(given)s. It is one of: %(expected)s."),
        "enum": _("cannot be %(given)s. It is one of: %(expected)s."),
        "dict_type": _("must have fields below it (name: value), not %(given)s."),
        "model_type": _("must have fields below it (name: value), not %(given)s."),
        "list_type": _("must be a list (“- …” on each line, or […]), not %(given)s."),
    }
    remedy = remedies.get(fault["type"])
    if remedy is None:
        remedy = _("is wrong (%(given)s): %(message)s. Correct it.")
    message = fault["msg"].removeprefix("Value error, ")
    place = where or _("the file")
    return f"{place} {remedy % {**limits, 'given': given, 'message': message}}"
