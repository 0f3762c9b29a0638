"""The virtual environment in var/venv, filled from the hash-checked locks."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import house
from house import LOGS, PYTHON, ROOT, VAR, VENV, Refused

LOCKS = ("requirements.lock", "requirements-dev.lock")
LOCK_HEADER = (
    "# Written by `make lock` from pyproject.toml. Each file is known by its hash; "
    "where to fetch it is your pip's business.\n"
)
NETWORK_TROUBLE = re.compile(
    r"Retrying|NewConnectionError|ConnectTimeout|Read timed out|ProxyError|SSLError|No matching distribution"
)


def prepare(lock: str) -> None:
    """Make var/venv hold what the lock names. The developers' lock holds the run-time one too."""
    VAR.mkdir(parents=True, exist_ok=True)
    _make_venv()
    wanted = {name: house.digest(ROOT / name, sys.version) for name in LOCKS}
    if house.is_current("requirements-dev.lock", wanted["requirements-dev.lock"]) or house.is_current(
        lock, wanted[lock]
    ):
        house.skip("Dependencies")
        return
    with house.step("Dependencies"):
        _install(lock)
    house.remember(lock, wanted[lock])


def _make_venv() -> None:
    if PYTHON.exists() and house.run_quietly(str(PYTHON), "-c", "import pip")[0] == 0:
        return
    for lock in LOCKS:
        (VAR / "stamps" / lock).unlink(missing_ok=True)
    with house.step("Virtual environment"):
        code, said = house.run_quietly(sys.executable, "-m", "venv", "--clear", str(VENV))
        _log("venv.log", said)
        if code:
            raise Refused(
                "This Python cannot make a virtual environment: install its venv module "
                f"(on Debian and Ubuntu the package python3-venv), then try again. See {LOGS / 'venv.log'}."
            )


def _install(lock: str) -> None:
    quietly = ("--no-input", "--progress-bar", "off")
    arguments = [str(PYTHON), "-m", "pip", "install", "--require-hashes", *quietly, "-r", lock]
    patience = {
        "PIP_DEFAULT_TIMEOUT": os.environ.get("PIP_DEFAULT_TIMEOUT", "30"),
        "PIP_RETRIES": os.environ.get("PIP_RETRIES", "2"),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }
    total = len(re.findall(r"^[\w.-]+==", (ROOT / lock).read_text(), re.MULTILINE))
    with subprocess.Popen(
        arguments,
        cwd=ROOT,
        env=house.surroundings(**patience),
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as pip:
        said = _follow(pip, total)
    _log("install.log", said)
    if pip.returncode:
        raise Refused(_trouble(said))


def _follow(pip: subprocess.Popen[str], total: int) -> str:
    """Tell of pip's progress now and then, in words; everything it said."""
    lines, found, told = [], 0, time.monotonic()
    for line in pip.stdout or ():
        lines.append(line)
        found += line.startswith("Collecting ")
        if time.monotonic() - told > 5:
            words = "installing" if line.startswith("Installing") else f"downloading, {found} of about {total}"
            print(f"\n    {words:<20}", end="", flush=True)
            told = time.monotonic()
    return "".join(lines)


def _trouble(said: str) -> str:
    """One sentence for what stopped pip."""
    log = LOGS / "install.log"
    if "DO NOT MATCH THE HASHES" in said:
        return f"A downloaded dependency is not the file that was locked, so nothing was installed: see {log}."
    if NETWORK_TROUBLE.search(said):
        return (
            "Could not download the locked dependencies: check the network, then run the same command again. "
            f"What pip said is in {log}."
        )
    return f"Could not install the locked dependencies: what pip said is in {log}."


def _log(name: str, said: str) -> None:
    LOGS.mkdir(parents=True, exist_ok=True)
    (LOGS / name).write_text(said)


def lock(_args: list[str]) -> int:
    """Resolve pyproject.toml into both locks, the developers' one holding the same versions."""
    VAR.mkdir(parents=True, exist_ok=True)
    tools = VAR / "tools"
    with house.step("The resolver"):
        if not (tools / "bin" / "uv").exists():
            _said(house.run_quietly(sys.executable, "-m", "venv", str(tools)))
            _said(house.run_quietly(str(tools / "bin" / "python"), "-m", "pip", "install", "--quiet", "uv"))
    with house.step("requirements.lock"):
        _resolve(tools, "requirements.lock")
    with house.step("requirements-dev.lock"):
        _resolve(tools, "requirements-dev.lock", "--group", "dev", "--constraint", "requirements.lock")
    return 0


def _resolve(tools: Path, target: str, *more: str) -> None:
    fresh = VAR / target
    _said(
        house.run_quietly(
            *(str(tools / "bin" / "uv"), "pip", "compile", "pyproject.toml", "--quiet", "--upgrade"),
            *("--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url"),
            *("--no-header", "--no-annotate", "--output-file", str(fresh), *more),
        )
    )
    (ROOT / target).write_text(LOCK_HEADER + fresh.read_text())
    fresh.unlink()


def _said(result: tuple[int, str]) -> None:
    code, said = result
    if code:
        _log("lock.log", said)
        raise Refused(f"Could not resolve the dependencies: what the resolver said is in {LOGS / 'lock.log'}.")
