"""The kinds of question. A new one is a new file here and one line in `KINDS`."""

from typing import Any

from quizzes.kinds.base import Kind
from quizzes.kinds.gap_fill import GapFill
from quizzes.kinds.hotspot import Hotspot
from quizzes.kinds.matching import Matching
from quizzes.kinds.multiple_choice import MultipleChoice
from quizzes.kinds.numerical import Numerical
from quizzes.kinds.ordering import Ordering
from quizzes.kinds.short_answer import ShortAnswer
from quizzes.kinds.single_choice import SingleChoice
from quizzes.kinds.true_false import TrueFalse

KINDS: dict[str, Kind[Any, Any, Any]] = {
    kind.name: kind
    for kind in (
        SingleChoice(),
        MultipleChoice(),
        TrueFalse(),
        Numerical(),
        Ordering(),
        Matching(),
        ShortAnswer(),
        GapFill(),
        Hotspot(),
    )
}


def kind_named(name: str) -> Kind[Any, Any, Any]:
    """The kind of that name; raises KeyError where there is none."""
    return KINDS[name]
