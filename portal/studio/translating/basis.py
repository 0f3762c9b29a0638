"""What of the source a translation was made from, kept so that every later change can be shown on its row."""

from collections.abc import Mapping
from dataclasses import dataclass

from lessons.models import PUBLIC, Revision
from portal.studio.models import TranslationBasis

FIELDS = ("title", "summary", "objective", "markdown")
Words = Mapping[str, str]


@dataclass(frozen=True)
class Basis:
    """The source's words that were compared, and how many rows are left; all of them empty: not known."""

    words: Words
    left: int = 0


def words_of(revision: Revision | TranslationBasis) -> dict[str, str]:
    """Title, summary, objective and text as they are compared."""
    return {name: getattr(revision, name).replace("\r\n", "\n").strip() for name in FIELDS}


def keep(draft: Revision, basis: Basis | None) -> None:
    """Keep what a draft was compared with; without `basis` it is the whole source as it is now."""
    source = draft.made_from
    if source is None:
        return
    now = words_of(source)
    words, left = (dict(basis.words), basis.left) if basis else (now, 0)
    left = max(left, int(words != now))
    if not left and source.state in PUBLIC:
        TranslationBasis.objects.filter(revision=draft).delete()
    else:
        TranslationBasis.objects.update_or_create(revision=draft, defaults={**words, "rows_left": left})


def before(translation: Revision | None, source: Revision | None, *, stale: bool) -> dict[str, str] | None:
    """The source's words that the translation goes back to; None where they are not known. Two queries at most."""
    if translation is None or source is None:
        return None
    kept = TranslationBasis.objects.filter(revision=translation).first()
    if kept:
        words = words_of(kept)
        return words if any(words.values()) else None
    if not stale:
        return words_of(source)
    made_from = translation.made_from
    if made_from is None or made_from.saved_at > translation.saved_at:
        return None
    return words_of(made_from)
