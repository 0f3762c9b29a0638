"""The message catalogues: `portal/locale/<language>/LC_MESSAGES/django.po` is kept, its `.mo` made from it."""

import tempfile
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings

from portal.language.extraction import gather

SOURCES = Path(__file__).resolve().parent.parent / "locale"
INSIDE = Path("LC_MESSAGES") / "django.po"
TRANSLATED = ("ar",)  # English is the language of the sources

# To the letter Django's own, so that its catalogue and ours are read as one.
PLURALS = {
    "ar": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 "
    "&& n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5;"
}


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
        f"Plural-Forms: {PLURALS[language]}",
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
    for language in TRANSLATED:
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


def _compile(source: Path, made: Path) -> None:
    """Written beside its place and moved there whole: other processes may be starting too."""
    made.parent.mkdir(parents=True, exist_ok=True)
    language = source.relative_to(source.parents[2]).parts[0]
    with tempfile.NamedTemporaryFile(dir=made.parent, delete=False) as fresh:
        write_mo(fresh, _parse(source.read_bytes(), language))
    Path(fresh.name).chmod(0o644)
    Path(fresh.name).replace(made)
