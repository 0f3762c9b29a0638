"""What the kinds with options share."""

from collections.abc import Iterable
from random import Random
from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _
from pydantic import AfterValidator, BeforeValidator, Field, field_validator

from quizzes.kinds.base import BaseWords, OptionId, OptionLine, Schema, Text

CHOOSE = _("Choose an answer, then send it.")
NO_SUCH = _("That option is not one of this question's. Choose one of those shown.")


def _as_list(entry: Any) -> Any:
    return [entry] if isinstance(entry, str) else entry


def _in_one_order(ids: list[str]) -> list[str]:
    if twice := {one for one in ids if ids.count(one) > 1}:
        raise ValueError(f"{', '.join(sorted(twice))} stands twice")
    return sorted(ids)


Rights = Annotated[list[OptionId], BeforeValidator(_as_list), Field(min_length=1), AfterValidator(_in_one_order)]
"""One id, or several of which each is right: in another order they are the same."""


class Options(Schema):
    options: Annotated[list[OptionId], Field(min_length=3, max_length=6)]

    @field_validator("options")
    @classmethod
    def ids_differ(cls, options: list[str]) -> list[str]:
        if len(set(options)) != len(options):
            raise ValueError("option ids must differ")
        return options


class OptionWords(BaseWords):
    options: dict[OptionId, Text]
    feedback: dict[OptionId, Text]


def shuffled(options: Iterable[str], random: Random) -> list[str]:
    order = list(options)
    random.shuffle(order)
    return order


def option_lines(order: list[str], texts: dict[str, str], prefix: str, answer: Any) -> list[OptionLine]:
    """The options with those ticked that `answer`, one or a list, names."""
    picked = set(answer) if isinstance(answer, list) else {answer}
    return [OptionLine(option, texts[option], option in picked, f"{prefix}-{option}") for option in order]


def field_choices(structure: Options) -> list[tuple[str, Any]]:
    return [(option, option) for option in structure.options]
