"""What needs looking at: each list a query that can be counted and cut into pages, and how its rows are said."""

from django.utils.translation import gettext_lazy

from portal.studio.upkeep.answers import link_lines, links
from portal.studio.upkeep.due import card_due_lines, cards_due, lesson_due_lines, lessons_due
from portal.studio.upkeep.rows import UpkeepList
from portal.studio.upkeep.sources import card_source_lines, cards_superseded, lesson_source_lines, lessons_superseded
from portal.studio.upkeep.texts import linked, linked_lines, translation_lines, translations

LISTS = (
    UpkeepList(
        "reviews",
        gettext_lazy("Lessons to review again"),
        gettext_lazy("No lesson is due for review soon."),
        lessons_due,
        lesson_due_lines,
    ),
    UpkeepList(
        "cards",
        gettext_lazy("First minute cards to review again"),
        gettext_lazy("No card is due for review soon."),
        cards_due,
        card_due_lines,
    ),
    UpkeepList(
        "sources",
        gettext_lazy("Lessons that rest on a superseded source"),
        gettext_lazy("No lesson rests on a superseded source."),
        lessons_superseded,
        lesson_source_lines,
    ),
    UpkeepList(
        "card-sources",
        gettext_lazy("Cards that rest on a superseded source"),
        gettext_lazy("No card rests on a superseded source."),
        cards_superseded,
        card_source_lines,
    ),
    UpkeepList(
        "translations",
        gettext_lazy("Translations older than their source text"),
        gettext_lazy("Every translation was made from the text that is published now."),
        translations,
        translation_lines,
    ),
    UpkeepList(
        "links",
        gettext_lazy("Links that did not answer"),
        gettext_lazy("Every link answered when it was last asked, or none was asked yet."),
        links,
        link_lines,
    ),
    UpkeepList(
        "archived",
        gettext_lazy("Links to archived lessons"),
        gettext_lazy("No lesson leads to one that is archived."),
        linked,
        linked_lines,
    ),
)
BY_SLUG = {each.slug: each for each in LISTS}
