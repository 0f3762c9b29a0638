"""How a question of each kind is written: with a form of its own, or else with one made from the kind's schemas."""

from portal.studio.questions.base import QuestionForm
from portal.studio.questions.gap_fill import GapFillForm
from portal.studio.questions.hotspot import HotspotForm
from portal.studio.questions.matching import MatchingForm
from portal.studio.questions.multiple_choice import MultipleChoiceForm
from portal.studio.questions.numerical import NumericalForm
from portal.studio.questions.ordering import OrderingForm
from portal.studio.questions.schemas import form_from_schemas
from portal.studio.questions.short_answer import ShortAnswerForm
from portal.studio.questions.single_choice import SingleChoiceForm
from portal.studio.questions.true_false import TrueFalseForm
from quizzes.kinds import kind_named

FORMS: dict[str, type[QuestionForm]] = {
    form.kind: form
    for form in (
        SingleChoiceForm,
        MultipleChoiceForm,
        TrueFalseForm,
        NumericalForm,
        OrderingForm,
        MatchingForm,
        ShortAnswerForm,
        GapFillForm,
        HotspotForm,
    )
}


def form_of(kind: str) -> type[QuestionForm]:
    """The form for questions of that kind; raises KeyError where there is no such kind."""
    return FORMS.get(kind) or form_from_schemas(kind_named(kind))
