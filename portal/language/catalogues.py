"""The message catalogues: `portal/locale/<language>/LC_MESSAGES/django.po` is kept, its `.mo` made from it."""

import tempfile
from functools import lru_cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from typing import Any

import django
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation import to_locale

from portal.language.extraction import gather

SOURCES = Path(__file__).resolve().parent.parent / "locale"
INSIDE = Path("LC_MESSAGES") / "django.po"
DJANGO = Path(django.__file__).parent / "conf" / "locale"


@lru_cache
def plurals(language: str) -> str:
    """How a language counts, to the letter as Django has it, so that its catalogue and ours are read as one."""
    file = DJANGO / to_locale(language) / "LC_MESSAGES" / "django.mo"
    if file.exists():
        with file.open("rb") as catalogue:
            return " ".join(GNUTranslations(catalogue).info()["plural-forms"].split())
    return str(get_plural(to_locale(language)))


def translated(sources: Path = SOURCES) -> list[str]:
    """The languages that have a catalogue, or are to get one; English is the language of the sources."""
    kept = {file.parts[-3] for file in sources.glob(f"*/{INSIDE}")}
    spoken = {code for code, _name in settings.LANGUAGES if code.partition("-")[0] != "en"}
    return sorted(kept | spoken)


def read(language: str, sources: Path = SOURCES) -> Catalog:
    """The kept catalogue of a language, empty if there is none yet."""
    file = sources / language / INSIDE
    return _parse(file.read_bytes() if file.exists() else b"", language)


def _parse(content: bytes, language: str) -> Catalog:
    if not content:
        content = header(language).encode()
    return read_po(BytesIO(content), locale=language)


def header(language: str) -> str:
    """The head of a catalogue: no dates and no names, so that it changes only when a text does."""
    lines = (
        f"Language: {language}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        f"Plural-Forms: {plurals(language)}",
    )
    told = "".join(f'"{line}\\n"\n' for line in lines)
    return f'# Gathered by `make messages`: translate the msgstr lines, leave the rest.\nmsgid ""\nmsgstr ""\n{told}\n'


def updated(catalog: Catalog, gathered: Catalog) -> str:
    """The catalogue's text with every gathered message and no other, translations kept, in a lasting order."""
    catalog.update(gathered, no_fuzzy_matching=True)
    body = BytesIO()
    write_po(body, catalog, width=100, omit_header=True, sort_output=True, ignore_obsolete=True, include_lineno=False)
    return header(str(catalog.locale)) + body.getvalue().decode().strip() + "\n"


def share_translated(language: str, sources: Path = SOURCES) -> float:
    """From 0 to 1, how many of the portal's own messages are said in a language; English is that of the sources."""
    if language.partition("-")[0] == "en":
        return 1.0
    file = sources / language / INSIDE
    return _share(file, file.stat().st_mtime_ns, language) if file.exists() else 0.0


@lru_cache(maxsize=16)
def _share(file: Path, _changed: int, language: str) -> float:
    said = [bool(_says(message.string)) for message in _parse(file.read_bytes(), language) if message.id]
    return sum(said) / len(said) if said else 0.0


def _says(string: Any) -> bool:
    return all(string) if isinstance(string, tuple) else bool(string)


def gather_into(root: Path, sources: Path = SOURCES) -> dict[str, int]:
    """Bring every language's catalogue up to date with the checkout; how many messages each now holds."""
    counts = {}
    for language in translated(sources):
        file = sources / language / INSIDE
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(updated(read(language, sources), gather(root)), encoding="utf-8")
        counts[language] = len(read(language, sources))
    return counts


def compile_stale(sources: Path = SOURCES, target: Path | None = None) -> list[Path]:
    """Compile each catalogue that is newer than what was made of it; the files written."""
    folder = target or Path(settings.LOCALE_PATHS[0])
    pairs = [
        (file, folder / file.relative_to(sources).with_suffix(".mo")) for file in sorted(sources.glob(f"*/{INSIDE}"))
    ]
    stale = [(source, made) for source, made in pairs if not made.exists() or _is_older(made, source)]
    for source, made in stale:
        _compile(source, made)
    return [made for _source, made in stale]


def _is_older(made: Path, source: Path) -> bool:
    return made.stat().st_mtime_ns < source.stat().st_mtime_ns


def _whole(catalog: Catalog, language: str) -> Catalog:
    """With English where a language written from the left lacks a message: else it would be in the nation's first."""
    if language.partition("-")[0] in settings.LANGUAGES_BIDI:
        return catalog
    for message in catalog:
        if message.id and not _says(message.string):
            one, *more = [message.id] if isinstance(message.id, str) else message.id
            message.string = (one, *more * (catalog.num_plurals - 1)) if more else one
    return catalog


def _compile(source: Path, made: Path) -> None:
    """Written beside its place and moved there whole: other processes may be starting too."""
    made.parent.mkdir(parents=True, exist_ok=True)
    language = source.relative_to(source.parents[2]).parts[0]
    with tempfile.NamedTemporaryFile(dir=made.parent, delete=False) as fresh:
        write_mo(fresh, _whole(_parse(source.read_bytes(), language), language))
    Path(fresh.name).chmod(0o644)
    Path(fresh.name).replace(made)
