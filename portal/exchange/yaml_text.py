"""YAML with the line of every value, read so that no text can do harm.

Only plain data is made; anchors, aliases and tags are refused, a name may stand once in a mapping, and size and depth
are bounded before anything is built.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml
from django.utils.translation import gettext as _

MOST_CHARACTERS = 1_000_000
DEEPEST = 20

Path = tuple[str | int, ...]


class YamlFault(Exception):
    """The text cannot be read; `line` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        self.line, self.message = line, message
        super().__init__(f"{line}: {message}")


@dataclass
class Yaml:
    """Plain data and the line of each value, by its path: `("texts", "en", "title")`."""

    data: Any = None
    lines: dict[Path, int] = field(default_factory=dict)


def read_yaml(text: str, first_line: int = 1) -> Yaml:
    """The one document in `text`; raises YamlFault. `first_line` is where the text begins in its file."""
    if len(text) > MOST_CHARACTERS:
        raise YamlFault(first_line, _("This file is too long. Split it."))
    try:
        return _Builder(text, first_line).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = min(mark.line if mark else 0, text.count("\n")) + first_line
        message = _("This is not YAML (%(problem)s). Check the indentation, and put a text with “: ” or “#” in quotes.")
        raise YamlFault(line, message % {"problem": error.problem or error.context}) from None
    except (yaml.YAMLError, ValueError) as error:
        problem = str(error).splitlines()[0]
        message = _("This is not YAML (%(problem)s). Save the file as plain UTF-8 text.")
        raise YamlFault(first_line, message % {"problem": problem}) from None


class _Builder:
    """Builds data from parser events, so that a bad text is refused before it has become large."""

    def __init__(self, text: str, first_line: int) -> None:
        self.events: Iterator[Any] = yaml.parse(text, Loader=yaml.CSafeLoader)
        self.scalars = yaml.SafeLoader("")
        self.first_line = first_line
        self.result = Yaml()

    def document(self) -> Yaml:
        next(self.events)  # the stream begins
        if isinstance(next(self.events), yaml.DocumentStartEvent):
            self.result.data = self.value(next(self.events), ())
            next(self.events)
            if isinstance(more := next(self.events), yaml.DocumentStartEvent):
                raise YamlFault(self.line(more), _("A second document begins here. Keep one in a file."))
        return self.result

    def line(self, event: Any) -> int:
        return int(event.start_mark.line) + self.first_line

    def value(self, event: Any, path: Path) -> Any:
        self.result.lines.setdefault(path, self.line(event))
        self.refuse(event, path)
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(path)
        return self.scalar(event)

    def refuse(self, event: Any, path: Path) -> None:
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise YamlFault(self.line(event), _("“&” and “*” (anchors and aliases) are not read here. Write it out."))
        if event.tag and event.tag != "!":
            raise YamlFault(self.line(event), _("“%(tag)s” is not read here. Take it away.") % {"tag": event.tag})
        if len(path) > DEEPEST:
            raise YamlFault(self.line(event), _("This is nested too deeply. Use fewer levels."))

    def mapping(self, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.key(event)
            if key in found:
                message = _("“%(name)s” stands twice. Keep one of them.")
                raise YamlFault(self.line(event), message % {"name": key})
            self.result.lines[*path, key] = self.line(event)
            found[key] = self.value(next(self.events), (*path, key))
        return found

    def key(self, event: Any) -> str:
        """Names are texts, whatever they look like: `no` is Norwegian, not a refusal."""
        if not isinstance(event, yaml.ScalarEvent):
            raise YamlFault(self.line(event), _("A name must stand before the colon. Write one."))
        self.refuse(event, ())
        return str(event.value)

    def sequence(self, path: Path) -> list[Any]:
        found: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            found.append(self.value(event, (*path, len(found))))
        return found

    def scalar(self, event: Any) -> Any:
        tag = self.scalars.resolve(yaml.ScalarNode, event.value, event.implicit)
        node = yaml.ScalarNode(tag, event.value, event.start_mark, event.end_mark)
        return self.scalars.construct_object(node)
