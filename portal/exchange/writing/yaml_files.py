"""YAML as a person would write it: keys bare, texts in double quotes, short things on one line."""

from collections.abc import Mapping
from typing import Any

import yaml


class Said(str):
    """Words that somebody reads: always in quotes, so that a colon or a `#` in them is none of YAML's."""

    __slots__ = ()


class Short(dict[str, Any]):
    """A mapping on one line: `{key: RCUK25, note: "…"}`."""


class ShortList(list[Any]):
    """A list on one line: `[a, b]`."""


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """A list stands deeper than its name, as in every file of the starter curriculum."""
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        """Readers of packages refuse `&` and `*`."""
        return True


_Dumper.add_representer(Said, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", str(text), '"'))
_Dumper.add_representer(
    Short, lambda dumper, data: dumper.represent_mapping("tag:yaml.org,2002:map", data.items(), flow_style=True)
)
_Dumper.add_representer(
    ShortList, lambda dumper, data: dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=True)
)


def dump(data: Mapping[str, Any]) -> str:
    """The text of a file; fields whose value is None are left out, of a `Short` they stand as `null`."""
    stated = {name: value for name, value in data.items() if value is not None}
    return yaml.dump(
        stated, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=float("inf"), default_flow_style=False
    )


def said(value: Any) -> Any:
    """Every text below `value` as one that somebody reads."""
    if isinstance(value, str):
        return Said(value)
    if isinstance(value, Mapping):
        return {name: said(inner) for name, inner in value.items()}
    return [said(inner) for inner in value] if isinstance(value, list) else value


def short(value: Any) -> Any:
    """`value` on one line, whatever it holds."""
    if isinstance(value, Mapping):
        return Short({name: short(inner) for name, inner in value.items()})
    return ShortList(short(inner) for inner in value) if isinstance(value, list) else value


def stated(**fields: Any) -> dict[str, Any]:
    """The fields that say something: what is None, empty or false is as good as left out."""
    return {name: value for name, value in fields.items() if value or (value == 0 and value is not False)}
