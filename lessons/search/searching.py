"""Finding lessons, topics, courses and terms for what a person typed, and helping where there is nothing."""

from dataclasses import dataclass, replace

from django.conf import settings
from django.utils.safestring import SafeString

from lessons.models import SearchDocument
from lessons.search.index import MOST_COUNTED, best
from lessons.search.near_misses import on_other_keyboard, vocabulary
from lessons.search.normalising import words
from lessons.search.queries import Query, language_of, typed_words, understood
from lessons.search.ranking import ranked
from lessons.search.snippets import marked, snippet

A_PAGE = 10
MOST = 50
"""Nobody reads on beyond this; further words find better than further pages."""
COMPARED = ("title_terms", "key_terms", "heading_terms", "body_terms")
SHOWN = ("kind", "subject", "language", "key", "title", "urgent", "position")


@dataclass(frozen=True)
class Result:
    """One thing found; `twin` is the same in the language of the page, where the result is in another."""

    kind: str
    label: str
    key: str
    url: str
    title: SafeString
    snippet: SafeString
    within: str
    icon: str
    minutes: int | None
    urgent: bool
    language: str
    twin: "SearchDocument | None" = None


@dataclass(frozen=True)
class Results:
    """A page of what was found for `typed`.

    `language`: that of the results. `meant`: what was looked for instead, where the words as typed find nothing.
    `any_word`: no document has all the words, these have some. `asked`: whether anything was left to look for.
    """

    typed: str
    language: str
    asked: bool = False
    total: int = 0
    page: int = 1
    results: tuple[Result, ...] = ()
    meant: str = ""
    any_word: bool = False

    @property
    def uncounted(self) -> int:
        """How many there are at least, where nobody counted them all; 0 where the total is exact."""
        return MOST_COUNTED if self.total > MOST_COUNTED else 0

    @property
    def pages(self) -> int:
        return -(-min(self.total, MOST) // A_PAGE)


@dataclass(frozen=True)
class _Found:
    query: Query
    documents: list[SearchDocument]
    total: int
    meant: tuple[str, ...] = ()
    any_word: bool = False


def search(typed: str, page_language: str, page: int = 1) -> Results:
    """What is found, in the language of the page or else in that of the words; never fails, whatever was typed."""
    forms = typed_words(typed)
    found = _find(typed, forms, page_language) if forms else None
    if found is None:
        return Results(typed, page_language)
    language = found.query.language
    page = min(max(page, 1), max(1, -(-len(found.documents) // A_PAGE)))
    shown = found.documents[(page - 1) * A_PAGE : page * A_PAGE]
    results = _results(shown, found.query, page_language)
    meant = _as_written(found.meant, results) if found.meant else ""
    asked = bool(found.query.wanted)
    return Results(typed, language, asked, found.total, page, results, meant, found.any_word)


def _find(typed: str, forms: tuple[str, ...], page_language: str) -> _Found | None:
    """Every way in turn, the likeliest first; the last answer where none finds anything."""
    language = language_of(forms, page_language)
    query = understood(forms, language)
    if not query.wanted:
        return _Found(query, [], 0)
    found = _all_words(query) or _all_words_of_other(forms, language) or _other_keyboard(typed, language)
    return found or _misspelt(query) or _any_word(query) or _Found(query, [], 0)


def _all_words(query: Query, meant: tuple[str, ...] = ()) -> _Found | None:
    ids, total = best(query.wanted, query.language, MOST, every=True) if query.wanted else ([], 0)
    return _Found(query, _ranked(ids, query), total, meant) if ids else None


def _all_words_of_other(forms: tuple[str, ...], language: str) -> _Found | None:
    """A name in Latin letters may stand in Arabic texts only."""
    others = (code for code, _name in settings.LANGUAGES if code != language)
    return next((found for code in others if (found := _all_words(understood(forms, code)))), None)


def _other_keyboard(typed: str, language: str) -> _Found | None:
    forms = typed_words(on_other_keyboard(typed, _other(language)))
    query = understood(forms, _other(language))
    return _all_words(query, meant=forms) if query.wanted and not query.unknown else None


def _misspelt(query: Query) -> _Found | None:
    """With each unknown word as it may have been meant; of these words any, where no document has all."""
    known = vocabulary(query.language)
    mended = {form: known.nearest(form) for form in query.unknown}
    if not any(mended.values()):
        return None
    forms = tuple(mended.get(form) or form for form in query.forms)
    again = understood(forms, query.language)
    found = _all_words(again) or _any_word(again)
    return replace(found, meant=forms) if found else None


def _any_word(query: Query) -> _Found | None:
    """Phrases fall apart too: where no text has a heart attack, one on the heart may help."""
    singly = replace(query, wanted=tuple(((one,),) for one in dict.fromkeys(query.exact)))
    ids, total = best(singly.wanted, query.language, MOST, every=False) if singly.wanted else ([], 0)
    return _Found(singly, _ranked(ids, singly), total, any_word=True) if ids else None


def _ranked(ids: list[int], query: Query) -> list[SearchDocument]:
    return ranked(SearchDocument.objects.filter(pk__in=ids).only(*SHOWN, *COMPARED), query)


def _results(documents: list[SearchDocument], query: Query, page_language: str) -> tuple[Result, ...]:
    ids = [document.pk for document in documents]
    whole = SearchDocument.objects.defer(*COMPARED).in_bulk(ids)
    twins = _twins(documents, page_language) if query.language != page_language else {}
    return tuple(_result(whole[pk], query, twins.get((whole[pk].kind, whole[pk].subject))) for pk in ids if pk in whole)


def _twins(documents: list[SearchDocument], language: str) -> dict[tuple[str, int], SearchDocument]:
    subjects = {document.subject for document in documents}
    rows = SearchDocument.objects.filter(language=language, subject__in=subjects)
    return {(row.kind, row.subject): row for row in rows.only("kind", "subject", "title", "url")}


def _result(document: SearchDocument, query: Query, twin: SearchDocument | None) -> Result:
    return Result(
        kind=document.kind,
        label=document.get_kind_display(),
        key=document.key,
        url=document.url,
        title=marked(document.title, query.stems),
        snippet=snippet(document.text, query.stems),
        within=document.within,
        icon=document.icon,
        minutes=document.minutes,
        urgent=document.urgent,
        language=document.language,
        twin=twin,
    )


def _other(language: str) -> str:
    return next((code for code, _name in settings.LANGUAGES if code != language), language)


def _as_written(forms: tuple[str, ...], results: tuple[Result, ...]) -> str:
    """The words that were looked for as the first result writes them, with its hamzas and capitals."""
    return " ".join(_written(form, results) for form in forms)


def _written(form: str, results: tuple[Result, ...]) -> str:
    for result in results[:3]:
        text = f"{result.title} {result.snippet}".replace("<mark>", " ").replace("</mark>", " ")
        for word in words(text):
            if word.form == form:
                return text[word.start : word.end]
    return form
