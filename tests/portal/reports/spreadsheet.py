"""A real spreadsheet program, LibreOffice Calc, opens files without a window and writes down what it made of them."""

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from defusedxml.ElementTree import parse

PROGRAM = shutil.which("soffice") or shutil.which("libreoffice")
MISSING = "LibreOffice Calc is not installed (Debian: apt-get install libreoffice-calc)"
AS_CSV = "CSV:44,34,76,1"  # commas, quotes, UTF-8, from the first line
SECONDS = 240
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


@dataclass(frozen=True)
class Sheet:
    """The rows of a file as they are shown, the formulas that it would work out, and whether it runs from the right."""

    rows: list[list[str]]
    formulas: list[str]
    links: list[str]
    kinds: set[str]
    rtl: bool

    @property
    def cells(self) -> list[str]:
        return [cell for row in self.rows for cell in row]


def opened(files: list[Path], folder: Path) -> dict[str, Sheet]:
    """What the program makes of the files, by their names; all CSV files are read at once, and all workbooks."""
    for kind in ("csv", "xlsx"):
        if told := [str(file) for file in files if file.suffix == f".{kind}"]:
            _convert(told, folder / kind, folder, ["--infilter=" + AS_CSV] if kind == "csv" else [])
    return {file.name: _read(folder / file.suffix[1:] / f"{file.stem}.fods") for file in files}


def _convert(files: list[str], into: Path, folder: Path, how: list[str]) -> None:
    own = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(PROGRAM), "--headless", own, *how, "--convert-to", "fods", "--outdir", str(into), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)


def _read(file: Path) -> Sheet:
    root: Any = parse(file).getroot()
    table = next(root.iter(f"{TABLE}table"))
    cells = list(table.iter(f"{TABLE}table-cell"))
    return Sheet(
        [list(_texts(row)) for row in table.iter(f"{TABLE}table-row")],
        [found for cell in cells if (found := cell.get(f"{TABLE}formula"))],
        [link.get("{http://www.w3.org/1999/xlink}href", "") for link in table.iter(f"{TEXT}a")],
        {cell.get(f"{OFFICE}value-type", "") for cell in cells},
        _runs_from_the_right(root, table.get(f"{TABLE}style-name", "")),
    )


def _texts(row: Any) -> Iterator[str]:
    for cell in row.iter(f"{TABLE}table-cell"):
        words = "\n".join("".join(line.itertext()) for line in cell.iter(f"{TEXT}p"))
        times = int(cell.get(f"{TABLE}number-columns-repeated", 1))
        yield from [words] * (times if words else min(times, 1))


def _runs_from_the_right(root: Any, style: str) -> bool:
    own = next(each for each in root.iter(f"{STYLE}style") if each.get(f"{STYLE}name") == style)
    return any(each.get(f"{STYLE}writing-mode") == "rl-tb" for each in own.iter(f"{STYLE}table-properties"))
