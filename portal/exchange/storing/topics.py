"""Topics, with the first minute cards and what they rest on."""

from typing import Any

from django.utils import timezone

from lessons import deeds
from lessons.models import Source, Topic, TopicSource, TopicText
from portal.exchange.storing.report import Outcome, Report
from portal.exchange.storing.rows import Identity, Placed, References, Shelf, put_words, set_links

Card = dict[str, str]
Cited = tuple[int, str, str, int]
"""A source, what is said of it, in which language, and its place among the sources."""


def store_topics(rows: list[Placed], report: Report) -> None:
    """The order of the rows is the order of the topics; a card that has changed carries today's date."""
    positions = _positions([identity for identity, _place, _row in rows])
    shelf = Shelf(Topic, (identity[1] for identity, _place, _row in rows))
    before = _cards([topic.pk for topic in shelf.rows.values()])
    stored = [
        (identity, place, row, *shelf.put(identity, position=positions[identity], **_fields(row)))
        for identity, place, row in rows
    ]
    words = {topic.pk: row.texts for _identity, _place, row, topic, _outcome in stored}
    outcomes = put_words(TopicText, "topic", words)
    cards, sources, topics = _cards(list(outcomes)), References(Source), References(Topic)
    cited = _cited(list(outcomes))
    for (authority, _key), place, row, topic, outcome in stored:
        wanted = [
            (sources.id(citation.key, authority), note, language, at)
            for at, citation in enumerate(row.sources)
            for language, note in citation.notes(next(iter(row.texts))).items()
        ]
        rests = _put_sources(topic, wanted, cited.get(topic.pk, []))
        linked = set_links(topic.related, topics.all(row.related, authority))
        report.note(place, max(outcome, outcomes[topic.pk], rests, linked))
        was, now = before.get(topic.pk, {}), cards.get(topic.pk, {})
        if was != now or rests:
            topic.card_changed(timezone.localdate(), signed_anew=True)
            deeds.record(None, "topic.card_changed", topic.key, before=was, after=now)


def _positions(wanted: list[Identity]) -> dict[Identity, int]:
    """Where each topic comes: as it is, where the portal has them in this order; topics of others keep their places.

    Other topics move only as far as new ones among them ask for.
    """
    rows = {(topic.authority, topic.key): topic for topic in Topic.objects.order_by("position", "pk")}
    standing = list(rows)
    if [identity for identity in standing if identity in set(wanted)] == wanted:
        return {identity: rows[identity].position for identity in wanted}
    order = _merged(standing, wanted)
    for at, identity in enumerate(order):
        topic = rows.get(identity)
        if topic is not None and topic.position != at and identity not in wanted:
            Topic.objects.filter(pk=topic.pk).update(position=at)
    return {identity: at for at, identity in enumerate(order)}


def _merged(standing: list[Identity], wanted: list[Identity]) -> list[Identity]:
    """The order that stands, the wanted ones in theirs at the places they have; a new one follows its forerunner."""
    known = set(standing)
    groups: list[list[Identity]] = []
    for identity in wanted:
        if not groups or (identity in known and not known.isdisjoint(groups[-1])):
            groups.append([])
        groups[-1].append(identity)
    coming = iter(groups)
    order: list[Identity] = []
    for identity in standing:
        order.extend(next(coming) if identity in wanted else [identity])
    return [*order, *(identity for group in coming for identity in group)]


def _fields(row: Any) -> dict[str, Any]:
    return {
        "slug": row.slug,
        "icon": row.icon,
        "urgent": row.urgent,
        "call_when": row.call_when,
        "expert": row.review.by or "",
        "expert_on": row.review.at,
        "review_due": row.review.due,
    }


def _cards(topics: list[int]) -> dict[int, Card]:
    """The cards as they are stored, by topic: the words by language, and when to call."""
    found: dict[int, Card] = {}
    texts = TopicText.objects.filter(topic__in=topics).exclude(first_minute="").order_by("language")
    for topic, when, language, card in texts.values_list("topic", "topic__call_when", "language", "first_minute"):
        found.setdefault(topic, {"call_when": when})[language] = card
    return found


def _cited(topics: list[int]) -> dict[int, list[Cited]]:
    found: dict[int, list[Cited]] = {}
    rows = TopicSource.objects.filter(topic__in=topics)
    cited = rows.values_list("topic", "source", "note", "note_language", "position")
    for topic, source, note, language, at in cited:
        found.setdefault(topic, []).append((source, note, language, at))
    return found


def _put_sources(topic: Topic, wanted: list[Cited], standing: list[Cited]) -> Outcome:
    if wanted == standing:
        return Outcome.UNCHANGED
    topic.citations.all().delete()
    TopicSource.objects.bulk_create(
        TopicSource(topic=topic, source_id=source, note=note, note_language=language, position=at)
        for source, note, language, at in wanted
    )
    return Outcome.CHANGED
