"""How a question of each kind is written. A new kind is a new file here and one line in `FORMS`."""

from portal.studio.questions.base import QuestionForm
from portal.studio.questions.hotspot import HotspotForm
from portal.studio.questions.matching import MatchingForm
from portal.studio.questions.multiple_choice import MultipleChoiceForm
from portal.studio.questions.numerical import NumericalForm
from portal.studio.questions.ordering import OrderingForm
from portal.studio.questions.single_choice import SingleChoiceForm
from portal.studio.questions.true_false import TrueFalseForm

FORMS: dict[str, type[QuestionForm]] = {
    form.kind: form
    for form in (
        SingleChoiceForm,
        MultipleChoiceForm,
        TrueFalseForm,
        NumericalForm,
        OrderingForm,
        MatchingForm,
        HotspotForm,
    )
}


def form_of(kind: str) -> type[QuestionForm]:
    """The form for questions of that kind; raises KeyError where there is none."""
    return FORMS[kind]
