"""The files of `shared/`: topics, skills, sources, local facts and terms that the courses use, or all of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from lessons.filling import FACT, facts_in
from lessons.models import (
    PROFILE_FACT,
    CallWhen,
    GlossaryTerm,
    GlossaryText,
    LocalFact,
    Revision,
    Skill,
    Source,
    Topic,
)
from lessons.tips import Terms, Tip
from portal.exchange.faults import FaultList
from portal.exchange.writing.lessons import Files, citation, review
from portal.exchange.writing.standing import Standing, StandingLesson
from portal.exchange.writing.yaml_files import Said, Short, ShortList, dump, said, short, stated

STARTER = "starter"


@dataclass
class Used:
    """Primary keys of what is to be written, of facts their keys; None stands for everything that there is."""

    topics: set[int] | None = None
    skills: set[int] | None = None
    sources: set[int] | None = None
    facts: set[str] | None = None
    terms: set[int] | None = None


def used_by(found: Standing) -> Used:
    """What these courses name, and what that names in its turn."""
    used = Used(set(), set(), set(), set(), _terms(found))
    gather = _Gather(used)
    for row in found.courses:
        gather.topics.update(topic.pk for topic in row.course.topics.all())
        gather.sources.update(cited.source_id for cited in row.edition.citations.all())
        gather.rows(row.final)
    for lesson in found.lessons.values():
        gather.lesson(lesson)
    gather.topics_with_theirs()
    used.topics, used.skills, used.sources, used.facts = gather.topics, gather.skills, gather.sources, gather.facts
    return used


@dataclass
class _Gather:
    used: Used
    topics: set[int] = field(default_factory=set)
    skills: set[int] = field(default_factory=set)
    sources: set[int] = field(default_factory=set)
    facts: set[str] = field(default_factory=set)

    def lesson(self, lesson: StandingLesson) -> None:
        self.topics.update(topic.pk for topic in lesson.lesson.topics.all())
        self.skills.update(skill.parent_id or skill.pk for skill in lesson.lesson.skills.all())
        self.rows(lesson.check)
        if lesson.variants:
            self.facts.add(PROFILE_FACT)
        for revision in (revision for texts in lesson.texts.values() for revision in texts.values()):
            self.sources.update(cited.source_id for cited in revision.citations.all())
            self.facts |= facts_in(revision.html)
            self.facts.update(FACT.findall(f"{revision.title}\n{revision.summary}\n{revision.objective}"))
        for one in lesson.questions:
            weighed = (weight.skill for weight in one.question.weights.all())
            self.skills.update(skill.parent_id or skill.pk for skill in weighed)
            self.sources.update(source.pk for source in one.version.sources.all())
            self.facts.update(FACT.findall(str(one.words)))

    def rows(self, quiz: Any) -> None:
        for row in quiz.draw_rows.all() if quiz else ():
            self.topics.update([row.topic_id] if row.topic_id else [])
            if row.skill:
                self.skills.add(row.skill.parent_id or row.skill.pk)

    def topics_with_theirs(self) -> None:
        """A topic names others, so that they go with it; each of them its sources and facts."""
        related: dict[int, set[int]] = {}
        for topic, other in Topic.related.through.objects.values_list("from_topic", "to_topic"):
            related.setdefault(topic, set()).add(other)
        new = self.topics
        while new:
            new = {other for topic in new for other in related.get(topic, ())} - self.topics
            self.topics |= new
        for row in Topic.objects.filter(pk__in=self.topics).prefetch_related("texts", "citations"):
            self.sources.update(cited.source_id for cited in row.citations.all())
            for text in row.texts.all():
                self.facts.update(FACT.findall(text.first_minute))


def _terms(found: Standing) -> set[int]:
    """The terms whose words stand in a text, whether or not lessons explain them."""
    tips: dict[str, list[Tip]] = {}
    for text in GlossaryText.objects.order_by("pk"):
        tips.setdefault(text.language, []).append(Tip(str(text.glossary_term_id), text.term, ""))
    known = {language: Terms(found) for language, found in tips.items()}
    used: set[int] = set()
    for revision in _revisions(found):
        if terms := known.get(revision.text.language):
            used.update(int(tip.key) for tip in terms.marked_in(revision.html)[1])
    return used


def _revisions(found: Standing) -> Iterable[Revision]:
    for lesson in found.lessons.values():
        for texts in lesson.texts.values():
            yield from texts.values()


class SharedWriter:
    """Writes shared files; `folders` are those of the courses, each with its authority."""

    def __init__(self, folders: Sequence[tuple[str, str]], languages: Sequence[str], faults: FaultList) -> None:
        self.folders, self.languages, self.faults = folders, languages, faults

    def files(self, used: Used) -> Files:
        """The five files, in as many folders as there are authorities."""
        files: Files = {}
        for name, model, wanted, row in (
            ("topics", Topic, used.topics, self._topic),
            ("skills", Skill, used.skills, self._skill),
            ("sources", Source, used.sources, self._source),
            ("facts", LocalFact, used.facts, self._fact),
            ("terms", GlossaryTerm, used.terms, self._term),
        ):
            rows = _rows(model, wanted)
            by_authority: dict[str, list[Any]] = {}
            for one in rows:
                by_authority.setdefault(one.authority, []).append(row(one))
            files |= self._placed(name, by_authority)
        return files

    def _placed(self, name: str, by_authority: Mapping[str, list[Any]]) -> Files:
        """One file has one authority: the starter's lies in `shared`, another's beside a course, its own if it can."""
        file = {"facts": "local-facts.yaml", "terms": "glossary.yaml"}.get(name, f"{name}.yaml")
        files: Files = {}
        free = {"shared": STARTER, **dict(self.folders)}
        for authority in sorted(by_authority, key=lambda one: (one != STARTER, one not in free.values(), one)):
            place = next((folder for folder, whose in free.items() if whose == authority), next(iter(free), None))
            if place is None:
                message = _("No folder is left for what “%(authority)s” has made. Write more courses at once.")
                self.faults.add(f"shared/{file}", 1, message % {"authority": authority})
                continue
            implied = free.pop(place)
            own = {} if implied == authority else {"authority": authority}
            files[f"{place}/{file}"] = dump(own | {name: by_authority[authority]}).encode()
        return files

    def _said(self, texts: Iterable[Any], *fields: str, **more: Any) -> dict[str, dict[str, Any]]:
        """Words by language, those of the courses first."""
        rows = sorted(texts, key=lambda text: self._place(text.language))
        return {
            text.language: {name: said(getattr(text, name)) for name in fields if getattr(text, name)} for text in rows
        }

    def _place(self, language: str) -> tuple[int, str]:
        known = language in self.languages
        return (self.languages.index(language) if known else len(self.languages)), language

    def _topic(self, topic: Any) -> dict[str, Any]:
        words = self._said(topic.texts.all(), "name", "summary", "first_minute")
        for text in words.values():
            if "first_minute" in text:
                text["first_minute"] = [Said(line) for line in text["first_minute"].split("\n")]
        notes: dict[str, dict[str, str]] = {}
        for row in topic.citations.all():
            own = notes.setdefault(row.source.key, {})
            if row.note:
                own[row.note_language] = row.note
        due = stated(review=[topic.expert, topic.expert_on, topic.review_due])["review"]
        return {
            "key": topic.key,
            "slug": topic.slug,
            "icon": topic.icon,
            **stated(
                urgent=topic.urgent,
                call_when=None if topic.call_when == CallWhen.AT_ONCE else str(topic.call_when),
                related=ShortList(sorted(other.key for other in topic.related.all())),
                sources=[citation(key, own, "") for key, own in notes.items()],
                review=review(*due) if any(due) else None,
            ),
            "texts": words,
        }

    def _skill(self, skill: Any) -> dict[str, Any]:
        parts = sorted(skill.parts.all(), key=lambda part: part.key)
        return self._named(skill) | stated(parts=[self._named(part) for part in parts])

    def _named(self, skill: Any) -> dict[str, Any]:
        return {"key": skill.key, "texts": short(self._said(skill.texts.all(), "name", "description"))}

    def _source(self, source: Any) -> dict[str, Any]:
        words = {"title": Said(source.title), "publisher": Said(source.publisher), "year": source.year}
        return {"key": source.key, **words, **stated(url=source.url and Said(source.url))}

    def _fact(self, fact: Any) -> dict[str, Any]:
        words = self._said(fact.texts.all(), "label", "default")
        return {"key": fact.key, "kind": fact.kind, "texts": {name: Short(text) for name, text in words.items()}}

    def _term(self, term: Any) -> dict[str, Any]:
        words = self._said(term.texts.all(), "term", "definition")
        unmarked = {text.language for text in term.texts.all() if not text.marked}
        marked = {name: text | ({"marked": False} if name in unmarked else {}) for name, text in words.items()}
        return {"key": term.key, "texts": {name: Short(text) for name, text in marked.items()}}


def _rows(model: Any, wanted: set[Any] | None) -> Any:
    """Topics in their order, everything else by key; of skills those that are no part of another."""
    rows = model.objects.order_by("authority", "key")
    if model is Topic:
        related = ("related", "texts", "citations__source")
        rows = model.objects.order_by("position", "pk").prefetch_related(*related)
    elif model is Skill:
        rows = rows.filter(parent=None).prefetch_related("texts", "parts__texts")
    elif model is not Source:
        rows = rows.prefetch_related("texts")
    if wanted is None:
        return rows
    return rows.filter(**{"key__in" if model is LocalFact else "pk__in": wanted})
