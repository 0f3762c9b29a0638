"""What the sentences of a warning say, from the figures they rest on."""

import pytest
from django.utils.translation import override

from portal.analysis.advice_words import WORDS
from quizzes.analysis import flags
from quizzes.analysis.formulas import Table, delta
from quizzes.models import ItemStatistic


@pytest.fixture(autouse=True)
def _english() -> object:
    with override("en"):
        yield


def test_the_tempting_option_that_is_named_is_one_that_people_choose() -> None:
    common = {"id": "wait", "right": False, "told": 300, "share": 0.2, "thirds": [0.1, 0.2, 0.3], "r": 0.1}
    dead = common | {"id": "wash", "share": 0.01, "r": 0.3}
    seen, _todo = WORDS[flags.TEMPTING](ItemStatistic(people=300, choices=[dead, common]), {})
    assert "“wait” is wrong" in seen


ARABIC_HARDER, ENGLISH_HARDER = (60.0, 140.0, 140.0, 60.0), (140.0, 60.0, 60.0, 140.0)


@pytest.mark.parametrize(
    ("table", "said"),
    [(ARABIC_HARDER, "those who read Arabic miss it more often"), (ENGLISH_HARDER, "those who read English miss it")],
)
def test_the_language_in_which_fewer_are_right_is_the_one_that_is_named(table: Table, said: str) -> None:
    """Languages are counted in the order of their codes: of a table Arabic has the first two numbers."""
    seen, _todo = WORDS[flags.TRANSLATION](ItemStatistic(language_delta=delta([table])), {})
    assert said in seen
    assert "3.98" in seen
