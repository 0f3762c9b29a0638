"""What of the bank is asked for, as it stands in the address, and where a question is to go."""

from typing import Any

from django import forms
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lessons.models import Lesson, State
from portal.accounts.forms import plain_helper
from portal.analysis.advice import NAMES
from portal.bank import choices
from quizzes import bank
from quizzes.analysis.flags import FEW
from quizzes.kinds import KINDS
from quizzes.models import Question, QuestionText
from quizzes.usage import figures_of_now

ANY = "any"
NEWEST, HARDEST, MOST = "new", "hard", "people"
SORTS = (
    ("", _("By lesson")),
    (NEWEST, _("Last changed first")),
    (HARDEST, _("Hardest first")),
    (MOST, _("Most answers first")),
)
STATES = (
    ("", _("All but retired")),
    (bank.PUBLISHED, _("Published")),
    (bank.DRAFT, _("With a draft")),
    (bank.IN_REVIEW, _("In review")),
    (bank.RETIRED, pgettext_lazy("questions", "Retired")),
)
FIRST = ("q", "course", "state", "sort")


class BankForm(forms.Form):
    """Nothing named is everything that is not retired, lesson by lesson."""

    q = forms.CharField(label=_("Words or key"), required=False, max_length=200)
    course = forms.ChoiceField(label=_("Course"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False, choices=STATES)
    sort = forms.ChoiceField(label=_("Order"), required=False, choices=SORTS)
    lesson = forms.ChoiceField(label=_("Lesson"), required=False)
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    skill = forms.ChoiceField(label=_("Skill"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    flag = forms.ChoiceField(label=_("Warning"), required=False)
    critical = forms.BooleanField(label=_("Critical only"), required=False)
    unasked = forms.BooleanField(label=_("Never asked"), required=False)

    def __init__(self, query: QueryDict, language: str) -> None:
        super().__init__(query)
        self.fields["q"].widget.input_type = "search"
        listed: dict[str, choices.Choices] = {
            "course": [("", _("All courses")), *choices.courses(language)],
            "lesson": [("", _("All lessons")), *choices.lessons(language)],
            "topic": [("", _("All topics")), *choices.topics(language)],
            "skill": [("", _("All skills")), *choices.skills(language)],
            "kind": [("", _("All kinds")), *((kind.name, kind.called) for kind in KINDS.values())],
            "language": [("", _("Whatever there is")), *choices.language_states()],
            "flag": [("", _("All questions")), (ANY, _("With a warning")), *NAMES.items()],
        }
        for name, pairs in listed.items():
            self.fields[name].choices = pairs  # type: ignore[attr-defined]
        self.helper = plain_helper(*FIRST)
        self.more = plain_helper(*(name for name in self.fields if name not in FIRST))

    @property
    def address(self) -> dict[str, Any]:
        """What was asked for, to be asked for again; only of a valid form."""
        return {name: "on" if said is True else said for name, said in self.cleaned_data.items() if said}

    @property
    def asks_more(self) -> bool:
        """Whether one of the filters that are folded away is set or faulty."""
        return any(name not in FIRST and (self.data.get(name) or name in self.errors) for name in self.fields)

    def narrow(self, questions: QuerySet[Question]) -> QuerySet[Question]:
        """Those of the questions that are asked for, in that order; only of a valid form."""
        asked = self.cleaned_data
        ways: dict[str, Any] = {
            "q": bank.saying,
            "course": bank.of_course,
            "lesson": bank.of_lesson,
            "topic": bank.about,
            "skill": bank.testing,
            "kind": bank.of_kind,
            "flag": lambda flag: bank.warned_of("" if flag == ANY else flag),
            "critical": lambda _on: bank.is_critical(),
            "unasked": lambda _on: bank.never_asked(),
        }
        found = questions.filter(bank.standing_at(asked["state"]), *(ways[n](asked[n]) for n in ways if asked[n]))
        state, _dash, language = asked["language"].partition("-")
        if state:
            found = (bank.lacking if state == choices.MISSING else bank.stale_in)(found, language)
        return in_order(found, asked["sort"])


def in_order(questions: QuerySet[Question], sort: str) -> QuerySet[Question]:
    """The questions in that order of `SORTS`, lesson by lesson where it leaves them alike."""
    first: list[Any] = []
    if sort == NEWEST:
        texts = QuestionText.objects.filter(version__question=OuterRef("pk")).order_by("-created_at")
        questions, first = questions.annotate(by=Subquery(texts.values("created_at")[:1])), [F("by").desc()]
    elif sort in {HARDEST, MOST}:
        figures = figures_of_now().filter(
            version__question=OuterRef("pk"), version__state=State.PUBLISHED, language="", people__gte=FEW
        )
        name, order = ("facility", "facility") if sort == HARDEST else ("people", "-people")
        questions = questions.annotate(by=Subquery(figures.order_by(order).values(name)[:1]))
        first = [F("by").asc(nulls_last=True) if sort == HARDEST else F("by").desc(nulls_last=True)]
    return questions.order_by(*first, "lesson__key", "position", "pk")


class LessonForm(forms.Form):
    """The lesson that a question, or a copy of it, goes to."""

    lesson = forms.ChoiceField(label=_("Lesson"), error_messages={"required": _("Choose a lesson.")})

    def __init__(self, data: Any, language: str, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["lesson"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose a lesson")),
            *choices.lessons(language),
        ]
        self.helper = plain_helper("lesson")

    @property
    def chosen(self) -> Lesson:
        """Only of a valid form."""
        return Lesson.objects.get(slug=self.cleaned_data["lesson"], archived_at=None)
