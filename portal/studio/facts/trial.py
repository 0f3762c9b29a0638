"""Values of local facts tried out before they go live: a lesson, card or question with them, beside today's."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from lessons import sirens, worksheets
from lessons.filling import facts_in, facts_named, fill
from lessons.first_minute import lines_of
from lessons.markdown.figures import shown_in
from lessons.markdown.numbers import isolated
from lessons.models import PROFILE_FACT, LocalFactValue, Profile, Revision, State, TopicText
from lessons.profiles import in_force, shown_under
from lessons.words import preferring
from portal.studio.comparison import Change, change
from portal.studio.facts.standing import EVERY
from portal.studio.facts.uses import CARD, LESSON, QUESTION
from portal.studio.languages import direction, language_name
from portal.studio.question_standing import standing_of
from portal.studio.rendering import rendered
from portal.studio.shown import Shown, shown_texts
from portal.studio.standing import OPEN
from quizzes.models import Question

MARKED = '<mark class="fact-new">{}</mark>'
FIRST = "first-change"
NOTHING = SafeString()


@dataclass(frozen=True)
class FactChange:
    """A fact that the thing names, with what readers see today and what they would see."""

    key: str
    today: str
    then: str


@dataclass(frozen=True)
class Trial:
    """Both ways of a thing in one language: `today` and `then` as HTML, or as a question with `difference`."""

    title: str
    language: str
    changes: list[FactChange]
    today: SafeString = NOTHING
    then: SafeString = NOTHING
    questions: tuple[Shown | None, Shown | None] = (None, None)
    difference: Change | None = None
    profile: str = ""
    """The profile that would come into force, by name, where that is another than today's."""

    @property
    def name(self) -> str:
        return language_name(self.language)

    @property
    def direction(self) -> str:
        return direction(self.language)


def facts_then(keys: set[str], language: str) -> dict[str, str]:
    """What `facts_named` will return once every value that is being written is published. Two queries or none."""
    today = facts_named(keys, language)
    if not keys:
        return today
    rows = LocalFactValue.objects.filter(
        fact__key__in=keys, language__in=[EVERY, language], state__in=(*OPEN, State.PUBLISHED)
    )
    # The last counts: one for the language before one for all, the newest that is being written before what is public.
    order = rows.order_by("language", preferring(State.PUBLISHED, "state"), "pk")
    return today | dict(order.values_list("fact__key", "value"))


def trial_of(sort: str, place: str, language: str) -> Trial | None:
    """The thing in that language, or else in another; None where there is no such thing."""
    made = {LESSON: _lesson, CARD: _card, QUESTION: _question}.get(sort)
    return made(place, language) if made else None


def _lesson(slug: str, language: str) -> Trial | None:
    texts = Revision.objects.filter(text__lesson__slug=slug, text__lesson__archived_at=None)
    live = texts.select_related("text").order_by(preferring(language, "text__language"), "-number")
    now, coming = in_force(), _profile_then()
    today = live.filter(shown_under(now), state=State.PUBLISHED).first() or live.filter(state__in=OPEN).first()
    if today is None:
        return None
    then = today
    if coming != now:
        released = live.filter(shown_under(coming), text=today.text, state__in=(State.PUBLISHED, State.RESERVE))
        then = released.first() or today
    pages = [_html(today), _html(then)]
    spoken = today.text.language
    known, told = _both({key for page in pages for key in facts_in(page)}, spoken)
    return Trial(
        then.title,
        today.text.language,
        _changes(known, told),
        _as_read(pages[0].replace(' id="part-', ' id="today-'), spoken, known),
        _with_first(_as_read(pages[1], spoken, told, _marked(known, told))),
        profile=str(coming.label) if coming != now else "",
    )


def _html(revision: Revision) -> str:
    """With its places left open; of a draft, as publishing would render it."""
    return revision.html or rendered(revision, shown_in([revision])[revision.pk])[0]


def _as_read(html: str, language: str, facts: Mapping[str, str], shown: Mapping[str, str] | None = None) -> SafeString:
    """Sanitised HTML as readers get it; `shown` are the same facts as they are to look."""
    counted = worksheets.with_numbers(html, facts)
    with override(language):
        return sirens.shown(worksheets.blank(fill(counted, shown or facts)))


def _card(slug: str, language: str) -> Trial | None:
    text = TopicText.objects.filter(topic__slug=slug).exclude(first_minute="").order_by(preferring(language)).first()
    if text is None:
        return None
    known, told = _both(facts_in(text.first_minute), text.language)
    lines = lines_of(text.first_minute)
    then = _with_first(_list(lines, _marked(known, told)))
    return Trial(text.name, text.language, _changes(known, told), _list(lines, known), then)


def _list(lines: Iterable[str], facts: Mapping[str, str]) -> SafeString:
    items = "".join(f"<li>{fill(isolated(line), facts)}</li>" for line in lines)
    return mark_safe(f"<ol>{items}</ol>")  # noqa: S308 - each line is escaped before its facts, which are escaped too


def _question(pk: str, language: str) -> Trial | None:
    found = Question.objects.filter(pk=int(pk), archived_at=None).first() if pk.isdigit() else None
    standing: Any = standing_of(found) if found else None
    texts = standing.words if standing else {}
    text = texts.get(language) or next(iter(texts.values()), None)
    if text is None:
        return None
    known, told = _both(facts_in(str(text.words)), text.language)
    asked = {text.language: text}
    today, then = (
        next(iter(shown_texts(standing.current, asked, {text.language: facts})), None) for facts in (known, told)
    )
    if today is None or then is None:
        return None
    difference = change("", today.as_text(), then.as_text())
    return Trial(
        standing.question.key,
        text.language,
        _changes(known, told),
        questions=(today, then),
        difference=difference,
    )


def _profile_then() -> Profile:
    """The profile that would be in force."""
    value = facts_then({PROFILE_FACT}, "").get(PROFILE_FACT, "")
    return Profile(value) if value in Profile.values else in_force()


def _both(keys: set[str], language: str) -> tuple[dict[str, str], dict[str, str]]:
    return facts_named(keys, language), facts_then(keys, language)


def _changes(today: Mapping[str, str], then: Mapping[str, str]) -> list[FactChange]:
    return [FactChange(key, today.get(key, ""), said) for key, said in sorted(then.items()) if said != today.get(key)]


def _marked(today: Mapping[str, str], then: Mapping[str, str]) -> dict[str, str]:
    """The facts that would be, those that are another today marked."""
    return {key: format_html(MARKED, said) if said != today.get(key) else said for key, said in then.items()}


def _with_first(html: SafeString) -> SafeString:
    """With an anchor at the first place that is changed."""
    return mark_safe(html.replace("<mark ", f'<mark id="{FIRST}" ', 1))  # noqa: S308 - sanitised or ours
